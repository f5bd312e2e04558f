"""How requests for the sixteen services are understood, on sentences of somebody who had not seen the data.

Nobody who writes requests reads `bench/asking/sixteen.tsv` and `fresh.tsv`, so only services and counts are told, never
a sentence. The first was scored often while requests were written, the second is of another stranger and newer.
"""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

from forms import Catalogue
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.names import names
from kiosk.texts.languages import LANGS

SENTENCES = Path(__file__).parents[1] / "asking" / "sixteen.tsv"
FRESH = SENTENCES.with_name("fresh.tsv")
DEVELOPMENT = SENTENCES.with_name("development.tsv")  # by somebody who knew the data, to choose limits on
NONE = "none"


def scored(catalogue: Catalogue, classifier: IntentClassifier, sentences: Path = SENTENCES) -> dict[str, Any]:
    """Of each language: shares of the sentences for a service that were `right`, taken for `another` service or for
    `none` (of which it `asked`, with the right one among others), of those off topic the share `taken` for a service;
    `names`, the share of titles and phrases that mean their service; and what was `confused`: expected -> got, counts.
    """
    with sentences.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["expected"] in {*catalogue.services, NONE}]
    result: dict[str, Any] = {}
    for lang in LANGS:
        intents = [(row["expected"], classifier.text(row["text"])) for row in rows if row["lang"] == lang]
        wanted = [(expected, intent) for expected, intent in intents if expected != NONE]
        off = [intent for expected, intent in intents if expected == NONE]
        got = [(expected, intent.what if intent.what in catalogue.services else None) for expected, intent in intents]
        called = [(one.id, name) for one in catalogue.services.values() for name in names(one, lang)]
        result[lang] = {
            "right": _share(sum(intent.what == expected for expected, intent in wanted), len(wanted)),
            "another": _share(
                sum(intent.what in catalogue.services and intent.what != expected for expected, intent in wanted),
                len(wanted),
            ),
            "none": _share(sum(intent.what not in catalogue.services for _, intent in wanted), len(wanted)),
            "asked": _share(
                sum(intent.what is None and expected in intent.alternatives for expected, intent in wanted), len(wanted)
            ),
            "taken": _share(sum(intent.what in catalogue.services for intent in off), len(off)),
            "names": _share(sum(classifier.text(name, lang).what == one for one, name in called), len(called)),
            "sentences": [len(wanted), len(off)],
            "confused": {
                f"{expected} -> {what or NONE}": many
                for (expected, what), many in Counter(got).most_common()
                if (what or NONE) != expected
            },
        }
    return result


def _share(some: int, of: int) -> float | None:
    return round(some / of, 3) if of else None
