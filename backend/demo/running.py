"""`hall demo` as it runs: a folder of its own, the day in it, and the hall that serves it until Ctrl-C."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import sleep

from backend.demo.day import Day, fill
from backend.demo.timeline import SetClock
from backend.foundation.database import AWAY
from backend.foundation.settings import Settings, SetupError
from backend.hall.hall import Hall, open_hall, utc_now
from backend.serve import serve

_BEATS_EVERY_S = 30.0


def run(assets: Path, given: Path | None, port: int, seed: int, *, json_lines: bool) -> None:
    """Serve until SIGTERM or SIGINT. SetupError for a folder in which there is something."""
    with _folder(given) as folder:
        told = {"folder": folder, "assets": assets, "county": own_county(folder), "json_lines": json_lines}
        settings = Settings.model_validate({**told, "database_url": f"sqlite:///{folder / 'hall.db'}"})
        clock = SetClock(utc_now())
        hall = open_hall(settings, clock)
        day = fill(hall, clock, seed)
        clock.now = None
        _tell(hall, day, json_lines=json_lines)
        Thread(target=_keep_beating, args=[day], daemon=True).start()
        with _requests_unsaid():
            serve(settings, "127.0.0.1", port, workers=1)


def own_county(folder: Path) -> Path:
    """The demo's, which wants two persons for a no: so there is one to agree to."""
    hall = folder / "county" / "hall"
    hall.mkdir(parents=True)
    (hall / "decisions.yaml").write_text("refusals_by_two: true\n", "utf-8")
    return hall.parent


@contextmanager
def _requests_unsaid() -> Iterator[None]:
    """The PINs stand on the screen: a line for each request would push them away."""
    log = logging.getLogger("yinling.hall")

    def says(record: logging.LogRecord) -> bool:
        return record.getMessage() != "request"

    log.addFilter(says)
    try:
        yield
    finally:
        log.removeFilter(says)


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """A temporary one goes with the demo; a given one stays."""
    if given is None:
        with TemporaryDirectory(prefix="hall-demo-") as name:
            yield Path(name)
        return
    if given.exists() and (not given.is_dir() or any(given.iterdir())):
        raise SetupError(
            f"{given} is not an empty folder: give an empty or a new one, so that no real hall is touched."
        )
    try:
        given.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(f"{given} cannot be made ({error.strerror}): give --folder another one.") from error
    yield given.absolute()


def _tell(hall: Hall, day: Day, *, json_lines: bool) -> None:
    if json_lines:
        logins = [{"name": one.name, "role": one.role, "pin": one.pin} for one in day.logins]
        print(json.dumps({"folder": str(hall.settings.folder), "logins": logins}, ensure_ascii=False), flush=True)
        return
    print("演示大厅，人都是编的；按 Ctrl-C 结束 / a hall of invented people, until Ctrl-C. 登录 / log in as:")
    for one in day.logins:
        role = hall.page_words[f"role_{one.role}"]
        print(f"  {one.name}  PIN: {one.pin}  {role.zh} / {role.en}", flush=True)


def _keep_beating(day: Day) -> None:
    """The kiosks that work go on working. A beat that the database did not take is followed by another one."""
    while True:
        sleep(_BEATS_EVERY_S)
        for kiosk in day.kiosks:
            with suppress(*AWAY):
                kiosk.beat()
