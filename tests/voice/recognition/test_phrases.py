"""Phrase lists: what phrases sound like, and what cannot be told by ear."""

from pathlib import Path

import pytest

from voice.recognition.phrases import PhrasesError, read_phrases, sound_out, spoken_ways


def test_chinese_phrase_is_initials_and_finals_without_tones() -> None:
    assert spoken_ways("老年补贴，") == [("l", "ao", "n", "ian", "b", "u", "t", "ie")]


@pytest.mark.parametrize(
    ("syllable", "sounds"), [("由", ("iu",)), ("远", ("van",)), ("去", ("q", "v")), ("略", ("l", "ve"))]
)
def test_spelling_rules_of_pinyin_are_undone(syllable: str, sounds: tuple[str, ...]) -> None:
    assert spoken_ways(syllable) == [sounds]


def test_numbers_are_read_digit_by_digit_a_one_in_both_ways_or_as_numbers() -> None:
    assert spoken_ways("12") == [("i", "er"), ("iao", "er"), ("sh", "iii", "er")]
    assert spoken_ways("八十岁")[0] in spoken_ways("80岁")


def test_full_width_digits_and_letters_are_the_usual_ones() -> None:
    assert spoken_ways("１２Ａ") == spoken_ways("12A")


def test_many_characters_of_two_readings_are_no_endless_work() -> None:
    ways = spoken_ways("行" * 40)
    assert ways[0] == ("x", "ing") * 40
    assert len(ways) == 8


def test_character_with_two_usual_readings_may_be_said_either_way() -> None:
    assert set(spoken_ways("行")) == {("x", "ing"), ("h", "ang")}
    assert spoken_ways("银行") == [("in", "h", "ang")]


def test_letters_beside_characters_are_read_by_name() -> None:
    assert spoken_ways("A4纸") == [("ei", "s", "ii", "zh", "iii")]


@pytest.mark.parametrize("phrase", ["Help me", "Привет", "日本の", "？！", "", "😀", "长" * 41])
def test_what_is_not_mandarin_is_named_and_the_rest_is_kept(phrase: str) -> None:
    listed = sound_out([phrase, "帮助"])
    assert list(listed.sounds.values()) == ["帮助"]
    assert list(listed.unheard) == [phrase]
    assert listed.unheard[phrase].endswith(".")


def test_phrases_that_sound_alike_are_named_and_the_first_is_kept() -> None:
    listed = sound_out(["是", "市", "是"])
    assert set(listed.sounds.values()) == {"是"}
    assert listed.unheard == {"市": "“市” sounds like “是”."}


def test_list_file_is_one_phrase_a_line(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\ufeff# 注释\n返回\n\n 下一步 \n", encoding="utf-8")
    assert read_phrases(path) == ["返回", "下一步"]


@pytest.mark.parametrize("content", [None, b"", b"# only this\n", "返回".encode("gbk")])
def test_unusable_list_file_is_one_plain_sentence(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "list.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PhrasesError, match=r"^The phrase list .*: .*\.$"):
        read_phrases(path)
