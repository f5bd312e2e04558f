"""A process a visitor: the same visitor comes back after a crash, and the next one finds nothing of the last."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

import pytest
from county_folder import SERVICE, write_service

from kiosk.processes.supervisor import PATIENCE
from protocol.sealing import generate_keys
from protocol.wire import HALL_HEADER, HallKey

ID = "110105194307159992"  # made up, and nowhere in the assets
NAME = "欧阳秀英"
SCENARIO = Path(__file__).with_name("visitor_scenario.py")


class Player:
    """One visitor process, seen by who stands before it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._listen()

    def _listen(self) -> None:
        self.pid, self.screen, self.typed, self.help, self.scratch = self._connection.recv()

    def do(self, *told: Any) -> None:
        self._connection.send(told if len(told) != 1 or " " in told[0] or told[0] == "fail" else (told[0], None))
        self._listen()

    def type(self, digits: str) -> None:
        for digit in digits:
            self.do("type", digit)

    def write_name(self) -> None:
        self.do("start")
        self.do("choose", "old-age-allowance")
        self.do("next")
        self.do("answer", "self")
        for letters, character in (("ou", "欧"), ("yang", "阳"), ("xiu", "秀"), ("ying", "英")):
            for letter in letters:
                self.do("letter", letter)
            self.do("pick", character)
        assert self.typed == NAME
        self.do("next")
        assert self.screen == "question-resident_id"


class Terminal:
    def __init__(self, folder: Path, derived: Path, stuck_s: float, *hall: str, **environment: str) -> None:
        self.data = folder / "data"
        self.data.mkdir()
        (self.data / "derived").symlink_to(derived)
        self._listener = Listener(str(folder / "socket"))
        command = [sys.executable, str(SCENARIO), str(folder / "socket"), str(self.data), str(stuck_s), *hall]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | environment)

    def next_visitor(self) -> Player:
        return Player(self._listener.accept())

    def children(self) -> list[int]:
        pid = self.process.pid
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def stop(self) -> str:
        self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=30)
        self._listener.close()
        return said.decode()


@pytest.fixture
def terminal(tmp_path: Path, derived: Path, request: pytest.FixtureRequest) -> Iterator[Terminal]:
    started = Terminal(tmp_path, derived, getattr(request, "param", 60))
    yield started
    started.stop()


def test_the_same_visitor_is_back_at_the_same_question_and_the_next_finds_nothing(terminal: Terminal) -> None:
    visitor = terminal.next_visitor()
    visitor.write_name()
    visitor.type(ID[:6])
    visitor.do("help")
    visitor.do("resume")
    visitor.do("speak to a file")
    for death in (signal.SIGKILL, signal.SIGSEGV):
        scratch, typed = visitor.scratch, visitor.typed
        os.kill(visitor.pid, death)
        visitor = terminal.next_visitor()
        assert (visitor.screen, visitor.typed) == ("question-resident_id", typed)
        assert visitor.help == "requested"  # the call is still open, and still theirs
        assert not scratch.exists()
        visitor.type(ID[len(typed) : len(typed) + 6])
    visitor.do("next")
    assert found_in_memory(visitor.pid), "then nothing is proved below"
    assert_unreadable(terminal)
    while visitor.screen != "home":
        visitor.do("back")
    visitor.do("finish")  # asks first: what was filled in is not sent
    visitor.do("finish")
    after = terminal.next_visitor()
    assert after.screen == "goodbye"
    after.do("repeat")  # it answers: it is the one on the screen
    assert not (terminal.data / "visit.draft").exists()
    assert_unreadable(terminal)
    for pid in (terminal.process.pid, *terminal.children()):
        if pid != visitor.pid:
            assert not found_in_memory(pid), Path(f"/proc/{pid}/cmdline").read_text()


def test_an_exception_ends_the_process_and_the_visitor_comes_back(terminal: Terminal) -> None:
    visitor = terminal.next_visitor()
    visitor.write_name()
    visitor.type(ID[:3])
    with pytest.raises((EOFError, ConnectionError)):
        visitor.do("fail")
    again = terminal.next_visitor()
    assert (again.screen, again.typed) == ("question-resident_id", ID[:3])


