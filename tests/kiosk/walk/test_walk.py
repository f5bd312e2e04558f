"""Every screen there is, in both languages: what each must have, and what none may say aloud."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from project import ASSETS

from forms import Catalogue, Text
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Kind, Screen
from kiosk.screens.common.offered import buttons
from kiosk.state.look import Look
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.prompts import all_fixed_utterances
from kiosk.texts.strings import Texts
from kiosk.walk.lists import phrases_by_screen
from kiosk.walk.walk import walk_in_brief
from kiosk.walk.walked_terminal import STAFF, WalkedTerminal
from voice.speech.prompts import Prompts
from voice.speech.render import pieces

Walk = list[tuple[str, Screen]]
ALLOWANCE = "old-age-allowance"


@pytest.fixture(scope="module", params=LANGS)
def lang(request: pytest.FixtureRequest) -> Lang:
    return request.param  # type: ignore[no-any-return]


class ReadTexts(Texts):
    """Remembers the keys of what was read."""

    needed: set[str]

    @classmethod
    def load(cls, assets: Path, county: Path | None = None) -> "ReadTexts":
        made = super().load(assets, county)
        assert isinstance(made, ReadTexts)
        made.needed = set()
        return made

    def text(self, key: str) -> Text:
        self.needed.add(key)
        return super().text(key)


@pytest.fixture(scope="module")
def read_texts(lang: Lang) -> ReadTexts:
    return ReadTexts.load(ASSETS)


@pytest.fixture(scope="module")
def walk(catalogue: Catalogue, read_texts: ReadTexts, pinyin: PinyinTable, lang: Lang) -> Walk:
    return list(Rehearsal(catalogue, read_texts, pinyin, Look(lang=lang)).walk())


def test_every_kind_of_screen_is_walked(walk: Walk) -> None:
    assert {screen.kind for _, screen in walk} == set(get_args(Kind))


def test_every_question_of_every_service_is_walked(walk: Walk, catalogue: Catalogue) -> None:
    labels = {label for label, _ in walk}
    for service in catalogue.services.values():
        for field in service.fields:
            assert f"{service.id}:question-{field.id}" in labels


def test_the_walk_in_brief_shows_the_texts_of_every_screen(
    walk: Walk, lang: Lang, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    terminal = WalkedTerminal(catalogue, texts, pinyin, Look(lang=lang))
    brief = {text for _ in walk_in_brief(terminal) for text in _texts_of(terminal.session.screen())}
    assert not [(label, text) for label, screen in walk for text in _texts_of(screen) if text not in brief]


def _texts_of(screen: Screen) -> Iterator[str]:
    """Those that do not depend on what is put in."""
    lines = [line for line in screen.lines if line not in screen.private]
    yield from (screen.name, screen.title, *lines, *(row.label for row in screen.rows))
    yield from (button.label for button in buttons(screen))


def test_the_walk_in_brief_needs_every_text_that_the_whole_one_needs(
    walk: Walk, read_texts: ReadTexts, lang: Lang, catalogue: Catalogue, pinyin: PinyinTable
) -> None:
    """How each kind of answer is put in too."""
    in_brief = ReadTexts.load(ASSETS)
    terminal = WalkedTerminal(catalogue, in_brief, pinyin, Look(lang=lang))
    for _ in walk_in_brief(terminal):
        terminal.session.screen()
    assert walk
    assert read_texts.needed <= in_brief.needed


def test_every_screen_has_what_a_person_needs(walk: Walk) -> None:
    for label, screen in walk:
        assert screen.title, label
        assert screen.say or screen.kind == "attract", label
        assert all(screen.say), label
        calls = screen.help.button.action
        assert calls in ("help", "end_help"), label  # the other where a person helps already
        assert screen.help.button.enabled, label
        assert sum(phrase.shown for phrase in screen.phrases) <= 10, label
        assert any(phrase.action == calls for phrase in screen.phrases), label
        assert {button.action for button in screen.tools} >= {"lang"}, label
        assert all(button.label for button in buttons(screen)), label


def test_no_screen_is_a_dead_end(walk: Walk) -> None:
    """There is a button forward or back besides help and the tools on top."""
    tools = {"cannot", "end_help", "help", "lang", "repeat", "set", "settings", "steps"}
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
            if re.search(r"question-(name|\w+\.\d)|(check|answer-found)$|answer-order", label):
                continue  # these show what somebody wrote
            for text in (screen.title, *screen.lines, *screen.say):
                assert text.isascii() or not any("一" <= character <= "鿿" for character in text), (label, text)


def test_no_private_answer_is_said_aloud(walk: Walk, catalogue: Catalogue) -> None:
    private = [
        field.example
        for service in catalogue.services.values()
        for field in service.fields
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
    for screen_label, screen in walk:
        for row in screen.rows if screen.kind == "check" else ():
            field = row.change.value if row.change else ""
            if field in ("town", "village", "account_holder", "applicant"):
                label, said, *_ = row.say
                assert row.label.startswith(label), screen_label  # where it came from stands behind it
                assert row.value.startswith(said), screen_label


def test_fixed_texts_have_prompts_to_record(walk: Walk, lang: Lang) -> None:
    """What a screen says when it opens is recorded, names of staff aside; numbers and amounts are put together."""
    clips = dict.fromkeys(all_fixed_utterances(ASSETS)[lang], "a clip")
    prompts = Prompts(Path(), {"zh": {}, "en": {}} | {lang: clips})
    for label, screen in walk:
        decided = re.search("answer-(refused|accepted|more)", label)
        of_hall = screen.name in ("answer-found", "answer-ticket") and not decided
        if not of_hall:  # these say the hall's own words
            said = [piece for part in screen.say for piece in pieces(part, lang, prompts)]
            live = [one for one in said if not prompts.lookup(one, lang) and not prompts.parts(one, lang)]
            names_staff = STAFF[lang] in screen.title + screen.help.message
            assert len(live) <= names_staff, (label, live)


def test_phrases_by_screen(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> None:
    phrases = phrases_by_screen(catalogue.offering([ALLOWANCE]), texts, pinyin, "zh")
    assert "高龄津贴" in phrases["home"]
    assert "清河镇" in phrases["question-town"]
    assert phrases["question-town"] == list(dict.fromkeys(phrases["question-town"]))
