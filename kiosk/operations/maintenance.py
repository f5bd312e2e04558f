"""The screens for staff, over whatever the visitor sees: the PIN, then how every part is, restart and quit."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from kiosk.operations.staff_pin import MOST_DIGITS
from kiosk.screens.model import Button, Entry, HelpBar, Row, Screen
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Translate

URGENCY = ("failed", "degraded", "ok")
ACTIONS = ("type", "erase", "clear", "next", "restart", "quit")


@dataclass(frozen=True)
class PartFound:
    """One line of `kiosk doctor`."""

    part: str
    status: Literal["ok", "degraded", "failed"]
    detail: str
    mend: str


class Lock(Protocol):
    """What kiosk.operations.staff_pin.StaffLock does."""

    @property
    def is_set(self) -> bool: ...

    def wait_s(self) -> int: ...

    def opens(self, pin: str) -> bool: ...


class Maintenance:
    """`examine` looks at every part elsewhere and hands over what it found; `end` ends or restarts the terminal."""

    def __init__(
        self,
        lock: Lock,
        examine: Callable[[Callable[[Sequence[PartFound]], None]], None],
        end: Callable[[Literal["restart", "quit"]], None],
    ) -> None:
        self._lock, self._examine, self._end = lock, examine, end
        self.on_change: Callable[[], None] = lambda: None
        self.begin()

    def begin(self) -> None:
        """Ask for the PIN anew."""
        self._typed, self._wrong, self._open = "", False, False
        self._found: Sequence[PartFound] | None = None

    def do(self, action: str, value: str | None) -> None:
        match action:
            case "type" if value and len(self._typed) < MOST_DIGITS:
                self._typed, self._wrong = self._typed + value, False
            case "erase":
                self._typed = self._typed[:-1]
            case "clear":
                self._typed = ""
            case "next":
                self._try()
            case "restart" | "quit" if self._open:
                self._end(action)

    def screen(self, translate: Translate, help_bar: HelpBar) -> Screen:
        back = Button("resume", translate("back"), icon="back")
        if self._open:
            return self._report(translate, help_bar, back)
        if not self._lock.is_set:
            lines = (translate("maintenance.no_pin"), "kiosk pin")
            title = translate("maintenance.title")
            return Screen(
                "maintenance-no-pin", "trouble", title, help_bar, lines=lines, secondary=(back,), say=(title, lines[0])
            )
        return self._pin(translate, help_bar, back)

    def _pin(self, translate: Translate, help_bar: HelpBar, back: Button) -> Screen:
        wait = self._lock.wait_s()
        wrong = translate("maintenance.wrong") if self._wrong else ""
        return Screen(
            "maintenance-pin",
            "question",
            translate("maintenance.pin"),
            help_bar,
            entry=Entry("staff_pin", "digits", value="•" * len(self._typed), display="• " * len(self._typed)),
            error=translate("maintenance.wait", seconds=wait) if wait else wrong,
            primary=Button("next", translate("next"), icon="next"),
            secondary=(back,),
            say=(translate("maintenance.pin"),),
        )

    def _report(self, translate: Translate, help_bar: HelpBar, back: Button) -> Screen:
        rows = tuple(_row(one, translate) for one in self._found or ())
        return Screen(
            "maintenance",
            "check",
            translate("maintenance.title"),
            help_bar,
            lines=() if rows else (translate("maintenance.looking"),),
            rows=rows,
            secondary=(
                back,
                Button("restart", translate("maintenance.restart"), icon="clear"),
                Button("quit", translate("maintenance.quit"), icon="leave"),
            ),
            say=(translate("maintenance.title"),),
        )

    def _try(self) -> None:
        self._open = self._lock.opens(self._typed)
        self._typed, self._wrong = "", not self._open
        self.look_again()

    def look_again(self) -> None:
        """Examine every part anew, as at first and for another language."""
        self._found = None
        if self._open:
            self._examine(self._show)

    def _show(self, found: Sequence[PartFound]) -> None:
        """What needs somebody first."""
        self._found = sorted(found, key=lambda one: URGENCY.index(one.status))
        self.on_change()


def _row(found: PartFound, translate: Translate) -> Row:
    part = translate(f"maintenance.part.{found.part.replace(' ', '_')}")
    detail = f"{found.detail} → {found.mend}" if found.mend else found.detail
    title = f"{part} · {translate(f'maintenance.{found.status}')}"
    return Row(title, detail, say=(title, detail))


def ask_doctor(lang: Lang) -> list[PartFound]:
    """What `kiosk doctor` says, from a process of its own: nothing that it loads or breaks stays in this one."""
    command = [sys.executable, "-m", "kiosk.cli", "doctor", "--json", "--lang", lang]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    if not told.stdout:
        return [PartFound("doctor", "failed", told.stderr.strip()[-200:], "kiosk doctor")]
    return [PartFound(**check) for check in json.loads(told.stdout)["checks"]]
