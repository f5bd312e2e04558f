"""What the pre-check says of a form: what to do about each answer that it names, a touch away from that answer."""

from collections.abc import Iterator

from forms.precheck import Precheck, precheck_of
from kiosk.screens import members
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Row
from kiosk.state.visit import Visit


def to_look_at(c: Composer, visit: Visit, found: Precheck) -> Iterator[Row]:
    """A row for each answer that is missing or should be looked at; `say` leaves out what others must not hear."""
    asked = [field.id for field in visit.fields()]
    for reason in found.to_look_at:
        at = next(one for one in asked if one == reason.field or one.startswith(f"{reason.field}."))
        field, text = visit.service.field(at), c.t("change")
        whose = members.whose(c, visit.service, at)
        name = members.label(c, field) if at == reason.field else c.label_of(visit.service.label_of(reason.field))
        change = Button("change", text, c.in_form(visit, at), called=(text, name))
        yield Row(
            name,
            c.text(reason.message),
            say=(name, *filter(None, [whose]), c.aloud(reason.message)),
            change=change,
            to_look_at=True,
        )


def verdict(c: Composer, visit: Visit) -> Row:
    """For the receipt."""
    found = precheck_of(visit.catalogue, visit.service, visit.report())
    return c.plain_row("receipt.verdict", c.t(f"receipt.{found.verdict}"))
