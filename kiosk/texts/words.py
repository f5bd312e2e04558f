"""Which characters of a text belong together, so that no line ends within a word: Chinese writes no spaces.

A text is cut into its likeliest words, each as likely as it is common (a unigram model; a word's rank stands for how
often it is found, by Zipf's law).
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from forms import Catalogue, CatalogueError
from forms.reading.document import UnreadableError, read_text
from forms.reading.mistake import Mistake

LONGEST = 6  # characters of a word; numbers count as one
LONGEST_RUN = 30  # characters of a word of letters or of a number; a line may end anywhere in what is longer
_ATOM = re.compile(r"\d+(?:[ .,:/]\d+)*(?: ?X)?|[^\W\d_\u4e00-\u9fff]+|.", re.DOTALL)
_COUNT = re.compile(  # 第 3 步, 十八位, 2026年, 十九; and 看一看
    "(?:第 ?)?(?:[0-9.,]+|[零一二两三四五六七八九十百千几]+) ?"
    "(?:年代|单元|号楼|[年月日号天周次位步件张份遍岁分秒点页行项种个代楼室元块处])"
    "|[零一二两三四五六七八九十百千]{2,}|(.)一\\1"
)
_NAME_COST = 1.0  # less than of any common word


class Words:
    """Common words with what each costs, and the names of things, which cost least."""

    def __init__(self, costs: Mapping[str, float] = MappingProxyType({}), names: Iterable[str] = ()) -> None:
        self._costs = costs
        self._names = frozenset(names)
        self._unknown = 1 + max(costs.values(), default=0.0)

    @classmethod
    def common(cls, words: Sequence[str]) -> "Words":
        """From the most usual word on."""
        scale = math.log(len(words) + 1)
        return cls({word: math.log((rank + 2) * scale) for rank, word in reversed(list(enumerate(words)))})

    @classmethod
    def load(cls, assets: Path, county: Path | None = None, mistakes: list[Mistake] | None = None) -> "Words":
        """Of words.txt, and of the county's after it: what is wrong with that goes to `mistakes`.

        CatalogueError when the shipped one cannot be read.
        """
        path = assets / "words.txt"
        try:
            text = read_text(path)
        except UnreadableError as error:
            raise CatalogueError(f"{path} cannot be read as UTF-8 text: put the file back.") from error
        if county is not None and (county / "words.txt").exists():
            try:
                text += "\n" + read_text(county / "words.txt")
            except UnreadableError as error:
                flaw = error.flaw
                if mistakes is not None:
                    mistakes.append(Mistake("words.txt", error.line, "", flaw.message, flaw.hint))
        return cls.common([word for line in text.splitlines() if not line.startswith("#") for word in line.split()])

    def with_names_of(self, catalogue: Catalogue) -> "Words":
        """These words and what the questions, choices and places of the catalogue are called."""
        return Words(self._costs, {name for name in _labels(catalogue) if 1 < len(name) <= LONGEST})

    def split(self, text: str) -> list[str]:
        """The words and other characters that make up `text`, in order."""
        atoms = [part for atom in _ATOM.findall(text) for part in ([atom] if len(atom) <= LONGEST_RUN else atom)]
        best = [(0.0, 0)]  # for each place: the cost of all before it, and where the last word before it begins
        for end in range(1, len(atoms) + 1):
            starts = range(max(0, end - LONGEST), end)
            best.append(min((best[start][0] + self._cost(atoms[start:end]), start) for start in starts))
        words, end = [], len(atoms)
        while end:
            start = best[end][1]
            words.append("".join(atoms[start:end]))
            end = start
        return words[::-1]

    def _cost(self, atoms: Sequence[str]) -> float:
        word = "".join(atoms)
        if word in self._names or (len(atoms) > 1 and _COUNT.fullmatch(word)):
            return _NAME_COST
        return self._costs.get(word, self._unknown if len(atoms) == 1 else math.inf)


def _labels(catalogue: Catalogue) -> Iterator[str]:
    for service in catalogue.services.values():
        for field in service.fields:
            yield field.label.zh
            yield from (choice.label.zh for choice in catalogue.all_choices(field))
