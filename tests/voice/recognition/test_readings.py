"""With few words nearly everything that the kiosk hears and says is read as with all of them."""

import subprocess
import sys

from project import ASSETS

READ_ALL = """
import re, sys
from pathlib import Path
if sys.argv[2] == "few":
    from voice.recognition.readings import load_few_readings
    load_few_readings()
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT
from voice.recognition.pinyin import readings
found = {text for path in Path(sys.argv[1]).rglob("*.yaml") for text in re.findall("[一-鿿]+", path.read_text("utf-8"))}
print(len(PHRASES_DICT) < 20_000)
for text in sorted(found):
    print(text, readings(text), lazy_pinyin(text))
"""


def read_all(words: str) -> list[str]:
    command = [sys.executable, "-c", READ_ALL, str(ASSETS), words]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_few_words_read_nearly_everything_as_all_words_do() -> None:
    """Not quite: a word that is left out may have ended elsewhere in a sentence without spaces."""
    (all_too_few, *by_all), (few_enough, *by_few) = read_all("all"), read_all("few")
    assert (all_too_few, few_enough) == ("False", "True")
    assert len(by_all) > 1000
    others = [one for one, other in zip(by_all, by_few, strict=True) if one != other]
    assert len(others) <= len(by_all) / 1000, others
