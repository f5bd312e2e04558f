"""Every screen there is, in both languages: what each must have, and what none may say aloud."""

from typing import get_args

import pytest

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.model import Kind, Screen
from kiosk.screens.offered import buttons
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts
from kiosk.texts.wording import texts_in
from kiosk.walk.lists import phrases_by_screen

Walk = list[tuple[str, Screen]]


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def walk(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, lang: Lang) -> Walk:
    return list(Rehearsal(catalogue, texts, pinyin, Look(lang=lang)).walk())


def test_every_kind_of_screen_is_walked(walk: Walk) -> None:
    assert {screen.kind for _, screen in walk} == set(get_args(Kind))


def test_every_question_of_every_service_is_walked(walk: Walk, catalogue: Catalogue) -> None:
    labels = {label for label, _ in walk}
    for service in catalogue.services.values():
        for field in service.steps:
            assert f"{service.id}:question-{field.id}" in labels


def test_every_screen_has_what_a_person_needs(walk: Walk) -> None:
    for label, screen in walk:
        assert screen.title, label
        assert screen.say or screen.kind == "attract", label
        assert all(screen.say), label
        assert screen.help.button.action == "help", label
        assert screen.help.button.enabled, label
        assert sum(phrase.shown for phrase in screen.phrases) <= 10, label
        assert any(phrase.action == "help" for phrase in screen.phrases), label
        assert {button.action for button in screen.tools} >= {"lang"}, label
        assert all(button.label for button in buttons(screen)), label


def test_no_screen_is_a_dead_end(walk: Walk) -> None:
    """There is a button forward or back besides help and the tools on top."""
    tools = {"help", "repeat", "settings", "lang", "set"}
    for label, screen in walk:
        assert [one for one in buttons(screen) if one.action not in tools and one.enabled], label


def test_no_text_is_left_unfilled(walk: Walk) -> None:
    for label, screen in walk:
        shown = [screen.title, *screen.lines, *screen.say, screen.error, screen.help.message, *screen.notices]
        shown += [button.label for button in buttons(screen)]
        assert not [text for text in shown if "{" in text or "}" in text], label


def test_english_screens_are_english(walk: Walk, lang: Lang) -> None:
    if lang == "en":
        for label, screen in walk:
            if "question-name" in label or label.endswith(("check", "answer-found")):
                continue  # these show what somebody wrote
            for text in (screen.title, *screen.lines, *screen.say):
                assert text.isascii() or not any("一" <= character <= "鿿" for character in text), (label, text)


def test_no_private_answer_is_said_aloud(walk: Walk, catalogue: Catalogue) -> None:
    private = [
        field.example
        for service in catalogue.services.values()
        for field in service.steps
        if field.tier in ("L3", "L4") and field.type in ("person_name", "resident_id", "phone", "bank_card")
    ]
    checked = 0
    for label, screen in walk:
        said = screen.say if screen.error == "" else ()
        said += tuple(part for row in screen.rows for part in row.say)
        for value in private:
            assert not [part for part in said if value in part.replace(" ", "")], (label, value)
        checked += len(screen.rows)
    assert checked


def test_check_rows_say_choices_in_words(walk: Walk, catalogue: Catalogue) -> None:
    for label, screen in walk:
        for row in screen.rows if screen.kind == "check" else ():
            field = row.change.value if row.change else ""
            if field in ("town", "village", "account_holder", "applicant"):
                assert row.say == (row.label, row.value), label


def test_fixed_texts_have_prompts_to_record(walk: Walk, lang: Lang, catalogue: Catalogue, texts: Texts) -> None:
    """What a screen says when it opens is recorded, names, numbers and the hall's own words aside."""
    recorded = set(texts.fixed(lang))
    for service in catalogue.services.values():
        for one in (service.title, service.summary, service.next, service.handled, *service.prerequisites):
            recorded |= {one.said(lang)} if one else set()
        for field in service.steps:
            recorded |= {text.said(lang) for text in (field.question, field.hint, field.explain) if text}
            recorded |= {choice.label.said(lang) for choice in catalogue.all_choices(field)}
        recorded |= {check.message.said(lang) for check in service.checks}
        recorded |= {outcome.next.said(lang) for outcome in service.outcomes}
    for errand in catalogue.counters.errands:
        recorded |= {text.said(lang) for _, text in texts_in(errand)}
    recorded |= {group.title.said(lang) for group in catalogue.groups.values()}
    for label, screen in walk:
        if screen.name != "answer-found":
            unknown = [part for part in screen.say if part not in recorded]
            names_staff = label == "help-acknowledged" or label.endswith(":receipt-coming")
            assert len(unknown) <= names_staff + (screen.kind == "receipt"), (label, unknown)


def test_phrases_by_screen(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    phrases = phrases_by_screen(catalogue, texts, pinyin, "zh")
    assert "高龄津贴" in phrases["home"]
    assert "清河镇" in phrases["question-town"]
    assert phrases["question-town"] == list(dict.fromkeys(phrases["question-town"]))
