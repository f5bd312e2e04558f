"""Reads what is being written on the pad, off the GUI thread, while more is written."""

import logging
from typing import TYPE_CHECKING

from kiosk.entry.answer_entry import GUESSES
from kiosk.entry.handwriting import HandwritingError, Recogniser

if TYPE_CHECKING:
    from kiosk.session.session import Session

log = logging.getLogger(__name__)


class HandReader:
    """One reading at a time; when more was written meanwhile, another one follows."""

    def __init__(self, recogniser: Recogniser | None) -> None:
        self._recogniser = recogniser  # None: handwriting cannot be read here
        self._reading = False

    def read(self, session: "Session") -> None:
        """Offer the likeliest characters for the strokes that are on the pad."""
        strokes, recogniser = session.pad.strokes, self._recogniser
        if self._reading or recogniser is None or not strokes:
            return
        self._reading = True

        def recognise() -> list[str] | None:
            try:
                return recogniser(strokes, GUESSES)
            except HandwritingError as error:
                log.error("%s", error)
                return None

        def show(found: list[str] | None) -> None:
            self._reading = False
            if found is None:
                self._recogniser = None
                session.pad.cannot_read()
                session.tell("name.cannot_read")
            elif session.pad.strokes == strokes:
                session.pad.guessed(found)
            else:
                self.read(session)
            session.show()

        session.in_background(recognise, show, lambda away: None)
