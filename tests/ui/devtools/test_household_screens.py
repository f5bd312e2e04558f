"""The screens of a form for several people, drawn on the smallest panel: who is in, and the check screen."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from ui_support import INCH_15, LYING, Kiosk

from forms import Catalogue
from kiosk.state.look import Look
from kiosk.walk import errands
from ui.devtools.geometry import measure
from ui.devtools.layout_checks import Inspection


@pytest.fixture
def catalogue(household: Catalogue) -> Catalogue:
    return household


def test_what_only_such_a_form_has_at_15_inch(make_kiosk: Callable[..., Kiosk]) -> None:
    kiosk = make_kiosk(LYING, INCH_15, Look("zh", "L"))
    view, inspection = kiosk.window.view, Inspection(kiosk.window.view)
    picture = QImage(kiosk.window.size(), QImage.Format.Format_RGB32)

    def holds(label: str) -> None:
        kiosk.window.refresh()
        kiosk.window.render(picture)
        said = [part for parts in kiosk.speaker.heard for part in parts or ()]
        assert not [str(one) for one in inspection.problems(label, kiosk.screen, measure(view, picture), said)]

    kiosk.do("start")
    kiosk.rehearsal.session.on_change(None)  # drawn once a screen, not once a key
    for label in errands.service(kiosk.rehearsal, kiosk.rehearsal.catalogue.service("household")):
        if ".more" in label or "check" in label:
            holds(label)
            while kiosk.screen.kind == "check" and view.page_left:
                view.turn_page(1)
                holds(f"{label}, another page")
        kiosk.speaker.heard.clear()
