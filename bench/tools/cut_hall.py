"""A hall on SQLite on a disk that loses its power: its receipts, and what is there when it starts again."""

import os
import shutil
import socket
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID, uuid4

import requests
from hall_support import JSON_BODY, RIGHT_ANSWERS, HallProcess, settings_in, submission
from sqlalchemy import Pool, event, select
from sqlalchemy.exc import SQLAlchemyError

from backend import cli
from backend.audit.verify import verify
from backend.backups import dumps
from backend.foundation.settings import SetupError
from backend.hall.hall import open_hall
from backend.hall.state import state_of
from backend.submissions.tables import Submission
from bench.tools.cut_kiosk import Synchronous
from bench.tools.cutting import Tell, Work
from protocol.request_signature import Signer

CLIENTS, FORMS = 4, 100
PATIENCE_S = 120.0  # with a hall that takes nothing
SILENT = "silent"


class CutHall:
    """A hall in `folder` that has an enrolled kiosk, and whose power goes again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        process = HallProcess(folder).start()
        self._kiosk, self._public_key = process.kiosk, process.public_key
        process.stop()
        process.log.unlink()
        self._forms: dict[UUID, str] = {}  # with a receipt, and not known to be lost; the hash of what was sent
        self._generation = _look(folder)[0]

    def works(self, synchronous: Synchronous) -> tuple[Work, Work]:
        """`hall serve`, and a kiosk that sends forms on four lines at once and tells each that has a receipt, until the
        power goes, at the latest after FORMS."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]

        def serving(mount: Path, tell: Tell) -> None:
            os.environ["YINLING_HALL_DATA"] = str(mount)
            with open(os.devnull, "w") as nowhere:
                for stream in (1, 2):
                    os.dup2(nowhere.fileno(), stream)
            if synchronous != "FULL":
                event.listen(Pool, "checkout", lambda sqlite, *_: sqlite.execute(f"PRAGMA synchronous = {synchronous}"))
            cli.main(["serve", "--port", str(port)])

        def sending(mount: Path, tell: Tell) -> None:
            kiosk = replace(self._kiosk, signer=Signer())

            def line(_: int) -> None:
                session, sent, give_up_at = requests.Session(), 0, monotonic() + PATIENCE_S
                while sent < FORMS // CLIENTS:
                    form = uuid4()
                    body = submission(self._public_key, form, RIGHT_ANSWERS)
                    address, data = f"http://127.0.0.1:{port}/submissions/{form}", body.model_dump_json()
                    with suppress(requests.ConnectionError):  # it starts
                        answer = session.put(address, data=data, headers=JSON_BODY, auth=kiosk, timeout=60)
                        if answer.status_code == 201:
                            tell(f"{form} {sha256(body.sealed).hexdigest()}")
                            sent, give_up_at = sent + 1, monotonic() + PATIENCE_S
                            continue
                    if monotonic() > give_up_at:
                        tell(SILENT)
                        return
                    sleep(0.02)

            with ThreadPoolExecutor(CLIENTS) as pool:
                list(pool.map(line, range(CLIENTS)))

        return serving, sending

    def found(self, told: list[str]) -> Counter[str]:
        """How many receipts there were, how many of their forms are lost, and what else is not as it should be."""
        receipts = [line.split() for line in told if line != SILENT]
        self._forms |= {UUID(form): digest for form, digest in receipts}
        counts = Counter(form_acknowledged=len(receipts), halls_silent=int(SILENT in told))
        copy = self.folder.with_name(f"{self.folder.name}-copy")  # as the hall itself starts on what the cut has left
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder, copy)
        try:
            generation, forms, is_audited = _look(copy)
        except (SetupError, SQLAlchemyError, ValueError):  # ValueError: a row that lost its values
            counts["halls_not_started"] += 1
            generation, forms, is_audited = self._generation, {}, True
        there = {form: digest for form, digest in self._forms.items() if forms.get(form) == digest}
        counts["form_lost"] += len(self._forms) - len(there)
        counts["audits_broken"] += not is_audited
        counts["generations_begun"] += generation != self._generation
        self._forms, self._generation = there, generation
        return counts


def _look(folder: Path) -> tuple[UUID, dict[UUID, str], bool]:
    """Start a hall there: its generation, its forms with their hashes, is its audit whole. SetupError and others."""
    hall = open_hall(settings_in(folder))
    dumps.check("sqlite", folder / "hall.db")
    with hall.database.read() as session:
        forms = {
            form: sha256(sealed).hexdigest()
            for form, sealed in session.execute(select(Submission.id, Submission.sealed))
        }
        generation = state_of(session).generation
    is_audited = verify(hall).first_bad is None
    hall.database.close()
    return generation, forms, is_audited
