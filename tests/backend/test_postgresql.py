"""What only PostgreSQL does. Set TEST_POSTGRESQL to the URL of an empty database to run these."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from time import monotonic
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient
from hall_support import (
    CLOCKS,
    FROM_PAGE,
    JSON_BODY,
    NOW,
    RIGHT_ANSWERS,
    call_request,
    enrolled,
    forms_after_the_update,
    settings_in,
    signed,
    submission,
)
from left_orders import order
from older_hall import check_up_to_date, fill
from project import ASSETS
from sqlalchemy import create_engine, insert, inspect, make_url, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts import login, members
from backend.accounts.browser import Browser
from backend.accounts.console_pin import next_pin
from backend.accounts.permissions import Role, Staff
from backend.accounts.sessions import Cookies, SignedIn, staff_of
from backend.after_sending import amending
from backend.after_sending.correcting import take
from backend.after_sending.follow_ups import of_form, put, take_back
from backend.after_sending.tables import FollowUp as FollowUpRow
from backend.app import create_app
from backend.assisting import staff_here
from backend.audit.log import entries, head_of, note, start_of
from backend.audit.pruning import prune_audit
from backend.audit.verify import verify
from backend.backups.backup import back_up
from backend.backups.restore import restore
from backend.calls.service import move_call, put_call
from backend.decisions.log import decision_of
from backend.decisions.tables import Decision, DecisionStep, Ruling
from backend.events.cursor import Cursor
from backend.events.feed import announce
from backend.foundation.database import WAIT_S, Database
from backend.foundation.errors import RequestError
from backend.foundation.settings import SetupError
from backend.hall import watch
from backend.hall.hall import Hall, open_hall
from backend.hall.state import state_of
from backend.kiosks.signed import spend_each
from backend.kiosks.tables import StaffAtKiosk
from backend.privacy.retention import prune_a_piece
from backend.queue.calling import NumberMovedError, call_next, end
from backend.queue.tables import Outcome
from backend.queue.tickets import ahead_of, draw, waiting
from backend.reading.breaker import take_reading
from backend.reading.limits import LIMITS, Tier
from backend.rules.register import register, revoke, told_to_kiosks
from backend.rulings.choosing import Chosen
from backend.rulings.deciding import decide
from backend.submissions.intake import Brought, take_in, take_in_all
from backend.submissions.status import set_status
from backend.submissions.tables import Submission
from backend.work_orders import handling
from backend.work_orders.intake import take_in as bring_order
from kiosk.testing.relay import relay_to
from protocol.after_sending import FollowUp, FollowUpKind, RulingKind
from protocol.calls.messages import CallRequest
from protocol.calls.states import Move
from protocol.chain import START, Head, first_bad
from protocol.levels import By, Claim
from protocol.queries.queue_ticket import Inputs
from protocol.staff.badge import Badge
from protocol.staff.here import StaffCheck
from protocol.wire import ProgressStatus

URL = os.environ.get("TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not URL, reason="no PostgreSQL is named")
AT = datetime(2026, 11, 20, tzinfo=UTC)
ID = UUID(int=1)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    hall = opened(tmp_path, URL)
    yield hall
    leave_empty(hall)


def opened(folder: Path, url: str) -> Hall:
    return open_hall(settings_in(folder).model_copy(update={"database_url": url}))


def leave_empty(hall: Hall) -> None:
    with hall.database.write() as session:
        accounts = "console_pin, staff_codes, staff_sessions, known_browsers, staff_members"
        session.execute(text(f"TRUNCATE submissions, calls, call_changes, kiosks, events, limits, {accounts}, audit"))
        session.execute(text("TRUNCATE readings, readers, export_requests, audit_heads"))
        session.execute(text("TRUNCATE queue_tickets, decisions, decision_steps, follow_ups, witnesses"))
        session.execute(text("TRUNCATE rulings, work_orders, work_order_changes, staff_at_kiosks"))
        session.execute(text("DELETE FROM registered_rules WHERE registered_by <> 'release'"))
        session.execute(text("UPDATE hall_state SET key_id = NULL, arrivals = 0, safe_arrival = 0"))
        session.execute(
            text("UPDATE audit_chain SET sequence = 0, pruned_sequence = 0, hash = :hash, pruned_hash = :hash"),
            {"hash": START.hash},
        )
    hall.database.close()


def test_an_event_that_commits_after_a_higher_one_is_read(hall: Hall) -> None:
    cursor = Cursor(hall.database)
    cursor.skip()
    with hall.database.write() as slow:
        announce(slow, "call", "slow", AT)
        slow.flush()
        with hall.database.write() as quick:
            announce(quick, "call", "quick", AT)
        assert [change.subject for change in cursor.read()] == ["quick"]
    assert [change.subject for change in cursor.read()] == ["slow"]
    assert cursor.read() == []


def test_the_session_is_in_utc_and_a_call_of_the_year_9999_is_shown(hall: Hall) -> None:
    with hall.database.write() as session:
        assert session.scalar(text("SHOW TIME ZONE")) == "UTC"
    with TestClient(create_app(hall, print), headers=dict(FROM_PAGE)) as client:
        client.put(f"/calls/{ID}", content=call_request(), headers=JSON_BODY)
        with hall.database.write() as session:
            session.execute(text("UPDATE calls SET updated_at = '9999-12-31 23:30Z'"))
            session.execute(text("UPDATE calls SET called_at = '9999-12-31 23:30Z'"))
        client.post("/staff/login", json={"name": "李芳", "pin": next_pin(hall)})
        assert [call["id"] for call in client.get("/staff/calls").json()] == [str(ID)]
        client.put(f"/calls/{UUID(int=2)}", content=call_request(), headers=JSON_BODY)
        with hall.database.write() as session:
            session.execute(text("UPDATE calls SET called_at = 'infinity' WHERE id = :id"), {"id": ID})
        assert [call["id"] for call in client.get("/staff/calls").json()] == [str(UUID(int=2))]


@pytest.fixture
def before() -> Iterator[Database]:
    """Without any tables yet, beside those of the hall."""
    with create_engine(URL).begin() as connection:
        connection.execute(text("CREATE SCHEMA before"))
    database = Database(f"{URL}?options=-csearch_path%3Dbefore")
    yield database
    with database.write() as session:
        session.execute(text("DROP SCHEMA before CASCADE"))
    database.close()


def test_what_a_hall_of_before_holds_is_there_after_the_update(before: Database) -> None:
    tables = fill(before, "0024")
    before.migrate()
    check_up_to_date(before, tables)


def test_forms_of_before_the_update_keep_their_day(before: Database) -> None:
    shown = forms_after_the_update(before)
    assert shown == [(min(at, NOW), False) if good else (NOW, True) for at, good in CLOCKS]


def test_a_form_is_kept_once(hall: Hall) -> None:
    body, kiosk = submission(hall.keys.public, ID, RIGHT_ANSWERS), enrolled(hall)
    assert [take_in(hall, ID, body, kiosk.signed())[1] for _ in range(2)] == [True, False]


def test_forms_of_one_commit_and_of_two_processes_have_numbers_of_their_own(hall: Hall) -> None:
    kiosk = enrolled(hall)
    other = open_hall(hall.files.settings)

    def send(turn: int) -> list[int]:
        ids = [UUID(int=100 * turn + one) for one in range(1, 6)]
        forms = [Brought(one, submission(hall.keys.public, one, RIGHT_ANSWERS), kiosk.signed()) for one in ids]
        taken = take_in_all((hall, other)[turn % 2], [*forms, replace(forms[0], kiosk=kiosk.signed())])
        assert [one[1] for one in taken if isinstance(one, tuple)] == [True] * 5 + [False]
        return [one[0].arrival for one in taken[:5] if isinstance(one, tuple)]

    with ThreadPoolExecutor(8) as pool:
        arrivals = [number for numbers in pool.map(send, range(8)) for number in numbers]
    other.database.close()
    assert len(set(arrivals)) == 40
    with hall.database.read() as session:
        assert len(session.scalars(select(Submission.id)).all()) == 40


def test_a_request_that_comes_to_two_processes_at_once_is_taken_once(hall: Hall) -> None:
    kiosk = enrolled(hall)
    requests = [kiosk.signed() for _ in range(9)]

    def spend(turn: int) -> int:
        return sum(spend_each(hall.database, requests if turn % 2 else requests[::-1]))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(spend, range(16))) == len(requests)


def test_a_server_that_says_nothing_keeps_no_call_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "ENDS_EVERY_S", 0.05)
    url = make_url(URL)
    with relay_to(url.host or "127.0.0.1", url.port or 5432) as relay:
        through = url.set(host="127.0.0.1", port=relay.port).render_as_string(hide_password=False)
        hall = opened(tmp_path, through)
        with TestClient(create_app(hall, print)) as client:
            with ExitStack() as connected:
                for _ in range(5):
                    connected.enter_context(hall.database.read()).execute(text("SELECT 1"))
            relay.fall_silent()
            monkeypatch.setattr(watch, "STALE_S", 0.3)
            began = monotonic()
            with ThreadPoolExecutor(10) as pool:
                list(pool.map(lambda number: call(client, UUID(int=number)), range(5)))
            took = monotonic() - began
            assert hall.memory.names()
            relay.go_on()
            monkeypatch.undo()
            until = monotonic() + 20
            while hall.memory.names() and monotonic() < until:
                client.get("/health")
        with hall.database.read() as session:
            kept = session.scalar(text("SELECT count(*) FROM calls"))
        leave_empty(hall)
    assert kept == 5
    assert took < WAIT_S  # so nobody waited for another connection


def call(client: TestClient, number: UUID) -> None:
    assert client.put(f"/calls/{number}", content=call_request(), headers=JSON_BODY).status_code == 200


def test_many_writers_make_one_audit_chain(hall: Hall) -> None:
    def write(number: int) -> None:
        with hall.database.write() as session:
            note(session, hall, "李芳", "open", number)
            announce(session, "submission", number, AT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(64)))
    with hall.database.read() as session:
        kept = list(entries(session))
        assert len(kept) == 64
        assert first_bad(kept, [head_of(session)]) is None


def test_many_looks_at_once_gain_nothing(hall: Hall) -> None:
    def look(_: int) -> bool:
        with hall.database.write() as session:
            return take_reading(session, hall, "李芳", Tier.L4) is None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(look, range(40))) == LIMITS[Tier.L4].slow


def test_what_is_too_old_goes_and_the_audit_stays_a_chain(hall: Hall) -> None:
    old = replace(hall, clock=lambda: AT)
    for number in range(3):
        with hall.database.write() as session:
            note(session, old, "李芳", "open", number)
            announce(session, "call", number, AT)
    later = replace(hall, clock=lambda: AT + timedelta(days=800))
    while prune_a_piece(later):
        pass
    with hall.database.read() as session:
        assert session.scalar(text("SELECT count(*) FROM events")) == 0
        assert start_of(session).sequence == 3
    assert verify(hall).first_bad is None


def test_accounts_live_and_one_admin_is_left(hall: Hall) -> None:
    browser = Browser("198.51.100.1", "?", False, Cookies("", ""))
    first = login.log_in(hall, "赵敏", next_pin(hall) or "", browser)
    code = members.add(hall, "赵敏", "李芳", Role.STAFF).code
    entered = login.choose_first_pin(hall, "李芳", code, "730164", browser)
    with pytest.raises(login.WrongPinError):
        login.log_in(hall, "李芳", "905217", browser)
    again = login.log_in(hall, "李芳", "730164", replace(browser, cookies=entered.cookies))
    assert [staff_of(hall, one.cookies.session) is not None for one in (first, entered, again)] == [True, False, True]
    of = {one.name: one.id for one in members.accounts(hall)}
    with pytest.raises(members.LastAdminError):
        members.disable(hall, "赵敏", of["赵敏"])
    members.set_role(hall, "赵敏", of["李芳"], Role.ADMIN)
    members.disable(hall, "李芳", of["赵敏"])
    assert staff_of(hall, first.cookies.session) is None
    members.reset_pin(hall, "console", of["李芳"])
    assert staff_of(hall, again.cookies.session) is None


def test_of_two_admins_who_disable_each_other_one_is_left(hall: Hall) -> None:
    browser, together = Browser("198.51.100.1", "?", False, Cookies("", "")), Barrier(2)
    login.log_in(hall, "赵敏", next_pin(hall) or "", browser)
    login.choose_first_pin(hall, "李芳", members.add(hall, "赵敏", "李芳", Role.ADMIN).code, "730164", browser)
    of = {one.name: one.id for one in members.accounts(hall)}

    def disable(other: str) -> bool:
        together.wait()
        try:
            members.disable(hall, "?", of[other])
        except members.LastAdminError:
            return False
        return True

    for _ in range(3):
        with ThreadPoolExecutor(2) as pool:
            done = dict(zip(of, pool.map(disable, of), strict=True))
        assert sorted(done.values()) == [False, True]
        disabled = next(name for name, is_done in done.items() if is_done)
        members.enable(hall, "?", of[disabled])
        login.choose_first_pin(hall, disabled, members.reset_pin(hall, "?", of[disabled]).code, "730164", browser)


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="PostgreSQL's own programs are not here")
def test_a_backup_by_its_own_programs_comes_back(hall: Hall, tmp_path: Path) -> None:
    settings, there = hall.files.settings, tmp_path / "backup"
    for number in (1, 2):
        form = submission(hall.keys.public, UUID(int=number), RIGHT_ANSWERS)
        take_in(hall, UUID(int=number), form, signed(hall))
        if number == 1:
            made = back_up(hall, there)
    hall.database.close()
    with pytest.raises(SetupError, match="1 forms came after this backup"):
        restore(settings, there)
    restore(settings, there, replace=True)
    with hall.database.read() as session:
        assert list(session.scalars(select(Submission.id))) == [UUID(int=1)]
        assert state_of(session).generation != made.generation
    assert len(list(tmp_path.glob("hall.replaced-*.dump"))) == 1


def test_a_backup_of_before_an_update_is_put_back_over_a_newer_database(hall: Hall, tmp_path: Path) -> None:
    """The tables that came with the update stood in its way, and what they refer to could not be dropped."""
    there = tmp_path / "backup"
    back_up(hall, there)
    with hall.database.write() as session:
        session.execute(text("CREATE TABLE of_a_later_version (member UUID REFERENCES staff_members (id))"))
    hall.database.close()
    restore(hall.settings, there)
    assert "of_a_later_version" not in inspect(hall.database.engine).get_table_names()


def test_a_backup_of_a_newer_version_changes_nothing_here_either(hall: Hall, tmp_path: Path) -> None:
    there = tmp_path / "backup"
    version = "UPDATE alembic_version SET version_num ="
    with hall.database.write() as session:
        (now,) = session.execute(text("SELECT version_num FROM alembic_version")).one()
        session.execute(text(f"{version} '9999'"))
    back_up(hall, there)
    with hall.database.write() as session:
        session.execute(text(f"{version} '{now}'"))
    take_in(hall, ID, submission(hall.keys.public, ID, RIGHT_ANSWERS), signed(hall))
    hall.database.close()
    with pytest.raises(SetupError, match="newer version"):
        restore(hall.settings, there, replace=True)
    with hall.database.read() as session:
        assert list(session.scalars(select(Submission.id))) == [ID]
    assert not list(tmp_path.glob("hall.replaced-*"))


def test_what_is_pruned_while_the_audit_is_verified_is_not_missing(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    old = replace(hall, clock=lambda: AT)
    for number in range(3):
        with hall.database.write() as session:
            note(session, old, "李芳", "open", number)
    later = replace(hall, clock=lambda: AT + timedelta(days=800))

    def pruned_just_then(session: Session) -> Head:
        head = start_of(session)
        assert prune_audit(later, AT + timedelta(days=1))
        return head

    monkeypatch.setattr("backend.audit.verify.start_of", pruned_just_then)
    assert verify(hall).first_bad is None


@pytest.fixture
def halls(hall: Hall) -> Iterator[list[Hall]]:
    """Two processes of one hall."""
    other = open_hall(hall.settings)
    yield [hall, other]
    other.database.close()


def queue_number(hall: Hall) -> int:
    wanted = {"id": str(uuid4()), "matter": "money", "slot": "now", "senior": "no", "mobility": "none"}
    return draw(hall, ID, Inputs.model_validate(wanted), "morning").number


def test_numbers_that_are_drawn_and_called_at_once_are_each_drawn_and_called_once(halls: list[Hall]) -> None:
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(lambda turn: queue_number(halls[turn % 2]), range(24)))
        called = list(pool.map(lambda turn: call_next(halls[turn % 2], None, clerk(turn)), range(20)))
    assert sorted(drawn) == list(range(1, 25))
    assert sorted(called) == list(range(1, 21))
    with halls[0].database.read() as session:
        assert [one.number for one in session.scalars(waiting(halls[0].today))] == [21, 22, 23, 24]
        assert ahead_of(session, session.scalars(waiting(halls[0].today)).all()[-1]) == 3


def test_of_two_who_end_one_number_one_does(halls: list[Hall]) -> None:
    queue_number(halls[0])
    number, together = call_next(halls[0], "money", clerk(1)), Barrier(2)

    def end_it(turn: int) -> bool:
        together.wait()
        try:
            end(halls[turn], number, list(Outcome)[turn], clerk(turn))
        except NumberMovedError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(end_it, range(2))) == [False, True]


def clerk(turn: int) -> Staff:
    return Staff(f"工作人员{turn}", Role.LEAD)


def test_a_form_has_one_decision_its_steps_and_what_was_asked_of_it_and_all_go_with_it(halls: list[Hall]) -> None:
    hall, kiosk = halls[0], enrolled(halls[0])
    take_in(hall, ID, submission(hall.keys.public, ID, RIGHT_ANSWERS), kiosk.signed())
    set_status(hall, ID, ProgressStatus.IN_REVIEW, "请带 110105193812310028 的卡", None, clerk(1))
    asked = FollowUp(kind=FollowUpKind.BROUGHT, field="hukou_book", made_at=hall.clock(), visitor=shown_by(By.CARD))
    names = [uuid4() for _ in range(4)]

    def ask(turn: int) -> str:
        return put(halls[turn % 2], ID, names[turn % 4], asked, kiosk.signed()).outcome

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(16))) == {"taken"}
    take_back(hall, ID, "本人说不办了", clerk(1))
    with hall.database.read() as session:
        assert len(of_form(session, ID)) == 5
        found = decision_of(session, hall, ID)
        assert found
        assert (found.verdict, found.steps[0].why) == ("can_submit", "请带 •••••• 的卡")
        assert session.scalars(select(Submission.status)).one() is ProgressStatus.DONE
    later = replace(hall, clock=lambda: datetime.now(UTC) + timedelta(days=1000))
    while prune_a_piece(later):
        pass
    with hall.database.read() as session:
        for table in (Submission, Decision, DecisionStep, FollowUpRow):
            assert session.scalars(select(table)).all() == []


def shown_by(by: By) -> str:
    return Claim(by).header(int(datetime.now(UTC).timestamp()))


def test_of_two_corrections_that_are_taken_at_once_one_counts(halls: list[Hall]) -> None:
    hall, kiosk, together = halls[0], enrolled(halls[0]), Barrier(2)
    corrections = [UUID(int=number) for number in (2, 3)]
    take_in(hall, ID, submission(hall.keys.public, ID, RIGHT_ANSWERS), kiosk.signed())
    for one in corrections:
        form = submission(hall.keys.public, one, RIGHT_ANSWERS).model_copy(update={"amends": ID})
        take_in(hall, one, form, kiosk.signed())

    def take_it(turn: int) -> bool:
        together.wait()
        try:
            take(halls[turn], corrections[turn], ID, clerk(turn))
        except RequestError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(take_it, range(2)))
    with hall.database.read() as session:
        first = session.get(Submission, ID)
        assert first
        assert sorted(taken) == [False, True]
        assert first.replaced_by == corrections[taken.index(True)]


def test_a_correction_of_staff_that_comes_twice_at_once_is_one(halls: list[Hall]) -> None:
    take_in(halls[0], ID, submission(halls[0].keys.public, ID, RIGHT_ANSWERS), enrolled(halls[0]).signed())

    def bring(turn: int) -> str:
        changes = {"phone": "13800138000"}
        return amending.keep(halls[turn % 2], ID, UUID(int=2), changes, "电话抄错了", clerk(1)).receipt_number

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(bring, range(4)))) == 1
    with halls[0].database.read() as session:
        assert len(session.scalars(select(Submission.id)).all()) == 2
        assert len(of_form(session, UUID(int=2))) == 1


def test_rules_are_registered_once_and_revoked(hall: Hall, tmp_path: Path) -> None:
    services = tmp_path / "county" / "services"
    services.mkdir(parents=True)
    shipped = (ASSETS / "services" / "old-age-allowance.yaml").read_text("utf-8")
    own = shipped.replace('expect: {eq: {field: hukou_here, value: "yes"}}', "expect: {answered: hukou_here}", 1)
    (services / "old-age-allowance.yaml").write_text(own, "utf-8")
    assert [register(hall, clerk(1), services.parent).new for _ in range(2)] == [1, 0]
    (digest,) = told_to_kiosks(hall).rules["old-age-allowance"]
    revoke(hall, clerk(2), digest)
    assert told_to_kiosks(hall).rules == {}
    assert verify(hall).first_bad is None


def a_call(hall: Hall) -> Callable[[Hall, int], None]:
    put_call(hall, ID, CallRequest.model_validate_json(call_request()), None)

    def take_it(there: Hall, turn: int) -> None:
        if not move_call(there, ID, Move.TAKE, clerk(turn).name).done:
            raise RequestError("Somebody else has it.")

    return take_it


def an_order(hall: Hall) -> Callable[[Hall, int], None]:
    bring_order(hall, ID, order(hall, ID, reason="papers"), enrolled(hall).signed())
    return lambda there, turn: handling.take(there, ID, clerk(turn))


def an_answer(hall: Hall) -> Callable[[Hall, int], None]:
    an_order(hall)
    return lambda there, turn: handling.answer(there, ID, 0, f"来{turn}号窗口", "told_how", "", clerk(turn))


def a_form(hall: Hall) -> Callable[[Hall, int], None]:
    take_in(hall, ID, submission(hall.keys.public, ID, RIGHT_ANSWERS), signed(hall))
    refused = Chosen(RulingKind.REFUSED, "has_it_already", basis="local_practice", remedies=("complaint",))
    return lambda there, turn: decide(there, ID, refused, "看过原件", 0, signed_in(turn))


def signed_in(turn: int) -> SignedIn:
    who = clerk(turn)
    return SignedIn(who.name, who.role, UUID(int=turn), UUID(int=turn), datetime.now(UTC) + timedelta(hours=1), True)


@pytest.mark.parametrize("begin", [a_call, an_order, an_answer, a_form], ids=lambda begin: begin.__name__)
def test_of_two_who_do_the_same_at_once_one_does(
    halls: list[Hall], begin: Callable[[Hall], Callable[[Hall, int], None]]
) -> None:
    act, together = begin(halls[0]), Barrier(2)

    def do(turn: int) -> bool:
        together.wait()
        try:
            act(halls[turn], turn)
        except RequestError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(do, range(2))) == [False, True]
    assert verify(halls[0]).first_bad is None


def test_a_form_that_is_taken_back_while_staff_move_it_stays_taken_back(
    halls: list[Hall], monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(halls[0], ID, submission(halls[0].keys.public, ID, RIGHT_ANSWERS), signed(halls[0]))
    with ThreadPoolExecutor(1) as pool:

        def meanwhile(*_: object) -> None:
            wait([pool.submit(take_back, halls[0], ID, "本人来说", clerk(0))], timeout=0.5)

        monkeypatch.setattr("backend.submissions.status.end", meanwhile)
        set_status(halls[1], ID, ProgressStatus.IN_REVIEW, "", None, clerk(1))
    with halls[0].database.read() as session:
        form = session.get_one(Submission, ID)
        assert form.status is ProgressStatus.DONE
        assert form.taken_back_at


def test_the_database_itself_keeps_no_bare_and_no_second_no(hall: Hall) -> None:
    a_form(hall)(hall, 1)
    with pytest.raises(IntegrityError, match="ck_no_bare_refusal"), hall.database.write() as session:
        session.execute(update(Ruling).values(remedies=[]))
    with hall.database.read() as session:
        kept = session.execute(select(Ruling.__table__)).one()._asdict()
    with pytest.raises(IntegrityError, match="ux_rulings_that_counts"), hall.database.write() as session:
        session.execute(insert(Ruling).values(kept | {"id": uuid4()}))


def test_of_two_badges_at_one_kiosk_one_stays_there(halls: list[Hall]) -> None:
    kiosk, people = enrolled(halls[0]), ("李芳", "赵敏")
    with halls[0].database.write() as session:
        ids = [members.new_member(session, name, Role.STAFF).id for name in people]
    now = int(datetime.now(UTC).timestamp())
    badges = [
        Badge(one, name, now, now + 60).signed(halls[0].keys.private) for one, name in zip(ids, people, strict=True)
    ]

    def show(turn: int) -> str:
        return staff_here.arrive(halls[turn % 2], kiosk.signed(), StaffCheck(badge=badges[turn % 2])).name

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(show, range(8))) == {*people}
    with halls[1].database.read() as session:
        assert session.scalars(select(StaffAtKiosk.name)).one() in people
    staff_here.leave(halls[1], kiosk.signed())
    with halls[1].database.read() as session:
        assert session.scalars(select(StaffAtKiosk.name)).all() == []
