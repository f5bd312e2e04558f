"""The maintenance screen has a name for every part that doctor looks at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.maintenance import Maintenance, PartFound, ask_doctor
from kiosk.rehearsal import PlayedLock, Rehearsal
from kiosk.screens import LANGS


@pytest.fixture
def open_with(rehearsal: Rehearsal) -> Callable[[list[PartFound]], Rehearsal]:
    def opened(found: list[PartFound]) -> Rehearsal:
        session = rehearsal.session
        session.maintenance = Maintenance(PlayedLock(is_set=True), lambda show: show(found), lambda how: None)
        session.open_maintenance()
        for digit in PlayedLock.PIN:
            session.do("type", digit)
        session.do("next")
        return rehearsal

    return opened


def test_every_part_of_doctor_has_a_name_in_both_languages(
    open_with: Callable[[list[PartFound]], Rehearsal], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YINLING_DATA", str(tmp_path))
    findings = ask_doctor()
    session = open_with(findings).session
    assert {one.part for one in findings} >= {"screen", "store", "hall"}
    for lang in LANGS:
        if session.look.lang != lang:
            session.do("lang", lang)
        assert len(session.screen().rows) == len(findings)


def test_it_lies_over_a_visit_and_gives_it_back(open_with: Callable[[list[PartFound]], Rehearsal]) -> None:
    session = open_with([]).session
    assert session.screen().lines, "it says that it is still looking"
    session.do("resume")
    assert session.screen().name == "attract"
    session.open_maintenance()
    assert session.screen().name == "maintenance-pin", "the PIN is asked for each time"


def test_nothing_is_forgotten_of_a_visit_beneath(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.maintenance = Maintenance(PlayedLock(is_set=True), lambda show: None, lambda how: None)
    for action, value in (("start", None), ("choose", "progress-query"), ("next", None)):
        session.do(action, value)
    before = session.screen().name
    session.open_maintenance()
    session.do("type", "1")
    session.do("resume")
    assert session.screen().name == before
