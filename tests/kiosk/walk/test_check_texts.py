"""All texts are looked through before anybody comes: once, and again when something has changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from forms import Catalogue, CatalogueError
from kiosk.derived.results import DerivedResults
from kiosk.entry.pinyin import PinyinTable
from kiosk.texts.languages import LANGS, Lang
from kiosk.texts.strings import Texts
from kiosk.walk import lists
from kiosk.walk.lists import check_texts


def test_what_was_right_is_not_looked_through_again_until_something_changes(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walked: list[Catalogue] = []
    monkeypatch.setattr(lists, "walk_in_brief", lambda terminal: walked.append(terminal.catalogue) or [])
    for _ in range(2):
        check_texts(catalogue, texts, pinyin, DerivedResults(tmp_path))
    assert walked == [catalogue], "once"
    services = {name: one.model_copy(update={"version": 9}) for name, one in catalogue.services.items()}
    check_texts(replace(catalogue, services=services), texts, pinyin, DerivedResults(tmp_path))
    assert len(walked) == 2


@pytest.mark.parametrize("lang", LANGS)
def test_both_languages_are_looked_through(catalogue: Catalogue, pinyin: PinyinTable, assets: Path, lang: Lang) -> None:
    texts = Texts.load(assets)
    right = texts.text("explain.done")
    wrong = right.model_copy(update={lang: "{nothing} fills this in"})
    broken = Texts({**dict(texts.items()), "explain.done": wrong}, texts._phrases, texts.words)
    with pytest.raises(CatalogueError, match=r"explain\.done"):
        check_texts(catalogue, broken, pinyin)


def test_what_was_wrong_is_said_each_time(
    catalogue: Catalogue, pinyin: PinyinTable, assets: Path, tmp_path: Path
) -> None:
    strings, few = assets / "strings.yaml", catalogue.offering(["opening-hours", "utility-payment"])
    strings.write_text(strings.read_text("utf-8").replace("  goodbye.title:", "  goodby.title:"), "utf-8")
    for _ in range(2):
        with pytest.raises(CatalogueError, match=r"goodbye\.title"):
            check_texts(few, Texts.load(assets), pinyin, DerivedResults(tmp_path / "derived"))
