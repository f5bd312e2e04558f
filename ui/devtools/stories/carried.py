"""What a clerk types to carry forms to the hall, in the shells of kiosk and hall."""

import json
from pathlib import Path
from typing import Any

from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.typed import typed

FORMS, RECEIPTS = "forms.yinling", "receipts.yinling"  # on the stick


def export(kiosk: DemoKiosk) -> dict[str, Any]:
    _stick(kiosk).mkdir()
    return _typed(kiosk, "kiosk.cli", "outbox", "export", _stick(kiosk) / FORMS)


def carry_in(kiosk: DemoKiosk) -> dict[str, Any]:
    return _typed(kiosk, "backend.cli", "carry-in", _stick(kiosk) / FORMS, "--out", _stick(kiosk) / RECEIPTS)


def import_receipts(kiosk: DemoKiosk) -> dict[str, Any]:
    return _typed(kiosk, "kiosk.cli", "outbox", "import", _stick(kiosk) / RECEIPTS)


def _stick(kiosk: DemoKiosk) -> Path:
    return kiosk.work / "stick"


def _typed(kiosk: DemoKiosk, module: str, *words: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(typed(kiosk, module, *words, "--json"))
    return told
