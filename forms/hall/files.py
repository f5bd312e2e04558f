"""The files of a county's folder hall/, each laid over the shipped one of its name."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forms.hall.decisions import Decisions
from forms.hall.opening_hours import OpeningHours
from forms.hall.steps import StandingWords
from forms.hall.work_orders import WorkOrderRules
from forms.reading.document import Document
from forms.reading.examine import Examined, examine
from forms.reading.folders import Folders
from forms.reading.mistake import SHIPPED, Mistake, did_you_mean
from protocol.wire import Words

FOLDER = "hall"
WORK_ORDERS = "work_orders.yaml"
PageWords = dict[str, Words]
FILES: Mapping[str, Any] = {
    "decisions.yaml": Decisions,
    "opening_hours.yaml": OpeningHours,
    "progress.yaml": StandingWords,
    "staff_page.yaml": PageWords,
    "steps.yaml": StandingWords,
    WORK_ORDERS: WorkOrderRules,
}


def read_own(county: Path | None, name: str) -> tuple[Any, list[Mistake]]:
    """What the county writes in that file, None where it is broken or not there; and all that is wrong in it."""
    folders = Folders(Path(), county, shipped=False)
    own = None
    for _, document in folders.documents(f"{FOLDER}/{name}"):
        own = _sound(folders, document, name)
    return own, folders.mistakes


def _sound(folders: Folders, document: Document, name: str) -> Any:
    """What stands in the document; None where it is broken, which is told."""
    examined: Examined[Any] = examine(FILES[name], document.data)
    for flaw in examined.flaws:
        folders.tell(document, flaw)
    return None if examined.flaws else examined.value


def read_work_orders(folders: Folders) -> WorkOrderRules:
    """The county's file in place of the shipped one, unless it is broken; where that is too, which is told, nothing is
    offered. What is wrong in the county's `hall_mistakes` tells."""
    rules: WorkOrderRules | None
    rules, _ = read_own(folders.county, WORK_ORDERS)
    if rules is None:
        document = folders.read(folders.assets / FOLDER / WORK_ORDERS, f"{SHIPPED}{FOLDER}/{WORK_ORDERS}")
        rules = _sound(folders, document, WORK_ORDERS) if document else None
    return WorkOrderRules() if rules is None else rules


def hall_mistakes(county: Path | None) -> list[Mistake]:
    """All that is wrong in the folder."""
    if county is None:
        return []
    found = [mistake for name in FILES for mistake in read_own(county, name)[1]]
    folders = Folders(Path(), county, shipped=False)
    for path in folders.listed(county / FOLDER, FOLDER):
        if path.name not in FILES and not path.name.startswith("."):
            hint = did_you_mean(path.name, FILES) or f"What is read: {', '.join(FILES)}."
            found.append(Mistake(f"{FOLDER}/{path.name}", 1, "", "nothing reads this", hint))
    return [*found, *folders.mistakes]
