"""What to have at hand before the first question."""

from collections.abc import Sequence

from forms import Text
from forms.service import Prerequisite
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Row, Screen


def at_hand(c: Composer, name: str, title: Text, needed_for: str, papers: Sequence[Prerequisite]) -> Screen:
    """The screen `name`; `needed_for` is the key of the line that stands above the papers."""
    rows = tuple(Row(c.text(one), "", say=(c.aloud(one),), picture=c.picture(one.picture)) for one in papers)
    return c.make(
        name,
        "prerequisites",
        c.text(title),
        title_said=(c.aloud(title), c.said(needed_for)),
        rows=rows,
        written_lines=(c.t(needed_for), c.t("prerequisites.line")),
        say_after=(*(part for row in rows for part in row.say), c.said("prerequisites.line")),
        primary=c.button("next", "prerequisites.start", icon="next"),
        secondary=(c.back(),),
        phrases=c.phrases("ready", "next", shown=True) + c.phrases("back", "back"),
    )
