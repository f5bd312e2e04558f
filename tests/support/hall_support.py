"""What the hall's tests share: a clock that stands still, forms, kiosks that sign, a hall as a process."""

import json
import os
import secrets
import signal
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import httpx
import requests
from alembic import command
from alembic.config import Config
from project import ROOT
from sqlalchemy import DateTime, bindparam, select, text

from backend.foundation.database import Database
from backend.foundation.settings import Settings
from backend.hall.hall import Hall
from backend.kiosks.signed import SignedKiosk
from backend.kiosks.tables import Kiosk, StaffAtKiosk
from backend.submissions.tables import Submission as SubmissionRow
from offline_cache.trust.identity import Identity
from offline_cache.trust.identity_file import IdentityFile
from protocol.calls.messages import CallRequest
from protocol.enrolment import EnrolmentAnswer, KioskState, checked_enrolment, enrolment_request, keys_of_code
from protocol.levels import NOBODY, By, Claim
from protocol.request_signature import RequestSignature, Signer, new_private_key, public_key_of, read_signature
from protocol.sealing import seal
from protocol.wire import HallKey, Submission, sealing_context

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

JSON_BODY = {"Content-Type": "application/json"}
FROM_PAGE = {"X-Staff-Page": "1"}
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
RIGHT_ANSWERS = {
    "for_whom": "self",
    "name": "欧阳秀兰",
    "resident_id": "110105193812310028",
    "hukou_here": "yes",
    "phone": "13912345678",
    "town": "chengguan",
    "village": "chengguan_dongjie",
    "account_holder": "own",
    "bank_card": "6228480031234567894",
    "consent": "yes",
}
PRIVATE = ["欧阳秀兰", "110105193812310028", "13912345678", "6228480031234567894"]


CLOCKS = [  # when a form that arrived at NOW was filled in by the kiosk's clock, and whether that may be believed
    (NOW - timedelta(days=3), True),
    (NOW - timedelta(days=179), True),
    (NOW - timedelta(days=181), False),
    (NOW + timedelta(seconds=2), True),
    (NOW + timedelta(minutes=4), True),  # and yet it was not filled in after it arrived
    (NOW + timedelta(minutes=6), False),
    (NOW + timedelta(days=9), False),
    (datetime(1970, 1, 1, 8, tzinfo=UTC), False),
]


@dataclass
class StandingClock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


KIOSK = "柳林村一号"


@dataclass
class SigningKiosk(httpx.Auth):
    """A kiosk of a test. As `auth` of a TestClient, of httpx or of requests it signs each request."""

    requires_request_body = True

    id: UUID
    name: str = KIOSK
    private_key: bytes = field(default_factory=new_private_key)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    claim: Claim | None = None
    signer: Signer = field(default_factory=Signer)

    @property
    def public_key(self) -> bytes:
        return public_key_of(self.private_key)

    def headers(self, method: str, path: str, body: bytes = b"") -> dict[str, str]:
        created = int(self.clock().timestamp())
        visitor = self.claim.header(created) if self.claim else NOBODY
        return self.signer.headers(self.private_key, self.id, created, method, path, body, visitor)

    def in_file(self, path: Path, hall: Hall) -> IdentityFile:
        """As a terminal keeps it that was enrolled with this hall."""
        keys = HallKey(key_id=hall.keys.key_id, public_key=hall.keys.public, verify_key=hall.keys.verify_key)
        file, who = IdentityFile(path), {"kiosk": self.id, "name": self.name, "hall": "", "hall_key": keys}
        file.write(Identity(**who, private_key=self.private_key, key_since=self.clock()))
        return file

    def signed(self, method: str = "PUT", path: str = "/") -> SignedKiosk:
        """As a route of the hall gets it, once for each request."""
        return SignedKiosk(self.id, self.name, self.public_key, read_signature(self.headers(method, path)))

    def auth_flow(self, request: httpx.Request) -> Iterator[httpx.Request]:  # type: ignore[override]
        path = request.url.raw_path.partition(b"?")[0].decode()
        request.headers.update(self.headers(request.method, path, request.content))
        yield request

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        path = request.path_url.partition("?")[0]
        assert request.method
        request.headers.update(self.headers(request.method, path, body.encode() if isinstance(body, str) else body))
        return request


