"""Whether every screen can be shown: a service of a county with which one cannot is left out before people meet it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from forms import Catalogue
from kiosk.derived.results import DerivedResults
from kiosk.entry.pinyin import PinyinTable
from kiosk.texts.strings import Texts
from kiosk.walk.lists import check_texts

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Walked:
    catalogue: Catalogue
    problems: Sequence[str] = ()


def walkable(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, derived: DerivedResults) -> Walked:
    """The catalogue without the services of a county that end a walk; CatalogueError when it ends without them too."""
    if not catalogue.services or _why_not(catalogue, texts, pinyin, derived) is None:  # help and counters alone
        return Walked(catalogue)
    own = [name for name in catalogue.services if catalogue.source(name) != "shipped"]
    why = {name: _why_not(catalogue.offering([name]), texts, pinyin) for name in own}
    bad = [name for name in own if why[name]] or own
    left = catalogue.offering([name for name in catalogue.services if name not in bad])
    if left.services:
        check_texts(left, texts, pinyin)
    said = "its screens cannot be shown, so it is left out"
    return Walked(left, [f"services/{name}.yaml:1: {said} ({why[name] or 'with the others'})." for name in bad])


def _why_not(
    catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, derived: DerivedResults | None = None
) -> str | None:
    """Whatever a county's service brings up may not end the terminal, so nothing is too odd to be caught here."""
    try:
        check_texts(catalogue, texts, pinyin, derived)
    except Exception as error:
        log.exception("The screens cannot be walked.")
        return str(error) or type(error).__name__
    return None
