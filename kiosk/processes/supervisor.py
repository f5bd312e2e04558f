"""One process per visitor. The supervisor holds everything read-only in memory, and forks.

A forked process starts in milliseconds and shares that memory; it has never seen an earlier visitor, because the
supervisor itself sees none: drafts are sealed before they reach the disk, and it only keeps the key.
"""

import gc
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Literal

from kiosk.processes.draft_file import DraftFile
from kiosk.processes.messages import Degraded, ProcessMessage, SyncFailed, SyncReady, VisitOver
from kiosk.state.draft import Draft
from offline_cache.worker import HallState
from protocol.process.core_dumps import leave_no_core_dump
from protocol.process.service_manager import tell_alive

STUCK_S = 15.0  # without a word from the process on the screen
START_S = 30.0  # until its first frame
LOOK_S = 5.0  # between two looks for new files
QUIET_S = 60.0  # on the screen with nobody there, before new files are taken: goodbye is over by then
STABLE_S = 60.0  # on the screen, after which a crash is a new one and not the same again
PATIENCE = 2  # crashes in a row after which it begins again at once; more, and the draft may be the cause
PAUSES_S = (5.0, 10.0, 20.0, 40.0, 60.0)  # to wait after each further one, while the pause screen is shown

log = logging.getLogger(__name__)
_fork = multiprocessing.get_context("fork")


class SyncError(Exception):
    """The store or the hall cannot be used at all; the text says why and what to do."""


@dataclass(frozen=True)
class Handover:
    """What a new visitor process starts from."""

    draft_file: DraftFile
    goes_on: Draft | None  # shown first, else the draft, else the attract screen
    scratch: Path  # for its temporary files, which go with it
    sync_ready: SyncReady
    hall: HallState


# The bodies of the processes: they return, or raise, when they are done.
VisitorBody = Callable[[Connection, Handover], None]
PauseBody = Callable[[Connection], None]
SyncBody = Callable[[Connection], None]


@dataclass
class Crashes:
    """How often something crashed in a row, and how long to wait before it begins again, in seconds."""

    in_a_row: int = 0

    def one_more(self, worked_s: float) -> float:
        """`worked_s`: how long it had worked."""
        self.in_a_row = 1 if worked_s > STABLE_S else self.in_a_row + 1
        return 0.0 if self.in_a_row <= PATIENCE else PAUSES_S[min(self.in_a_row - PATIENCE, len(PAUSES_S)) - 1]