def test_a_crash_that_comes_again_and_again_ends_in_a_plain_message_and_a_new_beginning(terminal: Terminal) -> None:
    visitor = terminal.next_visitor()
    visitor.write_name()
    for _ in range(PATIENCE):
        os.kill(visitor.pid, signal.SIGKILL)
        visitor = terminal.next_visitor()
        assert visitor.screen == "question-resident_id"
    os.kill(visitor.pid, signal.SIGKILL)
    message = terminal.next_visitor()
    assert message.screen == "pause"
    assert not (terminal.data / "visit.draft").exists()
    visitor = terminal.next_visitor()
    assert visitor.screen == "attract"
    with pytest.raises((EOFError, ConnectionError)):
        message.do("wait for its end")


@pytest.mark.parametrize("terminal", [3.0], indirect=True)
def test_a_process_that_is_stuck_is_ended(terminal: Terminal) -> None:
    visitor = terminal.next_visitor()
    visitor.write_name()
    os.kill(visitor.pid, signal.SIGSTOP)
    assert terminal.next_visitor().screen == "question-resident_id"


def test_the_line_comes_back_without_the_visitor_noticing(terminal: Terminal) -> None:
    visitor = terminal.next_visitor()
    visitor.do("start")
    line = next(pid for pid in terminal.children() if pid != visitor.pid)
    os.kill(line, signal.SIGKILL)
    while line in terminal.children() or len(terminal.children()) < 2:
        visitor.do("repeat")
    visitor.do("help")
    assert (visitor.screen, visitor.help) == ("help-offline", "requested")


@pytest.fixture
def told() -> Iterator[tuple[str, "Queue[list[str]]"]]:
    """A hall's address, and what the heartbeats that it gets say is not right."""
    heard: Queue[list[str]] = Queue()
    key = HallKey(key_id="met", public_key=generate_keys().public).model_dump_json()

    class Hall(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(key)

        def do_PUT(self) -> None:
            heard.put(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["degraded"])
            self._answer("")

        def _answer(self, content: str) -> None:
            self.send_response(200 if content else 204)
            self.send_header("Content-Length", str(len(content)))
            self.send_header(HALL_HEADER, "met")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Hall) as hall:
        Thread(target=hall.serve_forever).start()
        yield f"http://127.0.0.1:{hall.server_port}", heard
        hall.shutdown()


def test_the_next_visitor_gets_new_files_and_the_hall_hears_of_the_broken_one(
    tmp_path: Path, derived: Path, told: tuple[str, "Queue[list[str]]"]
) -> None:
    county, (hall, heard) = tmp_path / "county", told
    county.mkdir()
    folder = tmp_path / "terminal"
    folder.mkdir()
    two = f"opening-hours,{SERVICE}"  # of each one more every screen would be walked
    started = Terminal(folder, derived, 60, hall, YINLING_COUNTY=str(county), YINLING_SERVICES=two)
    try:
        before = started.next_visitor()
        before.do("where is the icon", "teapot")
        assert before.typed == "None"
        write_service(county)
        (county / "strings.yaml").write_text("strings: {attract.titel: {zh: 您好, en: Hello}}", "utf-8")
        visitor = started.next_visitor()
        visitor.do("where is the icon", "teapot")
        assert visitor.typed == str(county / "icons" / "teapot.svg")
        visitor.do("start")
        visitor.do("choose", SERVICE)
        assert visitor.screen == "prerequisites"
        while not any(problem.startswith("strings.yaml:1: ") for problem in heard.get(timeout=30)):
            pass
    finally:
        started.stop()


def assert_unreadable(terminal: Terminal) -> None:
    files = [path for path in terminal.data.rglob("*") if path.is_file()]
    assert files
    for path in files:
        with suppress(FileNotFoundError):  # the voice writes and removes its sounds meanwhile
            held = path.read_bytes()
            assert not any(secret in held for secret in secrets()), path


def secrets() -> list[bytes]:
    """As Python and Qt hold them. The first twelve digits are this person's alone already."""
    return [text.encode(code) for text in (ID[:12], NAME) for code in ("utf-8", "utf-16-le", "utf-32-le")]


def found_in_memory(pid: int) -> bool:
    readable = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw")
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for area in filter(None, map(readable.match, maps)):
            start, end = (int(place, 16) for place in area.groups())
            memory.seek(start)
            held = memory.read(end - start)
            if any(secret in held for secret in secrets()):
                return True
    return False
