"""Which errands of the counters are named in what somebody said."""

from collections.abc import Iterator, Sequence

from forms.counters import CounterErrand, Counters
from kiosk.intents.sounds import folded, syllables


def named(heard: Sequence[str], counters: Counters, at_least: int = 1) -> list[str]:
    """The ids of those whose title or a phrase is part of `heard`, toneless syllables: those with the longest such,
    of `at_least` so many syllables."""
    row = _row(folded(heard))
    longest = {
        errand.id: max((len(words) for words in _names(errand) if _row(folded(words)) in row), default=0)
        for errand in counters.errands
    }
    best = max(longest.values(), default=0)
    return [name for name, size in longest.items() if size == best >= at_least]


def sayings(counters: Counters) -> Iterator[tuple[str, ...]]:
    """Their titles and phrases as toneless syllables: what a recogniser may expect to hear."""
    return (words for errand in counters.errands for words in _names(errand))


def _names(errand: CounterErrand) -> Iterator[tuple[str, ...]]:
    return (tuple(syllables(text)) for text in (errand.title.zh, *errand.phrases.zh))


def _row(said: Sequence[str]) -> str:
    return f" {' '.join(said)} "