class Child:
    """A forked process, this end of the pipe to it, and the folder of its temporary files."""

    def __init__(
        self,
        name: str,
        body: Callable[[Connection], None],
        not_for_it: Iterable[Connection],
        scratch: Path | None = None,
    ) -> None:
        self._scratch = scratch
        self.pipe, theirs = _fork.Pipe()
        ours = [self.pipe, *not_for_it]

        def run() -> None:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the supervisor
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            for pipe in ours:
                pipe.close()  # else nobody would notice that the supervisor died
            body(theirs)

        self.process = _fork.Process(target=run, name=name)
        self.process.start()
        theirs.close()
        self.heard_at = self.works_since = time.monotonic()
        self.shown = False

    @property
    def worked_s(self) -> float:
        return time.monotonic() - self.works_since

    def tell(self, what: object) -> None:
        with suppress(BrokenPipeError):  # it is dying, which is noticed elsewhere
            self.pipe.send(what)

    def heard(self) -> list[Any]:
        """The messages it sent that were not read yet."""
        told: list[Any] = []
        with suppress(EOFError, ConnectionResetError):
            while self.pipe.poll():
                told.append(self.pipe.recv())
        if told:
            self.heard_at = time.monotonic()
        return told

    def kill(self) -> None:
        """Nothing of it is left when this returns."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        if self._scratch:
            rmtree(self._scratch, ignore_errors=True)

    def end(self, patience_s: float) -> None:
        """Close the pipe, upon which it ends by itself; kill it if it does not."""
        self.pipe.close()
        self.process.join(patience_s)
        self.process.kill()
        self.process.join()


class Supervisor:
    """`run` keeps one visitor process on the screen until it is told to end, and says how: quit or restart.

    `draft` is the file of the sealed draft, `scratch` a folder for temporary files, in memory where there is one.
    `renewed` is asked while nobody is there: True when the next visitor process will have something new to offer.
    SyncError when the sync process cannot even start.
    """

    def __init__(
        self,
        visitor: VisitorBody,
        pause: PauseBody,
        sync: SyncBody,
        draft: Path,
        scratch: Path,
        renewed: Callable[[], bool] = lambda: False,
    ) -> None:
        self._visitor_body, self._pause_body, self._sync_body = visitor, pause, sync
        self._draft, self._scratch = DraftFile(draft), scratch
        self._sync: Child | None = None
        self._showing: Child | None = None  # on the screen: a visitor's process, or the maintenance message
        self._coming: Child | None = None  # a visitor's process that has not painted yet
        self._sync_ready: SyncReady | None = None
        self._hall, self._troubles = HallState(), Degraded(())
        self._goes_on: Draft | None = None
        self._visitor_crashes, self._sync_crashes = Crashes(), Crashes()
        self._renewed, self._look_at = renewed, 0.0
        self._begin_at: float | None = None
        self._sync_at: float | None = None
        self._over: Literal["quit", "restart"] | None = None
        self._woken, self._waker = os.pipe()

    def run(self) -> Literal["quit", "restart"]:
        self._draft.shred()  # what a supervisor that was killed left: nobody has its key any more
        rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir(mode=0o700)
        leave_no_core_dump()
        os.set_blocking(self._waker, False)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        gc.collect()
        gc.freeze()  # the collector would write to every page that the processes share
        try:
            self._start_sync()
            while self._over is None:
                self._step()
        finally:
            for child in (self._showing, self._coming):
                if child:
                    child.kill()
            self._draft.shred()
            if self._sync:
                self._sync.end(patience_s=20)
            rmtree(self._scratch, ignore_errors=True)
            signal.set_wakeup_fd(-1)
        return self._over

    def stop(self, how: Literal["quit", "restart"] = "quit") -> None:
        self._over = self._over or how

    def _step(self) -> None:
        """Wait until something happens, and answer it."""
        children = [child for child in (self._sync, self._showing, self._coming) if child]
        pipes, ends = [child.pipe for child in children], [child.process.sentinel for child in children]
        if self._woken in wait([self._woken, *pipes, *ends], self._patience_s()):
            os.read(self._woken, 4096)
        for child in children:
            for told in child.heard():
                self._hear(child, told)
        for child in children:
            if not child.process.is_alive():
                self._died(child)
        self._watch()
        if self._screen_answers():
            tell_alive()

    def _patience_s(self) -> float:
        moments = [at for at in (self._begin_at, self._sync_at) if at is not None]
        return max(0.0, min([STUCK_S / 3, *(at - time.monotonic() for at in moments)]))

    # what the processes say

    def _hear(self, child: Child, told: object) -> None:
        match told:
            case SyncReady():
                self._sync_ready = told
                self._tell_visitors(told)
                if not self._coming and self._begin_at is None and not (self._showing and self._showing.shown):
                    self._fork_visitor()
            case SyncFailed():
                if self._sync_ready is None:
                    raise SyncError(told.why)
                log.error("%s", told.why)
            case HallState():
                self._hall = told
                self._tell_visitors(told)
            case Degraded() | ProcessMessage.WAKE:
                self._troubles = told if isinstance(told, Degraded) else self._troubles
                if self._sync:
                    self._sync.tell(told)
            case ProcessMessage.SHOWN:
                self._shown(child)
            case VisitOver() if child in (self._showing, self._coming):
                if child is self._coming:
                    self._shown(child)  # a visit that was over before its window was painted
                self._draft.shred()
                self._goes_on = told.goes_on
                self._fork_visitor()
            case ProcessMessage.RESTART if child is self._showing:
                self.stop("restart")
            case ProcessMessage.QUIT if child is self._showing:
                self.stop("quit")

    def _tell_visitors(self, what: object) -> None:
        for child in (self._showing, self._coming):
            if child:
                child.tell(what)

    def _shown(self, child: Child) -> None:
        child.shown, child.works_since = True, time.monotonic()
        if child is self._coming:
            if self._showing:
                self._showing.kill()
            self._showing, self._coming, self._goes_on = child, None, None

    # when they die or hang

    def _died(self, child: Child) -> None:
        if child is self._sync:
            self._sync = None
            self._sync_at = time.monotonic() + self._sync_crashes.one_more(child.worked_s)
        elif child is self._showing:
            self._showing = None
            self._crashed(child.worked_s if child.shown else 0)
        elif child is self._coming:
            self._coming = None
            self._crashed(0)
        else:
            return  # ended by us
        child.kill()
        log.error("The process %s ended with %s.", child.process.name, child.process.exitcode)

    def _crashed(self, worked_s: float) -> None:
        """Bring the same visitor back at once; if that crashes again and again, say so and wait ever longer."""
        pause_s = self._visitor_crashes.one_more(worked_s)
        self._begin_at = time.monotonic() + pause_s
        if pause_s:
            self._draft.shred()
            self._goes_on = None
            if self._showing:
                self._showing.kill()
            self._showing = Child("pause", self._pause_body, self._pipes())

    def _watch(self) -> None:
        now = time.monotonic()
        if self._sync_at is not None and now >= self._sync_at:
            self._start_sync()
        if self._begin_at is not None and now >= self._begin_at:
            self._begin_at = None
            if self._coming is None:
                self._fork_visitor()
        for child in (self._showing, self._coming):
            if child and now - child.heard_at > (STUCK_S if child.shown else START_S):
                log.error("The process %s is stuck and is ended.", child.process.name)
                child.process.kill()  # the next step finds it dead
        if now >= self._look_at and self._nobody_is_there():
            self._look_at = now + LOOK_S
            if self._renewed() and self._nobody_is_there():
                gc.freeze()
                self._fork_visitor()

    def _screen_answers(self) -> bool:
        """Something is shown, and the process that shows it is not stuck."""
        child = self._showing
        return child is not None and child.shown and time.monotonic() - child.heard_at <= STUCK_S

    def _nobody_is_there(self) -> bool:
        """A visitor process writes its draft from the first touch on."""
        if self._showing is None or self._coming is not None or self._begin_at is not None:
            return False
        return self._showing.shown and self._showing.worked_s > QUIET_S and not self._draft.exists()

    # starting them

    def _fork_visitor(self) -> None:
        assert self._sync_ready is not None, "it is ready before any visitor comes"
        scratch = Path(mkdtemp(dir=self._scratch))
        handover = Handover(self._draft, self._goes_on, scratch, self._sync_ready, self._hall)
        self._coming = Child("visitor", lambda pipe: self._visitor_body(pipe, handover), self._pipes(), scratch)

    def _start_sync(self) -> None:
        self._sync_at = None
        self._sync = Child("sync", self._sync_body, self._pipes())
        self._sync.tell(self._troubles)

    def _pipes(self) -> list[Connection]:
        return [child.pipe for child in (self._sync, self._showing, self._coming) if child]
