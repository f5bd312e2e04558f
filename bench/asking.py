"""How well own-words requests are understood, on sentences kept apart from the data: one JSON line, bench/results/.

`bench/asking/*.tsv` (text, expected, lang, split) was written without seeing the data. Chinese is also scored with
simulated mistakes of a recogniser: every syllable written by another character, and then 15 % of the syllables
replaced by a like-sounding one, lost, or replaced by any. With the split test also `sixteen.tsv`: what that tells,
`tools/sixteen.py` says; `--sixteen` scores it alone, `--development` likewise development.tsv, which may be read:
limits and features are chosen on it.
"""

import argparse
import csv
import json
import random
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from tools import sixteen

from forms import load_catalogue
from kiosk.intents import Intent
from kiosk.intents.intent_classifier import IntentClassifier
from voice.recognition.pinyin import readings
from voice.recognition.syllables import SYLLABLES

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
WRONG = 0.15
DRAWS = 5
_ALIKE = [
    ("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("l", "r"), ("f", "h"), ("b", "p"), ("d", "t"), ("g", "k"),
    ("j", "q"), ("j", "zh"), ("q", "ch"), ("x", "sh"), ("in", "ing"), ("en", "eng"), ("an", "ang"), ("ian", "iang"),
    ("uan", "uang"), ("e", "uo"), ("ou", "ao"), ("ie", "ei"), ("u", "ou"), ("iu", "ou"), ("i", "v"),
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="test")
    parser.add_argument("--wrong", action="store_true", help="list what went wrong, of the split dev only")
    parser.add_argument("--sixteen", action="store_true", help="score sixteen.tsv alone")
    parser.add_argument("--fresh", action="store_true", help="score fresh.tsv alone")
    parser.add_argument("--development", action="store_true", help="score development.tsv alone")
    options = parser.parse_args()
    catalogue = load_catalogue(ASSETS)
    classifier = IntentClassifier.load(ASSETS, catalogue)
    if options.sixteen:
        print(json.dumps({"bench": "asking", "split": "sixteen", **sixteen.scored(catalogue, classifier)}))
        return
    for split, sentences in (("fresh", sixteen.FRESH), ("development", sixteen.DEVELOPMENT)):
        if getattr(options, split):
            print(json.dumps({"bench": "asking", "split": split, **sixteen.scored(catalogue, classifier, sentences)}))
            return
    result: dict[str, Any] = {"bench": "asking", "split": options.split}
    for lang in ("zh", "en"):
        with (ROOT / "bench" / "asking" / f"{lang}.tsv").open(encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t") if row["split"] == options.split]
        began = time.perf_counter()
        classifier.text("help 帮忙", lang)
        learned_ms = (time.perf_counter() - began) * 1000
        began = time.perf_counter()
        intents = [classifier.text(row["text"]) for row in rows]
        request_ms = (time.perf_counter() - began) * 1000 / len(rows)
        result[lang] = {
            "clean": _scores(rows, intents),
            "learned_ms": round(learned_ms),
            "request_ms": round(request_ms, 2),
        }
        if options.wrong and options.split == "dev":
            _list_wrong(rows, intents)
        if lang == "zh":
            noise = random.Random(1)
            many = rows * DRAWS
            heard = [classifier.syllables(_misheard(_syllables(row["text"]), noise)) for row in many]
            result[lang]["misheard"] = _scores(many, heard)
    if options.split == "test":
        result["sixteen"] = sixteen.scored(catalogue, classifier)
        result["fresh"] = sixteen.scored(catalogue, classifier, sixteen.FRESH)
    print(json.dumps(result))
    if options.split == "test":
        (ROOT / "bench" / "results").mkdir(exist_ok=True)
        (ROOT / "bench" / "results" / "asking.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def _scores(rows: list[dict[str, str]], intents: list[Intent]) -> dict[str, Any]:
    """`right` by expected intent; `services` is the share of requests for a service that were understood.

    Of what is off topic, `false_service` was taken for a service, `false` for anything.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row, intent in zip(rows, intents, strict=True):
        counts[row["expected"]][0] += (intent.what or "none") == row["expected"]
        counts[row["expected"]][1] += 1
    services = [name for name in counts if name not in ("help", "cannot-get-it-done", "none")]
    off = [intent.what for row, intent in zip(rows, intents, strict=True) if row["expected"] == "none"]
    wanted = [
        (row["expected"], intent) for row, intent in zip(rows, intents, strict=True) if row["expected"] in services
    ]
    return {
        "right": {name: round(right / of, 3) for name, (right, of) in counts.items()},
        "services": round(sum(one.what == name for name, one in wanted) / len(wanted), 3),
        "services_or_asked": round(
            sum(one.what == name or (one.what is None and name in one.alternatives) for name, one in wanted)
            / len(wanted),
            3,
        ),
        "other_service": round(sum(one.what in services and one.what != name for name, one in wanted) / len(wanted), 3),
        "false_service": round(sum(what in services for what in off) / len(off), 3),
        "false": round(sum(what is not None for what in off) / len(off), 3),
        "rows": len(rows),
    }


def _list_wrong(rows: list[dict[str, str]], intents: list[Intent]) -> None:
    for row, intent in zip(rows, intents, strict=True):
        if (intent.what or "none") != row["expected"]:
            print(row["expected"], "->", intent.what, intent.confidence, intent.alternatives, row["text"])


def _syllables(text: str) -> list[str]:
    return list(readings("".join(one for one in text if "一" <= one <= "鿿"))[0])


def _misheard(said: list[str], noise: random.Random) -> list[str]:
    heard = []
    for syllable in said:
        if noise.random() >= WRONG:
            heard.append(syllable)
        elif (kind := noise.random()) < 0.6:
            heard.append(noise.choice(_like(syllable) or [syllable]))
        elif kind < 0.8:
            heard.append(noise.choice(SYLLABLES))
    return heard


def _like(syllable: str) -> list[str]:
    """Syllables that differ by one easily confused sound."""
    swapped = set()
    for one, other in _ALIKE + [(b, a) for a, b in _ALIKE]:
        if syllable.startswith(one):
            swapped.add(other + syllable[len(one) :])
        if syllable.endswith(one):
            swapped.add(syllable[: len(syllable) - len(one)] + other)
    return sorted(swapped & set(SYLLABLES) - {syllable})


if __name__ == "__main__":
    main()
