"""A form that was begun comes back as it was, whatever the county has made of its service since."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from forms import Catalogue
from forms.definition import Definition
from kiosk.entry.pinyin import PinyinTable
from kiosk.hall.in_memory import RECEIPT_NUMBER, InMemoryDrafts, InMemoryHall
from kiosk.queries import Asked, query_named
from kiosk.session.session import Session
from kiosk.state.draft import DraftError
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from protocol.queries.progress import Answer

ALLOWANCE = "old-age-allowance"


@pytest.fixture
def another_day(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, rehearsal: Rehearsal
) -> Callable[[Catalogue], Rehearsal]:
    """The kiosk once its catalogue is another one, over the same store."""

    def begin(changed: Catalogue) -> Rehearsal:
        later = Rehearsal(changed, texts, pinyin)
        later.hall.drafts = rehearsal.hall.drafts
        return later

    return begin


@pytest.fixture
def saved(rehearsal: Rehearsal) -> InMemoryDrafts:
    """A visit saved at the question for the account, all before it answered."""
    for label, _ in rehearsal.walk([ALLOWANCE]):
        if label == f"{ALLOWANCE}:question-account_holder":
            break
    rehearsal.session.do("save")
    assert rehearsal.hall.drafts.draft
    return rehearsal.hall.drafts


def without(catalogue: Catalogue) -> Catalogue:
    return replace(catalogue, services={name: one for name, one in catalogue.services.items() if name != ALLOWANCE})


def renamed(catalogue: Catalogue) -> Catalogue:
    service = catalogue.service(ALLOWANCE)
    steps = [
        field.model_copy(update={"id": "mobile"}) if field.id == "phone" else field for field in list(service.fields)
    ]
    new = service.model_copy(update={"version": service.version + 1, "steps": steps})
    return replace(catalogue, services={**catalogue.services, ALLOWANCE: new})


def fewer_towns(catalogue: Catalogue) -> Catalogue:
    """The same version of the service; the list that it uses has no town any more, and no village."""
    lists = {name: list(choices)[-1:] for name, choices in catalogue.lists.items()}
    return replace(catalogue, lists=lists)


def to_the_end(session: Session) -> None:
    while session.state.visit and session.state.visit.stage == "question":
        visit = session.state.visit
        if visit.field.type in ("choice", "consent"):
            session.do("answer", visit.choices()[0].id if visit.field.type == "choice" else "yes")
        else:
            session.do("clear")
            session.state.entry.add(visit.field.example)
            session.do("next")


@pytest.mark.parametrize("change", [without, renamed, fewer_towns])
def test_a_saved_form_comes_back_whole_and_is_sent_as_what_it_was(
    saved: InMemoryDrafts, another_day: Callable[[Catalogue], Rehearsal], catalogue: Catalogue, change: Any
) -> None:
    begun = Definition.of(catalogue, catalogue.service(ALLOWANCE))
    draft = saved.draft
    later = another_day(change(catalogue))
    session = later.session
    session.scanned(saved.slip.qr)
    assert session.screen().name == "question-account_holder"
    assert "您上次填的都在" in session.screen().notices[0]
    assert session.state.visit
    assert draft
    assert draft.visit
    assert session.state.visit.answers == draft.visit.answers
    to_the_end(session)
    assert session.screen().name == "check"
    assert {row.value for row in session.screen().rows}, "every answer stands there by its own words"
    session.do("send")
    (kept,) = later.hall.kept
    assert kept.definition == begun
    assert kept.answers == session.state.visit.report().normalised


def test_a_form_whose_service_is_not_offered_any_more_can_be_saved_again(
    saved: InMemoryDrafts, another_day: Callable[[Catalogue], Rehearsal], catalogue: Catalogue
) -> None:
    session = another_day(without(catalogue)).session
    session.scanned(saved.slip.qr)
    session.do("save")
    assert session.screen().name == "slip"
    session.do("finish")
    again = another_day(without(catalogue)).session
    again.scanned(saved.slip.qr)
    assert again.screen().name == "question-account_holder"
    again.do("back")
    assert again.screen().name.startswith("question-")


def test_where_its_questions_are_lost_what_still_fits_is_kept_and_said_so(
    saved: InMemoryDrafts, another_day: Callable[[Catalogue], Rehearsal], catalogue: Catalogue
) -> None:
    saved.definitions.clear()
    session = another_day(renamed(catalogue)).session
    session.scanned(saved.slip.qr)
    assert "这张表后来改过" in session.screen().notices[0]
    assert session.screen().name == "question-mobile"
    gone = another_day(without(catalogue)).session
    gone.scanned(saved.slip.qr)
    assert "不在这里办了" in gone.screen().notices[0]


def test_who_asks_for_a_form_of_a_service_that_is_gone_is_told_its_name(catalogue: Catalogue, texts: Texts) -> None:
    hall, title = InMemoryHall(), catalogue.service(ALLOWANCE).title
    (line,) = query_named("progress").examples["found"].model_dump()["lines"]
    hall.answers["progress"] = Answer.model_validate({"lines": [line | {"title": {"zh": title.zh, "en": title.en}}]})
    answers = {"receipt_number": RECEIPT_NUMBER, "phone_last4": "8000"}
    answer = query_named("progress").ask(hall, Asked(answers, without(catalogue), texts))
    assert answer.lines[1].label.zh == title.zh


def test_questions_of_a_newer_program_are_not_guessed_at(
    saved: InMemoryDrafts, another_day: Callable[[Catalogue], Rehearsal], catalogue: Catalogue
) -> None:
    assert saved.draft
    assert saved.draft.visit
    content = json.loads(saved.definitions[saved.draft.visit.definition].document)
    content["service"]["holograms"] = True
    newer = Definition(json.dumps(content))
    saved.definitions[newer.hash] = newer
    visit = saved.draft.visit.model_copy(update={"definition": newer.hash})
    saved.draft = saved.draft.model_copy(update={"visit": visit})
    session = another_day(catalogue).session
    with pytest.raises(DraftError, match="update this program"):
        session.restore(saved.draft)
    session.scanned(saved.slip.qr)
    assert "请找人帮忙" in session.screen().notices[0]
    assert saved.draft, "it waits for that program"
