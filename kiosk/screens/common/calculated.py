"""What a service computes of the answers, as it is shown: read-only, on the check screen and on the receipt."""

from forms import mask
from kiosk.entry.privacy import is_public
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Row
from kiosk.state.visit import Visit


def calculated(c: Composer, visit: Visit, *, for_others: bool = False) -> tuple[Row, ...]:
    """A row for each that is shown and not empty; `for_others`: only what is known, and what anybody may read."""
    facts, words, rows = visit.facts, visit.words, []
    for one in visit.service.calculate:
        answer = one.answer(facts)
        if not one.shown or answer == "" or (for_others and not (answer and is_public(one.field, answer))):
            continue
        written, private = words.written(one.id, c.lang) or "", words.private(one.id)
        if private and c.covers(*private):
            written = mask(*private)
        said = c.private_said(*private, written) if private else written
        rows.append(Row(c.label(one.field), written, say=(c.label(one.field), said)))
    return tuple(rows)
