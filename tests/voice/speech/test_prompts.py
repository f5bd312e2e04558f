"""The prompts folder: what it finds, what it says is wrong, and how rendering keeps it up to date."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile
from project import ASSETS

from voice.audio.samples import Samples
from voice.speech.prompts import Prompts, PromptsError, read_clip
from voice.speech.sound import RATE, Lang
from voice.training import prompt_rendering
from voice.training.prompt_rendering import clip_name, render_all

SHIPPED = ASSETS / "prompts"
TEXTS: dict[Lang, list[str]] = {"zh": ["您好", "返回"], "en": ["Hello"]}


class Tone:
    """In place of the narrator: a tone, and a list of what was said."""

    said: list[str] = []  # noqa: RUF012

    def __init__(self, voices: Path) -> None:
        self.said.clear()

    def say(self, text: str, lang: Lang) -> Samples:
        self.said.append(text)
        return (3000 * np.sin(np.arange(RATE) / 9)).astype(np.int16)


@pytest.fixture
def rendered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prompt_rendering, "Narrator", Tone)
    assert render_all(TEXTS, tmp_path, Path()) == 3
    return tmp_path


def test_lookup_finds_the_clip_of_a_text(rendered: Path) -> None:
    prompts = Prompts.load(rendered)
    clip = prompts.lookup(" 返回\n", "zh")
    assert clip is not None
    assert len(read_clip(clip)) == pytest.approx(RATE * prompt_rendering.LENGTH["zh"], rel=0.02)
    assert prompts.lookup("返回", "en") is None
    assert prompts.missing({"zh": ["返回", "下一步"], "en": ["Hello"]}) == {"zh": ["下一步"], "en": []}
    assert prompts.problems() == []


def test_clips_are_opus_at_24_khz_with_their_voice_and_licence_in_the_index(rendered: Path) -> None:
    info = soundfile.info(rendered / clip_name("返回", "zh"))
    assert (info.format, info.subtype, info.samplerate, info.channels) == ("OGG", "OPUS", RATE, 1)
    made_with = json.loads((rendered / "index.json").read_text())["made_with"]
    assert {"engine", "licence", "voices"} <= made_with.keys()


def test_only_new_texts_are_rendered_and_stale_clips_go(rendered: Path) -> None:
    old = rendered / clip_name("您好", "zh")
    assert render_all({"zh": ["返回", "下一步"], "en": ["Hello"]}, rendered, Path()) == 1
    assert Tone.said == ["下一步"]
    assert not old.exists()
    assert Prompts.load(rendered).problems() == []
    assert not list(rendered.rglob("*.partial"))


def test_a_county_gets_what_the_release_does_not_have_and_keeps_what_people_recorded(
    rendered: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    county = tmp_path_factory.mktemp("county") / "prompts"
    assert render_all({"zh": ["您好", "下一步"], "en": ["Hello"]}, county, Path(), rendered) == 1
    assert Tone.said == ["下一步"]
    by_hand = county / "zh" / "clerk.opus"
    (county / clip_name("下一步", "zh")).rename(by_hand)
    index = json.loads((county / "index.json").read_text())
    index["zh"]["下一步"] = "zh/clerk.opus"
    (county / "index.json").write_text(json.dumps(index))
    assert render_all({"zh": ["下一步", "上一步"], "en": []}, county, Path(), rendered) == 1
    assert Tone.said == ["上一步"]
    assert Prompts.load(rendered, county).lookup("下一步", "zh") == by_hand


def test_a_changed_voice_renders_anew(rendered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(prompt_rendering.VOICES, "en", "another")
    assert render_all(TEXTS, rendered, Path()) == 1
    assert Tone.said == ["Hello"]


def test_a_rendering_that_breaks_off_leaves_the_folder_as_it_was(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Tone, text: str, lang: Lang) -> Samples:
        raise PromptsError("too long")

    monkeypatch.setattr(Tone, "say", fail)
    with pytest.raises(PromptsError):
        render_all({"zh": ["下一步"], "en": []}, rendered, Path())
    assert Prompts.load(rendered).lookup("您好", "zh") is not None
    assert Prompts.load(rendered).problems() == []


def test_a_clip_that_cannot_be_written_to_its_end_is_no_clip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(path: Path, *rest: object, **options: object) -> None:
        path.write_bytes(b"OggS, and then the disk was full")
        raise OSError("No space left on device")

    monkeypatch.setattr(prompt_rendering, "Narrator", Tone)
    monkeypatch.setattr(soundfile, "write", full_disk)
    with pytest.raises(OSError, match="space"):
        render_all(TEXTS, tmp_path, Path())
    assert not list(tmp_path.rglob("*.opus"))


def test_missing_and_damaged_clips_are_named(rendered: Path) -> None:
    (rendered / clip_name("您好", "zh")).unlink()
    (rendered / clip_name("返回", "zh")).write_bytes(b"no sound")
    problems = Prompts.load(rendered).problems()
    assert len(problems) == 2
    assert all("make prompts" in problem for problem in problems)
    with pytest.raises(PromptsError, match="damaged"):
        read_clip(rendered / clip_name("返回", "zh"))


@pytest.mark.parametrize("index", [None, "{", "[]", '{"zh": {}}'])
def test_a_folder_without_a_good_index_says_what_to_do(tmp_path: Path, index: str | None) -> None:
    if index is not None:
        (tmp_path / "index.json").write_text(index)
    with pytest.raises(PromptsError, match="make prompts"):
        Prompts.load(tmp_path)


def test_the_command_refuses_a_file_that_is_no_list_of_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "texts.json").write_text('{"zh": []}')
    where = ["--texts", str(tmp_path / "texts.json"), "--out", str(tmp_path), "--voices", str(tmp_path)]
    monkeypatch.setattr("sys.argv", ["prompt_rendering", *where])
    assert prompt_rendering.main() == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_shipped_prompts_are_whole_and_within_their_budget() -> None:
    prompts = Prompts.load(SHIPPED)
    assert prompts.problems() == []
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*.opus")) <= prompt_rendering.BUDGET_BYTES
