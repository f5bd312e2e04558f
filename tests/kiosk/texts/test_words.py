"""Which characters belong together: as a reader would cut a text, and never within a name of the catalogue."""

from pathlib import Path

import pytest

from forms import Catalogue, CatalogueError
from kiosk.texts.strings import Texts
from kiosk.texts.wording import texts_in
from kiosk.texts.words import LONGEST, LONGEST_RUN, Words, _labels


@pytest.fixture(scope="module")
def words(catalogue: Catalogue, texts: Texts) -> Words:
    return texts.words.with_names_of(catalogue)


@pytest.mark.parametrize(
    "cut",
    [
        "您/说/的/是/高龄津贴/，/还是/养老金/资格/认证/？",
        "收回/刚才/填/的",
        "您/的/身份证号码/是/多少/？",
        "在/身份证/下面/一行/，/一共/十八位/。",
        "不同意/也/没关系/，/可以/叫/工作人员/。",
        "和/平常/的/卡号/不/太/一样",
        "一处/一处/往前走/，/再/看一看/。",
        "第 3 步/，/共/ /10 步",
        "2026年/11月/28日/，/农历/十月/十九/，/每个/月/ /200.50 元",
        "110105 19491231 002X",
        "138 0013 8000",
        "Step/ /3/ /of/ /10/:/ /press/ /Next/.",
        "上门/去/石桥乡/王庄村",
    ],
)
def test_a_text_is_cut_as_a_reader_would(words: Words, cut: str) -> None:
    assert words.split(cut.replace("/", "")) == cut.split("/")


def test_what_a_county_calls_its_questions_choices_and_places_stays_whole(words: Words, catalogue: Catalogue) -> None:
    names = {name for name in _labels(catalogue) if len(name) <= LONGEST}
    assert {"身份证号码", "户口所在地", "城关镇", "东街社区"} <= names
    assert [name for name in names if words.split(f"请看{name}。") != ["请", "看", name, "。"]] == []


def test_nothing_is_lost_or_added(words: Words, catalogue: Catalogue) -> None:
    written = [text.written(lang) for _, text in texts_in(list(catalogue.services.values())) for lang in ("zh", "en")]
    assert len(written) > 100
    assert [text for text in (*written, "", "a\nb", "\u200b“") if "".join(words.split(text)) != text] == []


def test_what_is_too_long_for_a_word_is_cut_anywhere(words: Words) -> None:
    assert words.split("a" * LONGEST_RUN) == ["a" * LONGEST_RUN]
    assert words.split("号码" + "7" * (LONGEST_RUN + 1)) == ["号码", *"7" * (LONGEST_RUN + 1)]


def test_without_known_words_every_character_stands_alone() -> None:
    assert Words().split("高龄津贴") == list("高龄津贴")


def test_a_list_of_words_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"words\.txt cannot be read as UTF-8 text"):
        Words.load(tmp_path)
