"""The readings of words in little memory: only of those words that are not read as their characters are one by one.

pypinyin holds 47,000 words in 55 MB; two in seven say more than their characters do.
"""

import json
import os
from importlib.util import find_spec
from pathlib import Path
from sys import intern


def load_few_readings() -> None:
    """Call before anything imports pypinyin; afterwards it knows these words only."""
    os.environ["PYPINYIN_NO_PHRASES"] = os.environ["PYPINYIN_NO_DICT_COPY"] = "1"
    from pypinyin import load_phrases_dict
    from pypinyin.constants import PINYIN_DICT

    for code, readings in PINYIN_DICT.items():
        PINYIN_DICT[code] = intern(readings)  # five characters share one
    shared: dict[tuple[str, ...], list[str]] = {}
    words: dict[str, list[list[str]]] = json.loads(_few_words())
    load_phrases_dict({word: [shared.setdefault(tuple(one), one) for one in each] for word, each in words.items()})
    del os.environ["PYPINYIN_NO_PHRASES"]  # other programs that are started from here know all words


def _few_words() -> str:
    """As JSON: what is read anew lies together, and the memory of all the others goes back whole."""
    from pypinyin.constants import PINYIN_DICT

    from voice.recognition.pinyin import TWO_READINGS

    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    words = json.loads(Path(spec.origin).with_name("phrases_dict.json").read_text("utf-8"))
    usual = {chr(code): readings.partition(",")[0] for code, readings in PINYIN_DICT.items()}
    few = {
        word: readings
        for word, readings in words.items()
        if TWO_READINGS.intersection(word) or [one[0] for one in readings] != [usual.get(one) for one in word]
    }
    return json.dumps(few, ensure_ascii=False)
