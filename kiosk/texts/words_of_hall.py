"""What the hall itself says at the kiosk, as far as it is known beforehand: its data files, a county's over them."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import RootModel

from forms import Catalogue
from forms.hall.decisions import Choice, Decisions
from forms.hall.files import FOLDER, read_own
from forms.hall.steps import StandingWords
from forms.load import read_model
from forms.texts import Text
from protocol.wire import Words


class _Standing(RootModel[StandingWords]): ...


def words_of_hall(catalogue: Catalogue, assets: Path, county: Path | None) -> Iterator[Text]:
    """Where a form stands and who does what next; why it was decided so, and what can be done against that; of an order
    where it stands and what was done. By which rule is said only where somebody touches it: that is left to the live
    voice. CatalogueError when a shipped file is broken.
    """
    for name in ("progress.yaml", "steps.yaml"):
        shipped = read_model(_Standing, assets / FOLDER / name).root
        yield from map(_text, {**shipped, **(read_own(county, name)[0] or {})}.values())
    decisions = read_model(Decisions, assets / FOLDER / "decisions.yaml")
    own: Decisions | None = read_own(county, "decisions.yaml")[0]
    decisions = own.over(decisions) if own else decisions
    yield from map(_text, (*decisions.reasons.values(), *decisions.remedies.values()))
    orders = catalogue.work_orders
    yield from (text for state in orders.states.values() for text in (state.words, state.next))
    yield from orders.changes.values()


def _text(words: Words | Choice) -> Text:
    return Text(zh=words.zh, en=words.en)
