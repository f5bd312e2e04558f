"""Phrases that cannot be told apart by ear are named; those that come with the kiosk can."""

from collections.abc import Sequence
from typing import Any

import pytest

from forms import Catalogue, Service
from kiosk.checks.finding import Finding
from kiosk.checks.phrases import NAVIGATION, of_choices, of_services, unheard
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts
from kiosk.walk import errands


def service(**own: Any) -> Service:
    text = {"zh": "写字", "en": "Write"}
    return Service.model_validate(
        {"id": "new", "version": 1, "icon": "item", "title": text, "summary": text, "prerequisites": [], "next": text}
        | {"phrases": {"zh": ["写字"]}, "steps": [question()]}
        | own
    )


def question(*choices: tuple[str, Sequence[str]]) -> dict[str, Any]:
    text = {"zh": "几个", "en": "How many"}
    offered = [
        {"id": f"c{at}", "label": {"zh": label, "en": f"Choice {at}"}, "phrases": {"zh": phrases}}
        for at, (label, phrases) in enumerate(choices or [("一个", ["一个"])])
    ]
    return {"id": "many", "type": "choice", "tier": "L2", "label": text, "question": text, "example": "c0",
            "choices": offered}  # fmt: skip


def of_service(catalogue: Catalogue, texts: Texts, one: Service) -> list[Finding]:
    with_it = Catalogue(
        {**catalogue.services, one.id: one}, catalogue.lists, catalogue.parameters, catalogue.messages,
        groups=catalogue.groups, events=catalogue.events,
    )  # fmt: skip
    return [*of_services(with_it, texts, [one.id], "zh")]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("高龄津贴", "“高龄津贴” is said for “高龄津贴” (old-age-allowance) too"),
        ("高零津贴", "“高零津贴” sounds like “高龄津贴”"),
        ("钱和补贴", "the group “钱和补贴”"),
        ("家里有残疾人", "“家里有残疾人” (disability-in-the-family)"),
        ("找人帮忙", "a button of every visit"),
        ("下一步", "a button of every visit"),
    ],
)
def test_a_phrase_of_another(catalogue: Catalogue, texts: Texts, phrase: str, said: str) -> None:
    (found,) = of_service(catalogue, texts, service(phrases={"zh": ["写字", phrase]}))
    assert said in found.message
    assert found.place == ("phrases", "zh", 1)


def test_a_title_of_another(catalogue: Catalogue, texts: Texts) -> None:
    (found,) = of_service(catalogue, texts, service(title={"zh": "高龄津贴", "en": "Write"}))
    assert found.place == ("title", "zh")


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        ([("一个", ["独一个"]), ("两个", ["俩", "独一个"])], ("steps", 0, "choices", 1, "phrases", "zh", 1)),
        ([("时间", ["时间"]), ("四间", ["四间"])], ("steps", 0, "choices", 1, "label", "zh")),
        ([("一个", ["上一步"])], ("steps", 0, "choices", 0, "phrases", "zh", 0)),
    ],
)
def test_choices_of_one_question(texts: Texts, choices: list[tuple[str, list[str]]], place: tuple[object, ...]) -> None:
    found = [*of_choices(texts, service(steps=[question(*choices)]), "zh")]
    assert found[0].place == place


def test_what_cannot_be_said_or_heard() -> None:
    named = service(phrases={"zh": ["写字", "ABCDE"]}, steps=[question(("一个", []))])
    places = {one.place for one in unheard(named)}
    assert places == {("phrases", "zh", 1), ("steps", 0, "choices", 0, "phrases")}


@pytest.mark.parametrize("lang", LANGS)
def test_what_comes_with_the_kiosk_can_be_told_apart(catalogue: Catalogue, texts: Texts, lang: str) -> None:
    assert not [*of_services(catalogue, texts, [*catalogue.services], lang)]
    for one in catalogue.services.values():
        assert not [*of_choices(texts, one, lang), *unheard(one)]


def test_navigation_is_all_that_home_and_questions_offer(rehearsal: Rehearsal, texts: Texts) -> None:
    rehearsal.do("start")
    screens = [rehearsal.session.screen()]
    for label in errands.service(rehearsal, rehearsal.catalogue.service("old-age-allowance")):
        if label.endswith(("prerequisites", "question-hukou_here", "check")):
            screens.append(rehearsal.session.screen())
    known = {phrase for key in NAVIGATION for phrase in texts.phrases(key, "zh")}
    for screen in screens:
        said = {
            one.text for one in screen.phrases if one.action not in ("choose", "group", "event", "answer", "change")
        }
        assert said <= known, screen.name
