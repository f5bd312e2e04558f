"""A visit that was left is taken up at the same question, and nobody reads it without the key."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from one_form import begin_for_oneself

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.hall.service import NewForm
from kiosk.state.draft import DraftError, new_key, opened, sealed
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts

ALLOWANCE = "old-age-allowance"
ID = "11010519491231002X"


@pytest.fixture
def another(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Callable[[], Rehearsal]:
    return lambda: Rehearsal(catalogue, texts, pinyin)


def at_the_id_number(rehearsal: Rehearsal) -> None:
    session = rehearsal.session
    session.do("start")
    begin_for_oneself(session)
    for letter in "wang":
        session.do("letter", letter)
    session.do("pick", "王")
    session.state.entry.add("英")
    session.do("next")
    for digit in ID[:17]:
        session.do("type", digit)


def test_the_same_question_with_what_was_typed(rehearsal: Rehearsal, another: Callable[[], Rehearsal]) -> None:
    at_the_id_number(rehearsal)
    rehearsal.session.do("lang", "en")
    before = rehearsal.session.screen()
    after = another()
    after.session.restore(rehearsal.session.draft())
    shown = after.session.screen()
    assert (shown.title, shown.entry, shown.progress) == (before.title, before.entry, before.progress)
    assert after.session.to_say() == before.say
    after.session.do("type", "X")
    after.session.do("next")
    assert after.session.state.visit
    assert after.session.state.visit.answers["resident_id"] == ID
    after.session.do("back")
    after.session.do("back")
    assert after.session.state.entry.text == "王英"


def test_a_form_that_was_kept_already_is_not_sent_again(rehearsal: Rehearsal, another: Callable[[], Rehearsal]) -> None:
    label = ""
    walk = rehearsal.walk(["old-age-allowance"])
    while label != "old-age-allowance:check":
        label, _ = next(walk)
    at_check = rehearsal.session.draft()
    again, sent = another(), another()
    again.session.restore(at_check)
    assert again.session.screen().name == "check"
    assert at_check.visit
    assert rehearsal.session.state.visit
    kept = NewForm(rehearsal.session.state.visit.definition, {}, at_check.visit.number)
    sent.hall.keep([kept], "zh")  # the process died between keeping and showing the receipt
    sent.session.restore(at_check)
    assert sent.session.screen().kind == "receipt"


def test_a_draft_is_unreadable_without_its_key(rehearsal: Rehearsal) -> None:
    at_the_id_number(rehearsal)
    key, draft = new_key(), rehearsal.session.draft()
    box = sealed(draft, key)
    assert ID[:17].encode() not in box
    assert opened(box, key) == draft
    with pytest.raises(DraftError):
        opened(box, new_key())
    with pytest.raises(DraftError):
        opened(box[:-1], key)


def test_of_a_form_that_has_changed_all_that_still_fits_is_kept(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    before = Rehearsal(catalogue, texts, pinyin)
    for label, _ in before.walk([ALLOWANCE]):
        if label == f"{ALLOWANCE}:check":
            break
    draft = before.session.draft()
    old = catalogue.service(ALLOWANCE)
    steps = [one for one in old.steps if one.id != "hukou_here"]
    new_question = old.field("hukou_here").model_copy(update={"id": "lives_here"})
    steps.insert(8, new_question)
    checks = [one for one in old.checks if one.field != "hukou_here"]
    new = old.model_copy(update={"version": old.version + 1, "steps": steps, "checks": checks})
    changed = replace(catalogue, services={**catalogue.services, ALLOWANCE: new})
    session = Rehearsal(changed, texts, pinyin).session
    session.restore(draft)
    assert session.screen().name == "question-lives_here"
    session.do("answer", "yes")
    assert session.screen().name == "question-consent"  # to another form one agrees anew
    session.do("answer", "yes")
    assert session.screen().name == "check"
    assert session.state.visit
    assert session.state.visit.answers["bank_card"] == old.field("bank_card").example
    assert "hukou_here" not in session.state.visit.answers


def test_an_errand_that_is_gone_is_said_so(
    rehearsal: Rehearsal, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    at_the_id_number(rehearsal)
    left = {name: one for name, one in catalogue.services.items() if name != ALLOWANCE}
    fewer = replace(catalogue, services=left)
    with pytest.raises(DraftError, match="not done here any more"):
        Rehearsal(fewer, texts, pinyin).session.restore(rehearsal.session.draft())
