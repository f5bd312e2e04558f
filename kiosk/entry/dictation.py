"""Dictation on a question: what was said goes into the answer, or mends what is there. Nothing is sent."""

from collections.abc import Sequence
from datetime import date

from forms import Catalogue, Field
from kiosk.entry import spoken
from kiosk.entry.answer_entry import AnswerEntry
from kiosk.entry.dictated import Reply
from kiosk.entry.field_input import input_of
from kiosk.entry.spoken import Correction

CONFIRMED = Reply(confirmed=True)


def kind_on(catalogue: Catalogue, screen: str) -> str | None:
    """How the answer on a question's screen ("question-phone", or with its service before it) may be dictated."""
    service, _, name = screen.rpartition(":")
    field_id = name.removeprefix("question-")
    for one in catalogue.services.values():
        if service in ("", one.id) and name != field_id and one.asks(field_id):
            field = one.field(field_id)
            return input_of(field).dictation(field)
    return None


def chosen(names: Sequence[Sequence[str]], values: Sequence[str | None], said: str) -> int | None:
    """Which of some choices was meant, from 0: by place, by name or a part of it, or by yes or no."""
    place = spoken.choice(said, names)
    if place is None and (right := spoken.yes_no(said)) is not None:
        wanted = "yes" if right else "no"
        place = next((at for at, value in enumerate(values) if value == wanted), None)
    return place


def take(entry: AnswerEntry, field: Field, said: str, today: date) -> Reply | None:
    """Put what was said into the answer; None when it makes no sense here."""
    if fix := spoken.correction(said):
        return _mend(entry, fix)
    right = spoken.yes_no(said)
    if right is not None:
        return _judged(entry, right)
    return input_of(field).take(entry, field, said, today)


def _judged(entry: AnswerEntry, right: bool) -> Reply | None:
    """对 or 不对 to what was just dictated; None when nothing was."""
    if entry.before is None:
        return None
    if right:
        return CONFIRMED
    entry.undo()
    return Reply("dictation.say_again")


def _mend(entry: AnswerEntry, fix: Correction) -> Reply:
    if fix.of == "erase":
        entry.erase()
        return Reply("dictation.erased")
    if fix.of == "clear":
        entry.clear()
        return Reply("dictation.cleared")
    if not entry.mark(fix.of, fix.place, fix.count):
        return Reply("dictation.no_such_place")
    if fix.becomes and entry.put(fix.becomes):
        return Reply("dictation.check", fix.becomes)
    return Reply("dictation.say_digit" if fix.of == "digit" and fix.count == 1 else "dictation.say_group")
