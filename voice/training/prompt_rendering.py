"""Renders the spoken prompts with Kokoro-82M: `make prompts`. Needs requirements/prompts.txt and the npm voices.

Only texts without a clip are rendered; clips that no text needs any more are removed. With `--shipped`, the folder gets
what that one does not have: a county's own texts. See docs/speech.md.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import soundfile

from voice.audio.loudness import levelled
from voice.audio.samples import Samples, to_samples
from voice.audio.stretch import stretched
from voice.audio.trimming import trimmed
from voice.speech.prompts import INDEX, Prompts, PromptsError, read_index
from voice.speech.render import spoken_form
from voice.speech.slots import without_places
from voice.speech.sound import LANGS, RATE, Lang, has_words
from voice.training.clips.kokoro import KokoroModel

ENGINE = "Kokoro-82M v1.0 int8, misaki 0.9.4"
LICENCE = "Model and voices: Kokoro-82M by hexgrad, Apache-2.0. ONNX export: kokoro-onnx by thewh1teagle, MIT."
VOICES: dict[Lang, str] = {"zh": "zm_yunxi", "en": "af_heart"}
# Told to speak slower than this, Kokoro puts a sound of its own before the first syllable: stretching does the rest.
SPEED: dict[Lang, float] = {"zh": 0.9, "en": 1.0}
LENGTH: dict[Lang, float] = {"zh": 1.3, "en": 1.35}
SHORTEST_STYLE = 15  # tokens; the styles that the voices have for single words are unclear
# Words whose reading the dictionaries get wrong, in pinyin without tone changes, which the model makes itself.
READINGS = {
    "一行": "yī háng",
    "空着": "kòng zhe",
    "还空着": "hái kòng zhe",
    "补给您": "bǔ gěi nín",
    "长号码": "cháng hào mǎ",
}
BUDGET_BYTES = 40_000_000
RENDERED = re.compile(r"(zh|en)/[0-9a-f]{16}\.(opus|partial)")  # as clip_name calls them
OPUS_COMPRESSION = 0.93  # about 24 kbit/s: libsndfile maps 0 to 1 on 256 to 6 kbit/s


class Narrator:
    """Says texts as the prompts do. `voices` is a folder as of KokoroModel."""

    def __init__(self, voices: Path) -> None:
        import pypinyin
        from misaki import espeak, zh

        for word, reading in READINGS.items():
            zh.jieba.add_word(word, freq=1_000_000)
            pypinyin.load_phrases_dict({word: [[syllable] for syllable in reading.split()]})
        self._model = KokoroModel(voices, threads=1)  # more wait for each other longer than they save
        self._chinese = zh.ZHG2P()
        self._english = espeak.EspeakFallback(british=False)

    def say(self, text: str, lang: Lang) -> Samples:
        """`text` at RATE, silence around it cut off."""
        words = without_places(text, lang)
        ended = words + "." * words[-1].isalnum()  # words without an end are cut short
        style = self._model.styles[VOICES[lang]]
        try:
            wave = self._model.speak(self.sounds(ended, lang), style, SPEED[lang], SHORTEST_STYLE)
        except ValueError as error:
            raise PromptsError(f"“{text}” is too long for one prompt: make it two.") from error
        return trimmed(to_samples(wave.astype(np.float64) * 32767), RATE)

    def sounds(self, text: str, lang: Lang) -> str:
        """The phonemes of `text`; Latin words in Chinese text are spoken as English."""
        if lang == "en":
            return str(self._english(SimpleNamespace(text=spoken_form(text, "en")))[0])
        pieces = re.split(r"([A-Za-z][A-Za-z '-]*)", spoken_form(text, "zh"))
        return "".join(self.sounds(p, "en") if p[:1].isascii() and p[:1].isalpha() else self._zh(p) for p in pieces)

    def _zh(self, text: str) -> str:
        return str(self._chinese(text)[0]) if text else ""


def clip_name(text: str, lang: Lang) -> str:
    """A clip's file name: it changes when anything that the clip is made of changes."""
    readings = [reading for word, reading in READINGS.items() if word in text]
    recipe = "\n".join((text, VOICES[lang], str(SPEED[lang]), str(LENGTH[lang]), ENGINE, *readings))
    return f"{lang}/{sha256(recipe.encode()).hexdigest()[:16]}.opus"


