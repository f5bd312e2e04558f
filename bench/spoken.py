"""How spoken requests are understood: those of bench/asking/sixteen.tsv, said by the voices that training never heard.

    python bench/spoken.py --speak .work/spoken --every 8    # makes the clips; needs requirements/train.txt
    python bench/spoken.py .work/spoken                      # one JSON line, bench/results/spoken.json

Only Chinese is heard. Nobody reads the sentences, so only services and counts are told.
"""

import argparse
import csv
import statistics
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tools.result import written

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

if TYPE_CHECKING:
    from kiosk.operations.spoken_requests import Meant

ASSETS = ROOT / "assets"
SENTENCES = ROOT / "bench" / "asking" / "sixteen.tsv"
CLIP = "{number:04d}_{voice}.flac"
SPEED = 0.95


def sentences() -> list[dict[str, str]]:
    """The Chinese ones, in the order of the file: a clip has the number of its sentence."""
    with SENTENCES.open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file, delimiter="\t") if row["lang"] == "zh"]


def speak(folder: Path, every: int) -> None:
    """Write the clips that are not there yet."""
    import soundfile

    from voice.training.clips.kokoro import RATE
    from voice.training.clips.synthesis import DEVELOPMENT_VOICES, Kokoro, fetch_voices

    folder.mkdir(parents=True, exist_ok=True)
    kokoro = Kokoro(fetch_voices(folder / "voices"), 1)
    for number, row in list(enumerate(sentences()))[::every]:
        for voice in DEVELOPMENT_VOICES:
            path = folder / CLIP.format(number=number, voice=voice)
            if not path.exists():
                soundfile.write(path, kokoro.say(row["text"], kokoro.styles[voice], SPEED), RATE)


def scored(pairs: list[tuple[str, "Meant"]]) -> dict[str, Any]:
    """Shares where the `right` one begins, or it `asked` with the right one among others, or `another` began; `taken`:
    off topic, and one began. `confused`: expected -> what began, counts."""
    wanted = [(expected, meant) for expected, meant in pairs if expected != "none"]
    off = [meant for expected, meant in pairs if expected == "none"]
    began = Counter((expected, meant.service or "none") for expected, meant in pairs)
    return {
        "clips": [len(wanted), len(off)],
        "right": share(sum(meant.service == expected for expected, meant in wanted), len(wanted)),
        "asked": share(sum(expected in meant.asks for expected, meant in wanted), len(wanted)),
        "another": share(sum(meant.service not in (None, expected) for expected, meant in wanted), len(wanted)),
        "taken": share(sum(meant.service is not None for meant in off), len(off)),
        "confused": {f"{one} -> {other}": many for (one, other), many in began.most_common() if one != other},
    }


def share(some: int, of: int) -> float | None:
    return round(some / of, 3) if of else None


def heard(folder: Path) -> dict[str, Any]:
    """What the home screen makes of the clips of a folder."""
    from forms import load_catalogue
    from kiosk.entry.pinyin import PinyinTable
    from kiosk.intents.intent_classifier import IntentClassifier
    from kiosk.operations.sound_files import heard_in
    from kiosk.operations.spoken_requests import HomeScreen
    from kiosk.texts.strings import Texts
    from voice.recognition.bundled import BundledRecogniser

    catalogue = load_catalogue(ASSETS)
    classifier = IntentClassifier.load(ASSETS, catalogue)
    home = HomeScreen(catalogue, Texts.load(ASSETS), PinyinTable.load(ASSETS), classifier)
    recogniser = BundledRecogniser(ASSETS / "voice_model", home.phrases, own_words=home.own_words)
    rows, files = sentences(), sorted(folder.glob("*.flac"))
    pairs: list[tuple[str, Meant]] = []
    took: list[float] = []
    for path, found in heard_in(recogniser, files, lambda why: print(why, file=sys.stderr)):
        if found is not None:
            pairs.append((rows[int(path.stem.partition("_")[0])]["expected"], home.meant(found)))
            took.append(found.ms)
    return {**scored(pairs), "ms_median": round(statistics.median(took)) if took else None}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="of the clips")
    parser.add_argument("--speak", action="store_true", help="make the clips")
    parser.add_argument("--every", type=int, default=1, help="only every so many sentences")
    options = parser.parse_args()
    if options.speak:
        speak(options.folder, options.every)
        return
    result = {"bench": "spoken", **heard(options.folder)}
    print(written("spoken", result))


if __name__ == "__main__":
    main()
