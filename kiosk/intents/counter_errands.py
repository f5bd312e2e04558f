"""Which errands of the counters are named in what somebody said."""

from collections.abc import Iterator, Sequence

from forms.home.counters import CounterErrand, Counters
from kiosk.intents.sounds import folded, syllables

LONG = 4  # syllables: in such a name one may be misheard


def named(heard: Sequence[str], counters: Counters, at_least: int = 1) -> list[str]:
    """The ids of those whose title or a phrase is part of `heard`, toneless syllables: those of whose name most
    syllables were heard, `at_least` so many."""
    said = folded(heard)
    most = {errand.id: max(_heard_of(folded(name), said) for name in _names(errand)) for errand in counters.errands}
    best = max(most.values(), default=0)
    return [name for name, size in most.items() if size == best >= at_least]


def sayings(counters: Counters) -> Iterator[tuple[str, ...]]:
    """Their titles and phrases as toneless syllables: what a recogniser may expect to hear."""
    return (name for errand in counters.errands for name in _names(errand))


def _names(errand: CounterErrand) -> Iterator[tuple[str, ...]]:
    return (tuple(syllables(text)) for text in (errand.title.zh, *errand.phrases.zh))


def _heard_of(name: Sequence[str], said: Sequence[str]) -> int:
    """How many syllables of a name were said in a row; 0 when too many are wrong for it to be the name."""
    size = len(name)
    places = range(len(said) - size + 1)
    right = max((sum(a == b for a, b in zip(name, said[at:], strict=False)) for at in places), default=0)
    return right if right >= size - (size >= LONG) else 0
