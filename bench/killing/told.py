"""A process that is to be killed, and what it told before: lines `WORD SUBJECT` on a pipe, which no kill takes back."""

import ctypes
import os
import select
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

Tell = Callable[[str, object], None]
Line = tuple[str, str]
_PR_SET_PDEATHSIG = 1  # prctl(2): it ends with the bench
LONGEST_S = 300.0  # until a process tells something, on a machine with much other work


class Told:
    """A forked process that does `work(tell, life)` until it is killed; `lives` counts how often it was started.

    `lines` are of all its lives; `counts` says how often it said each word in the last one.
    """

    def __init__(self, work: Callable[[Tell, int], None]) -> None:
        self._work = work
        self.lines: list[Line] = []
        self.counts = Counter[str]()
        self.lives = self._began = 0
        self._rest = b""

    def start(self) -> None:
        self._pipe, theirs = os.pipe()
        self._began, self.lives, self.counts = len(self.lines), self.lives + 1, Counter[str]()
        sys.stdout.flush()
        self._process = os.fork()
        if self._process == 0:
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            try:
                self._work(lambda word, subject: _write(theirs, word, subject), self.lives)
            finally:  # only an error leads here
                traceback.print_exc()
                os._exit(1)
        os.close(theirs)

    def fileno(self) -> int:
        return self._pipe

    def read(self) -> None:
        """What it has told by now; SystemExit when it ended by itself."""
        if not self._take():
            raise SystemExit("A process ended by itself; see above.")

    def hear(self, word: str, times: int) -> None:
        """Wait until it has said this word so many times in this life."""
        until = monotonic() + LONGEST_S
        while self.counts[word] < times:
            if not select.select([self], [], [], max(0.0, until - monotonic()))[0]:
                raise SystemExit(f"Nobody said {word} for {LONGEST_S:.0f} s; the last was {self.lines[-1:]}.")
            self.read()

    def kill(self) -> None:
        """Now, whatever it is doing."""
        os.kill(self._process, signal.SIGKILL)
        if not os.WIFSIGNALED(os.waitpid(self._process, 0)[1]):
            raise SystemExit("A process ended by itself; see above.")
        while self._take():
            pass
        os.close(self._pipe)

    def subjects(self, word: str) -> list[str]:
        return [subject for said, subject in self.lines if said == word]

    def last_of(self, words: Sequence[str]) -> str:
        """The last of these words in this life, "" for none."""
        places = range(len(self.lines) - 1, self._began - 1, -1)
        return next((word for word, _ in map(self.lines.__getitem__, places) if word in words), "")

    def _take(self) -> bool:
        """False at the end of the pipe."""
        read = os.read(self._pipe, 65536)
        *whole, self._rest = (self._rest + read).split(b"\n")
        new = [line.decode().partition(" ") for line in whole]
        self.lines += [(word, subject) for word, _, subject in new]
        self.counts.update(word for word, _, _ in new)
        return bool(read)


def hear_all(processes: Sequence[Told], until: Callable[[], bool]) -> None:
    """Read what they tell until that is so, and all that they have told by then."""
    end = monotonic() + LONGEST_S
    while True:
        ready, _, _ = select.select(processes, [], [], 0 if (is_over := until()) else 0.02)
        for process in ready:
            process.read()
        if is_over and not ready:
            return
        if monotonic() > end:
            raise SystemExit(f"What was waited for did not happen within {LONGEST_S:.0f} s.")


def telling(tell: Tell, begins: str, done: str, work: Callable[..., Any]) -> Callable[..., Any]:
    """`work`, which tells of its first argument before and after."""

    def with_words(subject: object, *rest: Any) -> Any:
        tell(begins, subject)
        result = work(subject, *rest)
        tell(done, subject)
        return result

    return with_words


def _write(pipe: int, word: str, subject: object) -> None:
    os.write(pipe, f"{word} {subject}\n".encode())  # shorter than PIPE_BUF: whole or not at all
