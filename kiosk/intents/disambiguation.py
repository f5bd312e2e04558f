"""What follows from words that were none of a screen's phrases: an errand, or one plain question with huge buttons."""

from collections.abc import Collection, Sequence

from kiosk.intents import CANNOT, HELP, Intent
from kiosk.state.disambiguation import Disambiguation, Option

SURE = 0.7  # the least chance to begin an errand on somebody's own words without asking
LONG_ENOUGH = 4  # syllables: of less a television says too many
MOST_OPTIONS = 3


def of_phrases(heard: Sequence[Option]) -> Option | Disambiguation | None:
    """Of phrases of the screen that cannot be told apart; the option itself when they all do the same."""
    options = tuple(dict.fromkeys(heard))
    if len(options) < 2:
        return options[0] if options else None
    return Disambiguation("said", options)


def of_errands(named: Sequence[str], syllables: int) -> Option | Disambiguation | None:
    """Of the counter errands that were named; None when none was."""
    options = tuple(Option("errand", one) for one in named)[:MOST_OPTIONS]
    if len(options) == 1 and syllables >= LONG_ENOUGH:
        return options[0]
    return Disambiguation("said", options) if options else None


def of_own_words(
    intent: Intent, syllables: int, *, errands: bool, events: Collection[str] = ()
) -> Option | Disambiguation | None:
    """Of a request in somebody's own words; `errands` where one may be begun, some of them life `events`. None when
    nothing follows.

    Help is only ever offered, and what is short or doubtful is asked, for it may be a television.
    """
    if intent.what in (HELP, CANNOT):
        return Disambiguation("help" if intent.what == HELP else "in_vain", (Option("help"),))
    if not errands:
        return None
    likely = [*([intent.what] if intent.what else []), *intent.alternatives]
    offered = [one for one in likely if one not in (HELP, CANNOT)][:MOST_OPTIONS]
    options = tuple(Option("event" if one in events else "choose", one) for one in offered)
    if not options or (intent.what is None and len(options) < len(likely)):
        return None
    if intent.what and intent.confidence >= SURE and syllables >= LONG_ENOUGH:
        return options[0]
    return Disambiguation("said", options)