def enrolled(hall: Hall, name: str = KIOSK, state: KioskState = KioskState.APPROVED) -> SigningKiosk:
    """A kiosk that this hall has taken in."""
    kiosk, now = SigningKiosk(uuid4(), name, clock=hall.clock), hall.clock()
    row = {"id": kiosk.id, "name": name, "public_key": kiosk.public_key, "state": state}
    with hall.database.write() as session:
        session.add(Kiosk(**row, enrolled_at=now, key_since=now))
    return kiosk


def signed(hall: Hall) -> SignedKiosk:
    """Who brings a form, as `take_in` is told; of a kiosk that is taken in if need be."""
    with hall.database.read() as session:
        row = session.execute(select(Kiosk.id, Kiosk.public_key).where(Kiosk.name == KIOSK)).first()
    if row is None:
        return enrolled(hall).signed()
    new = RequestSignature(row.id, int(hall.clock().timestamp()), secrets.token_hex(12), 0, "", b"", NOBODY)
    return SignedKiosk(row.id, KIOSK, row.public_key, new)


def settings_in(folder: Path) -> Settings:
    return Settings(folder=folder, assets=ROOT / "assets", database_url=f"sqlite:///{folder / 'hall.db'}")


def submission(
    public_key: bytes,
    submission_id: UUID,
    answers: dict[str, object],
    receipt_number: str = "YL-0001",
    service_id: str = "old-age-allowance",
    version: str = "",
    created_at: datetime = NOW,
    definition: str | None = None,
    sources: Mapping[str, object] | None = None,
) -> Submission:
    version = version or ("3" if service_id == "old-age-allowance" else "1")
    told = {"sources": sources} if sources else {}
    plaintext = json.dumps({"answers": answers, "lang": "zh", **told}).encode()
    sealed = seal(
        public_key, plaintext, sealing_context(submission_id, service_id, version, receipt_number, definition)
    )
    return Submission(
        service_id=service_id,
        service_version=version,
        kiosk="柳林村一号",
        receipt_number=receipt_number,
        created_at=created_at,
        sealed=sealed,
        sha256=sha256(sealed).hexdigest(),
        definition=definition,
    )


def send_form(
    client: "TestClient", public_key: bytes, submission_id: UUID, answers: dict[str, object] = RIGHT_ANSWERS
) -> None:
    body = submission(public_key, submission_id, answers).model_dump_json()
    assert client.put(f"/submissions/{submission_id}", content=body, headers=JSON_BODY).status_code == 201


def staff_at(hall: Hall, kiosk: UUID, at: datetime | None = None) -> None:
    """李芳 has shown the kiosk her badge."""
    with hall.database.write() as session:
        session.merge(StaffAtKiosk(kiosk=kiosk, member=UUID(int=1), name="李芳", at=at or hall.clock()))


def ask_progress(client: "TestClient", by: By | None, **inputs: str) -> httpx.Response:
    """As the kiosk of this client asks for a visitor who has shown who they are in this way."""
    kiosk = client.auth
    assert isinstance(kiosk, SigningKiosk)
    if by is By.STAFF:
        staff_at(client.app.state.hall, kiosk.id)  # type: ignore[attr-defined]
    claiming = replace(kiosk, claim=Claim(by) if by else None)
    return client.post("/queries/progress", json=inputs, auth=claiming)


