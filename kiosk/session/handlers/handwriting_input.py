"""Takes what is drawn. Characters are read off the GUI thread, while more is written; a signature is kept."""

import logging

from kiosk.entry.answer_entry import GUESSES
from kiosk.entry.strokes import HandwritingError, Stroke
from kiosk.session.assisting import helping
from kiosk.session.common.presenter import Presenter

log = logging.getLogger(__name__)


def write(p: Presenter, stroke: Stroke) -> None:
    """A line was drawn on the writing field; ignored where there is no such field."""
    entry = p.screen().entry
    if entry is None or entry.kind not in ("hand", "sign") or not stroke:
        return
    p.somebody_is_here()
    helping.put_in_anew(p)
    if not p.typed(lambda: p.state.entry.draw(stroke)):
        p.say_no_more_fits()
    read(p)
    p.show()


def read(p: Presenter) -> None:
    """Offer the likeliest characters for the strokes there are. One reading at a time: what was written meanwhile is
    read after it."""
    state, strokes, recogniser = p.state, p.state.entry.strokes, p.handwriting
    if state.reading_strokes or recogniser is None or not strokes:
        return
    state.reading_strokes = True
    visitor = state.visitors

    def recognise() -> list[str] | None:
        try:
            return recogniser(strokes, GUESSES)
        except HandwritingError as error:
            log.error("%s", error)
            return None

    def show(found: list[str] | None) -> None:
        state.reading_strokes = False
        if found is None:
            p.handwriting = None
            state.entry.cannot_read()
            if state.visitors == visitor:
                p.tell("name.cannot_read")
        elif state.entry.strokes == strokes:
            state.entry.guessed(found)
        else:
            read(p)
        p.show()

    p.in_background(recognise, show, lambda away: show(None))
