"""What is known already: taken over at one touch, changed, or found to be of somebody else."""

from kiosk.session.common.presenter import Presenter
from kiosk.state.answers.known_answers import VISITOR


def reuse(p: Presenter) -> None:
    p.visit.reuse()
    p.load_entry()


def correct(p: Presenter, field_id: str) -> None:
    p.visit.correct(field_id)
    p.load_entry()


def somebody_else(p: Presenter) -> None:
    """Who says that the visitor's own answers are not theirs has come after them: then nothing stays of anybody."""
    visit = p.visit
    if visit.offer.person in (VISITOR, None):
        p.forget_people()
        visit.known = p.state.known
    visit.turn_down()
    p.load_entry()
