"""Life events as files: what is wrong in one is named by its line and it is left out; services stay as they are."""

from pathlib import Path

import pytest
from project import ASSETS

from forms import load_catalogue
from kiosk.checks.county import county_mistakes

SHIPPED = load_catalogue(ASSETS)
EVENT = """\
id: new-house
icon: home
title: {zh: 盖了新房, en: "A new house"}
line: {zh: 要办的一起办, en: "What to do then, in one go"}
phrases: {zh: [盖了新房], en: [a new house]}
services:
  - service: residence-permit
    detail: {zh: 还没有证的, en: "For whoever has none"}
    eligible: {eq: {field: hukou_here, value: elsewhere}}
  - service: senior-card
    detail: {zh: 上了年纪的, en: "For old people"}
"""


def written(county: Path, text: str, name: str = "new-house") -> Path:
    (county / "events").mkdir(exist_ok=True)
    (county / "events" / f"{name}.yaml").write_text(text, "utf-8")
    return county


def errands(event: str, *services: str) -> list[str] | None:
    found = SHIPPED.offering(services).events.get(event)
    return found and [one.service for one in found.services]


def test_a_countys_event_stands_among_the_shipped_ones_in_order(tmp_path: Path) -> None:
    loaded = load_catalogue(ASSETS, written(tmp_path, EVENT + "order: 15\n"))
    assert list(loaded.events) == ["turning-eighty", "new-house", "moving-in-with-children", "disability-in-the-family"]
    assert not loaded.mistakes


def test_an_event_shows_what_its_kiosk_offers_and_nothing_alone() -> None:
    assert errands("turning-eighty", "senior-bus-card", "old-age-allowance") == ["old-age-allowance", "senior-bus-card"]
    assert errands("turning-eighty", "senior-bus-card", "residence-permit") is None


def test_what_a_county_disables_is_no_mistake_of_the_event_and_an_event_may_be_disabled(tmp_path: Path) -> None:
    (tmp_path / "county.yaml").write_text("disable: [senior-card, disability-in-the-family]\n", "utf-8")
    loaded = load_catalogue(ASSETS, written(tmp_path, EVENT))
    assert not loaded.mistakes
    assert [one.service for one in loaded.events["turning-eighty"].services] == ["old-age-allowance", "senior-bus-card"]
    assert loaded.events.keys().isdisjoint({"new-house", "disability-in-the-family"})  # one is left, and none


MISTAKES = {
    "a misspelt service": ("service: senior-card", "service: senior-crad", 10, "Did you mean senior-card?"),
    "a query": ("service: senior-card", "service: opening-hours", 10, "opening-hours is a query"),
    "the same twice": ("service: senior-card", "service: residence-permit", 10, "residence-permit is there twice"),
    "one service": (EVENT[EVENT.index("  - service: senior-card") :], "", 6, "at least 2"),
    "a missing text": (', en: "A new house"', "", 3, "en is missing"),
    "a missing detail": ('    detail: {zh: 上了年纪的, en: "For old people"}\n', "", 10, "detail is missing"),
    "no such group": ("icon: home", "icon: home\ngroup: evnets", 3, "Did you mean events?"),
    "a condition on what is not asked": ("field: hukou_here", "field: hukuo_here", 9, "Did you mean hukou_here?"),
    "no such choice": ("value: elsewhere", "value: nowhere", 9, "'nowhere' is not a choice"),
    "words in braces": ("zh: 盖了新房,", "zh: '盖了{name}房',", 3, "nothing fills in {name}"),
    "a misspelt key": ("line:", "lnie:", 4, "Did you mean line?"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_by_its_line_and_the_event_left_out(mistake: str, tmp_path: Path) -> None:
    right, wrong, line, said = MISTAKES[mistake]
    assert EVENT.count(right) == 1
    loaded = load_catalogue(ASSETS, written(tmp_path, EVENT.replace(right, wrong)))
    (told,) = [str(one) for one in loaded.mistakes]
    assert told.startswith(f"events/new-house.yaml:{line}: "), told
    assert said in told
    assert loaded.events.keys() == SHIPPED.events.keys()
    assert loaded.services.keys() == SHIPPED.services.keys()


def test_the_check_of_a_folder_names_what_nobody_could_hear_or_see(tmp_path: Path) -> None:
    odd = EVENT.replace("icon: home", "icon: huose").replace("[盖了新房]", "[高龄津贴]")
    told = [str(one) for one in county_mistakes(ASSETS, written(tmp_path, odd))]
    assert [one.split(": ")[0] for one in told] == ["events/new-house.yaml:2", "events/new-house.yaml:5"]
    assert "there is no icon 'huose'" in told[0]
    assert "“高龄津贴” is said for “高龄津贴” (old-age-allowance) too" in told[1]


def test_a_name_that_is_not_its_files_or_that_of_a_service_is_told(tmp_path: Path) -> None:
    loaded = load_catalogue(ASSETS, written(tmp_path, EVENT, "senior-card"))
    assert [one.message for one in loaded.mistakes] == [
        "its id is 'new-house', and its file is called senior-card.yaml"
    ]
    written(tmp_path, EVENT.replace("new-house", "senior-card"), "senior-card")
    assert [one.message for one in load_catalogue(ASSETS, tmp_path).mistakes] == ["senior-card is a service already"]


def test_a_broken_file_of_the_county_leaves_the_shipped_event(tmp_path: Path) -> None:
    loaded = load_catalogue(ASSETS, written(tmp_path, "title: [", "turning-eighty"))
    assert "turning-eighty" in loaded.events
    assert [one.file for one in loaded.mistakes] == ["events/turning-eighty.yaml"]


def test_an_event_waits_for_a_service_whose_file_cannot_be_read(tmp_path: Path) -> None:
    """The mistake is told once, where it is; what is left of the event is shown."""
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "deed.yaml").write_text("title: [", "utf-8")
    deed = "  - service: deed\n    detail: {zh: 房产证, en: deed}\n"
    loaded = load_catalogue(ASSETS, written(tmp_path, EVENT + deed))
    assert [one.file for one in loaded.mistakes] == ["services/deed.yaml"]
    assert [one.service for one in loaded.events["new-house"].services] == ["residence-permit", "senior-card"]
