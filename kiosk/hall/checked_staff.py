"""Staff at this kiosk, checked at the hall or by the list that it has signed."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from math import ceil

from kiosk.hall.staff_at_kiosk import Act, NotStaff, Who
from kiosk.hall.staff_list import by_list, good_roster, lasts_s
from kiosk.state.assistance import EndedBy, Staff
from offline_cache.hall_client import HallClient, HallError, HallRefused, HallUnreachable
from offline_cache.store import Store, StoreError
from offline_cache.sync import pinned_hall_key
from protocol.staff.here import StaffCheck
from protocol.staff.roster import Roster

_HELPS = "who_helps"  # a single value of the store: the id of a member of staff while they help, else ""
log = logging.getLogger(__name__)


class CheckedStaff:
    """Implements kiosk.hall.staff_at_kiosk.StaffAtKiosk; the list lies beside the store."""

    def __init__(self, store: Store, new_client: Callable[[], HallClient], clock: Callable[[], datetime]) -> None:
        self._store, self._new_client, self._clock = store, new_client, clock
        self._end_of_before()

    def check(self, shown: StaffCheck) -> Staff | NotStaff:
        try:
            found = self._new_client().staff_here(shown)
        except HallRefused:
            return NotStaff("unknown")
        except HallError as error:
            log.warning("%s", error)
            if shown.badge:
                return self._by_list(shown.badge)
            if isinstance(error, HallUnreachable) and error.retry_after is not None:
                return NotStaff("wait", ceil(error.retry_after))
            return NotStaff("no_line")
        return Staff(found.member, found.name, lasts_s(shown.badge, self._verify_key(), self._now()))

    def names(self) -> Sequence[str]:
        roster = self._roster()
        return [one.name for one in roster.members] if roster else []

    def left(self) -> None:
        try:
            self._new_client().staff_left()
        except HallError as error:
            log.warning("%s", error)

    def note(self, who: Who, act: Act, subject: str = "", detail: str = "") -> None:
        self._store.audit.note(who, act, subject, detail)
        if act in ("help_agreed", "help_ended"):
            try:
                self._store.set(_HELPS, subject if act == "help_agreed" else "")
            except StoreError as error:
                log.error("%s", error)

    def _end_of_before(self) -> None:
        """Help that went on when the process before this one ended is over: that is written down now."""
        try:
            helped = self._store.get(_HELPS)
        except StoreError as error:
            log.error("%s", error)
            return
        if helped:
            ended: EndedBy = "restart"
            self.note("kiosk", "help_ended", helped, ended)

    def _by_list(self, badge: str) -> Staff | NotStaff:
        roster = self._roster()
        if roster is None:
            return NotStaff("no_list")
        return by_list(badge, roster, self._verify_key(), self._now()) or NotStaff("unknown")

    def _roster(self) -> Roster | None:
        """The list, while it is good."""
        return good_roster(self._store.path.parent, self._verify_key(), self._now())

    def _verify_key(self) -> bytes:
        """By which what the hall signs is checked; b"" of a hall that was never met, by which nothing is right."""
        try:
            key = pinned_hall_key(self._store)
        except StoreError as error:
            log.error("%s", error)
            return b""
        return key.verify_key if key else b""

    def _now(self) -> float:
        return self._clock().timestamp()