def render_clip(narrator: Narrator, text: str, lang: Lang, path: Path) -> None:
    """Writes one clip; a reader sees it whole or not at all."""
    samples = levelled(stretched(narrator.say(text, lang), RATE, LENGTH[lang]), RATE)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    soundfile.write(partial, samples, RATE, format="OGG", subtype="OPUS", compression_level=OPUS_COMPRESSION)
    partial.replace(path)


def render_all(texts: Mapping[Lang, Sequence[str]], out: Path, voices: Path, shipped: Path | None = None) -> int:
    """Makes `out` hold a clip for each of `texts` that `shipped` has not; gives how many were rendered.

    Of clips that nobody needs any more those are removed that were rendered; what a person has recorded stays.
    """
    kept: dict[Lang, dict[str, str]] = {}
    if shipped is not None:
        texts, kept = Prompts.load(shipped).missing(texts), _recorded_by_people(out)
    clips = {
        lang: {text: clip_name(text, lang) for text in texts[lang] if has_words(text)} | kept.get(lang, {})
        for lang in LANGS
    }
    todo = [(lang, text) for lang in LANGS for text in clips[lang] if not (out / clips[lang][text]).exists()]
    narrator = Narrator(voices) if todo else None
    for number, (lang, text) in enumerate(todo, 1):
        assert narrator is not None
        print(f"{number}/{len(todo)} {text}", file=sys.stderr)
        render_clip(narrator, text, lang, out / clips[lang][text])
        _write_index(out, clips)
    _write_index(out, clips)
    wanted = {name for named in clips.values() for name in named.values()}
    for path in out.glob("*/*"):
        name = path.relative_to(out).as_posix()
        if RENDERED.fullmatch(name) and name not in wanted:
            path.unlink()
    return len(todo)


def _recorded_by_people(out: Path) -> dict[Lang, dict[str, str]]:
    """The clips of a county's folder that it did not get from here; PromptsError when its index is damaged."""
    if not (out / INDEX).exists():
        return {}
    index = read_index(out)
    return {
        lang: {t: name for t, name in index[lang].items() if not RENDERED.fullmatch(name) and (out / name).is_file()}
        for lang in LANGS
    }


def _write_index(out: Path, clips: Mapping[Lang, Mapping[str, str]]) -> None:
    """Lists the clips that are there already."""
    index: dict[str, Any] = {
        "made_with": {"engine": ENGINE, "licence": LICENCE, "voices": VOICES, "speed": SPEED, "length": LENGTH}
    }
    for lang in LANGS:
        index[lang] = {text: name for text, name in clips[lang].items() if (out / name).exists()}
    out.mkdir(parents=True, exist_ok=True)
    partial = out / (INDEX + ".partial")
    partial.write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(out / INDEX)


def _read_texts(path: Path) -> dict[Lang, list[str]]:
    try:
        texts = json.loads(path.read_text(encoding="utf-8"))
        return {lang: [text.strip() for text in texts[lang]] for lang in LANGS}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PromptsError(f'{path} is not a list of texts: give a JSON file {{"zh": [...], "en": [...]}}.') from error


def main() -> int:
    parser = argparse.ArgumentParser(description="Render the spoken prompts.")
    parser.add_argument("--texts", type=Path, required=True, help='JSON file {"zh": [text], "en": [text]}')
    parser.add_argument("--out", type=Path, required=True, help="prompts folder, e.g. assets/prompts")
    parser.add_argument("--voices", type=Path, required=True, help="the folder voices/ of the npm package kokoro-js")
    parser.add_argument("--shipped", type=Path, help="prompts folder of the release: what it has is left out")
    arguments = parser.parse_args()
    folders = [folder for folder in (arguments.out, arguments.shipped) if folder]
    try:
        rendered = render_all(_read_texts(arguments.texts), arguments.out, arguments.voices, arguments.shipped)
        for folder in folders:
            read_index(folder)
    except (PromptsError, ImportError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for folder in folders for path in folder.glob("*/*.opus"))
    print(json.dumps({"rendered": rendered, "bytes": size}))
    if size > BUDGET_BYTES:
        print(f"The prompts take {size} bytes, more than the {BUDGET_BYTES} allowed: drop texts.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
