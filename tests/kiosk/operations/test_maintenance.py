"""The maintenance screen has a name for every part that doctor looks at."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from kept_forms import KEPT_AT, kept_form
from project import ASSETS
from pydantic import RootModel

from forms import Text
from forms.load import read_model
from kiosk.operations import doctor
from kiosk.operations.doctor_process import ask_doctor
from kiosk.operations.settings import Settings
from kiosk.session.common.maintenance_service import MaintenanceService
from kiosk.state.maintenance import Finding
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS
from kiosk.walk.staff import KnownPin
from offline_cache.store import Store
from protocol.enrolment import NotAdmitted


@pytest.fixture
def open_with(rehearsal: Rehearsal) -> Callable[[list[Finding]], Rehearsal]:
    def opened(found: list[Finding]) -> Rehearsal:
        session = rehearsal.session
        session.maintained_by(MaintenanceService(KnownPin(is_set=True), lambda show: show(found), lambda how: None))
        session.open_maintenance()
        for digit in KnownPin.PIN:
            session.do("type", digit)
        session.do("next")
        return rehearsal

    return opened


def test_what_staff_do_behind_their_pin_is_written_down(rehearsal: Rehearsal) -> None:
    session, acts = rehearsal.session, list[str]()
    lock = KnownPin(is_set=True)
    session.maintained_by(MaintenanceService(lock, lambda show: show([]), lambda how: None, acts.append))
    session.open_maintenance()
    for digits in ("0000", KnownPin.PIN):
        for digit in digits:
            session.do("type", digit)
        session.do("next")
    session.do("restart")
    assert acts == ["pin_refused", "pin", "restart"]


def test_every_part_of_doctor_has_a_name_in_both_languages(
    open_with: Callable[[list[Finding]], Rehearsal], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("YINLING_DATA", str(tmp_path))
    for lang in LANGS:
        findings = ask_doctor(lang)
        session = open_with(findings).session
        if session.look.lang != lang:
            session.do("lang", lang)
        assert {one.part for one in findings} >= {"screen", "store", "hall"}
        assert len(session.screen().rows) == len(findings)
        hall = next(one for one in findings if one.part == "hall")
        assert hall.mend == {"zh": "把 hall 设成大厅的地址。", "en": "Set hall to the hall's address."}[lang]


def test_every_sentence_of_doctor_is_in_the_file_and_no_other() -> None:
    asked = set(re.findall(r'"((?:[a-z_]+)\.[a-z_]+)"', Path(doctor.__file__).read_text("utf-8")))
    asked |= {f"{part}.{what}" for part in ("microphone", "speaker") for what in ("none", "mend")}
    asked |= {f"identity.{why}{what}" for why in NotAdmitted for what in ("", "_mend")}
    there = read_model(RootModel[dict[str, Text]], ASSETS / "doctor.yaml").root
    assert asked - {"doctor.yaml"} == set(there)
    for text in there.values():
        words = [set(re.findall(r"{(\w+)}", one)) for one in (text.zh, text.en)]
        assert words[0] == words[1]


def test_doctor_tells_of_a_silent_microphone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor, "microphones", lambda chosen: ["Mouth"])
    monkeypatch.setattr(doctor, "slow_microphones", list)
    words = doctor.Sentences(ASSETS, "zh")
    found = {}
    for silent in (True, False):
        monkeypatch.setattr(doctor, "microphone_is_silent", lambda chosen, silent=silent: silent)
        found[silent] = doctor._microphone(Settings(data=tmp_path), words)
    assert (found[True].status, found[True].detail) == ("degraded", "Mouth 没有声音，说的话听不到")
    assert found[False].status == "ok"


def test_doctor_tells_of_damage_that_was_found_and_of_forms_that_are_stuck(tmp_path: Path) -> None:
    """Finding 11: damage went unseen. It is told until somebody has taken the damaged file away."""
    settings, words = Settings(data=tmp_path), doctor.Sentences(ASSETS, "en")
    assert doctor._store(settings, words).status == "ok"
    damaged = tmp_path / "kiosk.db.damaged-log-20261120T093000000000Z"
    damaged.touch()
    found = doctor._store(settings, words)
    assert (found.status, damaged.name in found.detail) == ("degraded", True)
    damaged.unlink()
    store = Store.open(settings.store_file)
    store.keep({UUID(int=1): kept_form()})
    store.refused(1, KEPT_AT, "No such service.")
    store.close()
    found = doctor._store(settings, words)
    assert found.status == "degraded"
    assert "did not take 1 forms" in found.detail
    assert "No such service." in found.detail
    assert "kiosk outbox retry --all" in found.mend


def test_it_lies_over_a_visit_and_gives_it_back(open_with: Callable[[list[Finding]], Rehearsal]) -> None:
    session = open_with([]).session
    assert session.screen().lines, "it says that it is still looking"
    session.do("resume")
    assert session.screen().name == "attract"
    session.open_maintenance()
    assert session.screen().name == "maintenance-pin", "the PIN is asked for each time"


def test_nothing_is_forgotten_of_a_visit_beneath(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.maintained_by(MaintenanceService(KnownPin(is_set=True), lambda show: None, lambda how: None))
    for action, value in (("start", None), ("choose", "progress-query"), ("next", None)):
        session.do(action, value)
    before = session.screen().name
    session.open_maintenance()
    session.do("type", "1")
    session.do("resume")
    assert session.screen().name == before


def test_another_language_asks_doctor_again(rehearsal: Rehearsal) -> None:
    session = rehearsal.session

    def examine(show: Callable[[list[Finding]], None]) -> None:
        show([Finding("hall", "ok", {"zh": "大厅在", "en": "there"}[session.look.lang], "")])

    session.maintained_by(MaintenanceService(KnownPin(is_set=True), examine, lambda how: None))
    session.open_maintenance()
    for digit in KnownPin.PIN:
        session.do("type", digit)
    session.do("next")
    assert session.screen().rows[0].value == "大厅在"
    session.do("lang", "en")
    assert session.screen().rows[0].value == "there"


def test_what_needs_somebody_comes_first(open_with: Callable[[list[Finding]], Rehearsal]) -> None:
    found = [
        Finding("screen", "ok", "a", ""),
        Finding("hall", "degraded", "b", ""),
        Finding("store", "failed", "c", ""),
    ]
    session = open_with(found).session
    assert [row.value for row in session.screen().rows] == ["c", "b", "a"]
