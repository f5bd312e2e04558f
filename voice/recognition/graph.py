"""Decoding graphs for the recogniser, compiled in plain Python in milliseconds: phrase lists and the filler.

The acoustic model is trained with CTC: at each frame it hears one sound or the blank. A graph is a Kaldi HCLG whose
input labels are Kaldi's transition ids; sound number n (the blank is 0) has the ids 2n+1 and 2n+2, of which only the
first is used.
"""

import math
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from voice.recognition.pinyin import PHONES, syllable_phones
from voice.recognition.syllables import SYLLABLES

EPSILON = 0
TransitionId = int
# What it costs (-log of the chance, against the chance of the sound itself) that a sound is said as another one.
Costs = Mapping[str, Mapping[str, float]]
NO_ACCENT: Costs = {}


def transition_id(sound: int) -> TransitionId:
    return 2 * sound + 1


BLANK = transition_id(0)
_TRANSITION = {phone: transition_id(number) for number, phone in enumerate(PHONES, 1)}
_LABEL = {syllable: number for number, syllable in enumerate(SYLLABLES, 1)}


@dataclass
class Graph:
    """A weighted transducer. An arc is (input label, output label, cost, next state); state 0 is the start."""

    arcs: list[list[tuple[int, int, float, int]]] = field(default_factory=list)
    final: set[int] = field(default_factory=set)

    def state(self) -> int:
        self.arcs.append([])
        return len(self.arcs) - 1

    def arc(self, source: int, label: int, output: int, target: int, cost: float = 0.0) -> None:
        self.arcs[source].append((label, output, cost, target))

    def loop(self, state: int, label: int) -> None:
        self.arc(state, label, EPSILON, state)

    def to_bytes(self) -> bytes:
        """OpenFst's binary format of a VectorFst over the tropical semiring ("vector", "standard", version 2)."""
        magic, version, flags, unknown_properties = 2125659606, 2, 0, 3  # 3: expanded, mutable
        arcs = sum(map(len, self.arcs))
        header = struct.pack("<i", magic) + _string("vector") + _string("standard")
        header += struct.pack("<iiQqqq", version, flags, unknown_properties, 0, len(self.arcs), arcs)
        body = []
        for state, leaving in enumerate(self.arcs):
            body.append(struct.pack("<fq", 0.0 if state in self.final else float("inf"), len(leaving)))
            body.extend(struct.pack("<iifi", *arc) for arc in leaving)
        return header + b"".join(body)


def _string(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode()


class _Node:
    """A place in a tree of phrases: just after a sound, or after it and some blanks (`rest`).

    `heard` has a state for each sound that may have been heard for the one that is meant.
    """

    def __init__(self, graph: Graph, may_sound: Iterable[str] = ()) -> None:
        self.next: dict[str, _Node] = {}
        self.heard = {phone: graph.state() for phone in may_sound}
        self.rest = graph.state()
        graph.loop(self.rest, BLANK)
        for phone, state in self.heard.items():
            graph.loop(state, _TRANSITION[phone])
            graph.arc(state, BLANK, EPSILON, self.rest)

    def follow(self, graph: Graph, phone: str, costs: Costs = NO_ACCENT) -> "_Node":
        """The place after `phone` is meant; the same sound twice needs a blank between."""
        if phone not in self.next:
            sounds = {phone: 0.0, **costs.get(phone, {})}
            node = self.next[phone] = _Node(graph, sounds)
            for sound, cost in sounds.items():
                for before in (self.rest, *(state for other, state in self.heard.items() if other != sound)):
                    graph.arc(before, _TRANSITION[sound], EPSILON, node.heard[sound], cost)
        return self.next[phone]

    @property
    def ends(self) -> tuple[int, ...]:
        return (*self.heard.values(), self.rest)


def phrase_graph(phrases: Mapping[tuple[str, ...], int], costs: Costs = NO_ACCENT) -> Graph:
    """Exactly one of `phrases` (sounds -> output label, 1 or more), silence around it, said with an accent."""
    graph = Graph()
    root = _Node(graph)
    end = graph.state()
    graph.loop(end, BLANK)
    graph.final.add(end)
    for phones, label in phrases.items():
        node = root
        for phone in phones:
            node = node.follow(graph, phone, costs)
        # The label comes last, so that a phrase broken off in the middle is no phrase.
        for state in node.ends:
            graph.arc(state, BLANK, label, end)
    return graph


def filler_graph(cost: float) -> Graph:
    """Any Mandarin syllables in any order, `cost` for each; output label n is SYLLABLES[n - 1]."""
    return request_graph((), cost)


def request_graph(sentences: Iterable[Sequence[str]], cost: float) -> Graph:
    """Any syllables in any order, `cost` for each that does not follow the one before in one of `sentences`.

    One that does costs as much as it is rarer than the most usual one there. `sentences` are toneless syllables;
    what is no syllable (嗯) is passed over.
    """
    graph = Graph()
    root = _Node(graph)
    graph.final.add(root.rest)
    after: dict[str, int] = {}
    follows: dict[str, Counter[str]] = {}
    for sentence in sentences:
        for syllable, following in pairwise(one for one in sentence if one in _LABEL):
            follows.setdefault(syllable, Counter())[following] += 1
    for syllable in follows:
        after[syllable] = graph.state()
        graph.loop(after[syllable], BLANK)
        graph.arc(after[syllable], EPSILON, EPSILON, root.rest)
        graph.final.add(after[syllable])

    def add(start: _Node, syllable: str, price: float) -> None:
        node = start
        for phone in syllable_phones(syllable):
            node = node.follow(graph, phone)
        for state in node.ends:
            graph.arc(state, EPSILON, _LABEL[syllable], after.get(syllable, root.rest), price)

    for syllable in SYLLABLES:
        add(root, syllable, cost)
    for syllable, counts in follows.items():
        start = _Node(graph)
        graph.arc(after[syllable], EPSILON, EPSILON, start.rest)
        most = max(counts.values())
        for following, count in counts.items():
            add(start, following, min(math.log(most / count), cost))
    return graph


def write_graph(folder: Path, graph: bytes, words: Sequence[str]) -> None:
    """Kaldi's `graph` folder; words[n - 1] is the name of output label n."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "HCLG.fst").write_bytes(graph)
    lines = ["<eps> 0", *(f"{word} {label}" for label, word in enumerate(words, 1))]
    (folder / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