def told(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    lines: list[dict[str, str]] = answer.json()["lines"]
    return lines


def progress(client: "TestClient", receipt_number: str = "YL-0001") -> list[dict[str, str]]:
    return told(ask_progress(client, By.TYPED, receipt_number=receipt_number))


def of_person(client: "TestClient", resident_id: str = str(RIGHT_ANSWERS["resident_id"])) -> list[dict[str, str]]:
    """Of whom has laid this ID card on the reader."""
    return told(ask_progress(client, By.CARD, resident_id=resident_id))


def forms_after_the_update(database: Database) -> list[tuple[datetime, bool]]:
    """(filled_at, clock_wrong) of a form for each of CLOCKS, kept by the first version and then brought up to date."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "backend" / "migrations"))
    moments = [bindparam(name, type_=DateTime(timezone=True)) for name in ("created_at", "received_at")]
    old_form = text(_OLD_FORM).bindparams(*moments)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for number, (created_at, _) in enumerate(CLOCKS):
            row = {"id": UUID(int=number).hex, "created_at": created_at, "received_at": NOW, "sealed": b""}
            connection.execute(old_form, row)
    database.migrate()
    with database.read() as session:
        forms = session.execute(select(SubmissionRow.filled_at, SubmissionRow.clock_wrong).order_by(SubmissionRow.id))
        return [(filled_at, clock_wrong) for filled_at, clock_wrong in forms]


_OLD_FORM = """
    INSERT INTO submissions VALUES (
        :id, '', 'old-age-allowance', '1', '柳林村一号', 'YL-0001', :created_at, :received_at, :sealed,
        'received', NULL, NULL, 'received', '', :received_at
    )"""


def call_request(**changes: object) -> str:
    fields: dict[str, object] = {
        "kiosk": "柳林村一号",
        "screen": "question-phone",
        "service_id": "old-age-allowance",
        "reason": "电话号码没填对",
        "requested_at": NOW,
    }
    return CallRequest.model_validate(fields | changes).model_dump_json()


@dataclass
class HallProcess:
    """`hall serve` as the real command, on a free port of the loopback address. `enrol`: a kiosk that it takes in."""

    folder: Path
    port: int = 0
    options: tuple[str, ...] = ()
    checkout: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)
    enrol: str = KIOSK
    started: dict[str, str] = field(default_factory=dict)

    def start(self) -> "HallProcess":
        python = self.checkout / ".venv" / "bin" / "python"
        command = [str(python) if python.exists() else sys.executable, "-m", "backend.cli", "serve", "--json"]
        command += ["--port", str(self.port), *(["--enrol", self.enrol] if self.enrol else []), *self.options]
        environment = os.environ | {"YINLING_HALL_DATA": str(self.folder), "PYTHONPATH": str(self.checkout)}
        environment |= self.environment
        self.log = self.folder / "hall.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.checkout,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        self.started = self.next_line()
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    def next_line(self) -> dict[str, str]:
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, f"the hall stopped: {self.log.read_text()}"
        answer: dict[str, str] = json.loads(line)
        return answer

    @property
    def url(self) -> str:
        return self.started["url"]

    @property
    def public_key(self) -> bytes:
        return b64decode(self.started["public_key"])

    @property
    def verify(self) -> bool | str:
        """As requests takes it: the hall's own CA where it speaks TLS."""
        return str(self.folder / "ca.pem") if self.url.startswith("https:") else True

    @cached_property
    def kiosk(self) -> SigningKiosk:
        """The one that it takes in, which then signs as `auth` of requests."""
        return self.enrolled_by(self.started["code"])

    def enrolled_by(self, code: str) -> SigningKiosk:
        """A kiosk that shows its key with this code."""
        keys, private_key = keys_of_code(code), new_private_key()
        public_key = public_key_of(private_key)
        body = enrolment_request(keys, public_key).model_dump_json().encode()
        url = f"{self.url}/enrolments"
        answer = requests.post(url, data=body, headers=JSON_BODY, timeout=60, verify=self.verify)
        assert answer.status_code == 200, answer.text
        told = checked_enrolment(keys, public_key, EnrolmentAnswer.model_validate_json(answer.content))
        return SigningKiosk(told.kiosk, told.name, private_key)

    def ask(self, method: str, path: str, body: str | bytes = b"") -> requests.Response:
        """What the hall answers to its kiosk."""
        data = body.encode() if isinstance(body, str) else body
        return requests.request(method, self.url + path, data=data, headers=JSON_BODY, timeout=10, auth=self.kiosk)

    def logged_in(self, name: str = "李芳") -> requests.Session:
        session = requests.Session()
        session.verify, session.trust_env = self.verify, False  # REQUESTS_CA_BUNDLE would count for more
        session.headers.update(FROM_PAGE)
        login = {"name": name, "pin": self.started["pin"]}
        answer = session.post(f"{self.url}/staff/login", json=login, timeout=60)  # workers may still be starting
        assert answer.status_code == 204, answer.text
        self.started["pin"] = self.next_line()["pin"]
        return session

    def stop(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=20)
        assert self.process.stdout
        self.process.stdout.close()
        return code
