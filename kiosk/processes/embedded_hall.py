"""A hall of the terminal's own on loopback, as a separate process: for trying out, and for a single kiosk."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

from protocol.process.service_manager import SOCKET_VARIABLE

log = logging.getLogger(__name__)


class EmbeddedHallError(Exception):
    """The hall did not start; the text says why and what to do."""


class EmbeddedHall:
    """`hall serve` with its data in `folder`. Port 0 takes any free one; `url` says which it became, and `code` takes
    in the terminal whose hall it is, which is called `kiosk`. Receipts have a page where there is a `public_url`."""

    def __init__(
        self,
        folder: Path,
        assets: Path,
        county: Path | None = None,
        port: int = 0,
        *,
        kiosk: str = "kiosk-1",
        public_url: str = "",
    ) -> None:
        environment = {**os.environ, "YINLING_HALL_DATA": str(folder), "YINLING_ASSETS": str(assets)}
        environment["YINLING_COUNTY"] = str(county or "")
        if public_url:
            environment["YINLING_PUBLIC_URL"] = public_url
        environment.pop(SOCKET_VARIABLE, None)  # that the hall lives says nothing of the screen
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "backend.cli", "serve", "--json", "--until-stdin-closes"),
                *("--port", str(port), "--enrol", kiosk),
            ],
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,  # closed when this process ends in whatever way, and then the hall ends
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            _, said = self._process.communicate()
            why = said.strip().splitlines()[-1:] or ["it said nothing; run hall serve to see why."]
            raise EmbeddedHallError(f"The kiosk's own hall did not start: {why[0]}")
        Thread(target=self._log, daemon=True).start()
        told = json.loads(line)
        self.url: str = told["url"]
        self.staff_url: str = told["staff_url"]
        self.pin: str = told["pin"]
        self.public_key: str = told["public_key"]
        self.code: str = told["code"]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def pins(self) -> Iterator[str]:
        """Each PIN after the first, as the one before it is used; ends with the hall."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield json.loads(line)["pin"]

    def _log(self) -> None:
        assert self._process.stderr is not None
        with self._process.stderr as lines:
            for line in lines:
                log.info("hall: %s", line.rstrip())

    def stop(self) -> None:
        """End it and wait until its port is free."""
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=20)
        for end in (self._process.stdin, self._process.stdout):
            if end:
                end.close()
