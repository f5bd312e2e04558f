"""Decoding graphs for the recogniser, compiled in plain Python in milliseconds: phrase lists and the filler.

The acoustic model is trained with CTC: at each frame it hears one sound or the blank. A graph is a Kaldi HCLG whose
input labels are Kaldi's transition ids; sound number n (the blank is 0) has the ids 2n+1 and 2n+2, of which only the
first is used.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from voice.pinyin import PHONES, syllable_phones
from voice.syllables import SYLLABLES

EPSILON = 0
TransitionId = int


def transition_id(sound: int) -> TransitionId:
    return 2 * sound + 1


BLANK = transition_id(0)
_TRANSITION = {phone: transition_id(number) for number, phone in enumerate(PHONES, 1)}


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
    """A place in the tree of phrases: just after a sound (`heard`), or after it and some blanks (`rest`)."""

    def __init__(self, graph: Graph, phone: str | None) -> None:
        self.phone = phone
        self.next: dict[str, _Node] = {}
        self.heard = graph.state()
        self.rest = self.heard
        if phone is not None:
            self.rest = graph.state()
            graph.loop(self.heard, _TRANSITION[phone])
            graph.arc(self.heard, BLANK, EPSILON, self.rest)
        graph.loop(self.rest, BLANK)

    def follow(self, graph: Graph, phone: str) -> "_Node":
        """The place after `phone`; the same sound twice needs a blank between."""
        if phone not in self.next:
            node = self.next[phone] = _Node(graph, phone)
            for state in {self.rest, self.heard} if phone != self.phone else {self.rest}:
                graph.arc(state, _TRANSITION[phone], EPSILON, node.heard)
        return self.next[phone]


def phrase_graph(phrases: Mapping[tuple[str, ...], int]) -> Graph:
    """Exactly one of `phrases` (sounds -> output label, 1 or more), silence around it."""
    graph = Graph()
    root = _Node(graph, None)
    end = graph.state()
    graph.loop(end, BLANK)
    graph.final.add(end)
    for phones, label in phrases.items():
        node = root
        for phone in phones:
            node = node.follow(graph, phone)
        # The label comes last, so that a phrase broken off in the middle is no phrase.
        for state in (node.heard, node.rest):
            graph.arc(state, BLANK, label, end)
    return graph


def filler_graph(cost: float) -> Graph:
    """Any Mandarin syllables in any order, `cost` for each; output label n is SYLLABLES[n - 1]."""
    graph = Graph()
    root = _Node(graph, None)
    graph.final.add(root.rest)
    for label, syllable in enumerate(SYLLABLES, 1):
        node = root
        for phone in syllable_phones(syllable):
            node = node.follow(graph, phone)
        for state in (node.heard, node.rest):
            graph.arc(state, EPSILON, label, root.rest, cost)
    return graph


def write_graph(folder: Path, graph: Graph, words: Sequence[str]) -> None:
    """Kaldi's `graph` folder; words[n - 1] is the name of output label n."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "HCLG.fst").write_bytes(graph.to_bytes())
    lines = ["<eps> 0", *(f"{word} {label}" for label, word in enumerate(words, 1))]
    (folder / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
