from hall_support import enrolled
from sqlalchemy import delete, text, update

from backend.audit.heads import exchange
from backend.audit.log import entries, note
from backend.audit.tables import Audit, AuditChain
from backend.audit.verify import verify
from backend.hall.hall import Hall
from backend.hall.state import begin_generation
from backend.kiosks.board import board_kiosks
from protocol.chain import START, Entry, after
from protocol.wire import AuditHeads, ChainHead

KIOSK = "柳林村一号"


def written(hall: Hall, count: int) -> None:
    for number in range(count):
        with hall.database.write() as session:
            note(session, hall, "李芳", "open", number)


def beat(hall: Hall, told: AuditHeads) -> AuditHeads:
    with hall.database.write() as session:
        return exchange(session, hall, KIOSK, told)


def cut(hall: Hall, after_sequence: int) -> None:
    """What somebody with the database in their hands can do: drop the end, and set the head that stands beside it."""
    with hall.database.write() as session:
        session.execute(delete(Audit).where(Audit.sequence > after_sequence))
        last = list(entries(session))[-1]
        session.execute(update(AuditChain).values(sequence=last.sequence, hash=last.hash))
        session.execute(text("DELETE FROM audit_heads"))


def test_a_tail_that_was_cut_is_found_by_the_head_that_a_kiosk_shows(hall: Hall) -> None:
    written(hall, 4)
    seen = beat(hall, AuditHeads()).hall
    cut(hall, 2)
    assert verify(hall).first_bad is None  # the hall alone cannot know
    beat(hall, AuditHeads(hall=seen))
    bad = verify(hall).first_bad
    assert bad is not None
    assert bad.sequence == 3
    assert "The end is cut" in bad.why


def test_a_chain_that_was_made_anew_is_found_too(hall: Hall) -> None:
    written(hall, 3)
    seen = beat(hall, AuditHeads()).hall
    with hall.database.write() as session:
        head = START
        for one in list(entries(session)):
            forged: Entry = after(head, {**one.record, "who": "王强"})
            head = forged.head
            row = {"who": "王强", "hash": forged.hash}
            session.execute(update(Audit).where(Audit.sequence == forged.sequence).values(**row))
        session.execute(update(AuditChain).values(hash=head.hash))
    assert verify(hall).first_bad is None
    beat(hall, AuditHeads(hall=seen))
    bad = verify(hall).first_bad
    assert bad is not None
    assert bad.sequence == 3


def test_no_kiosk_can_make_a_head_up(hall: Hall) -> None:
    written(hall, 2)
    seen = beat(hall, AuditHeads()).hall
    assert seen is not None
    beat(hall, AuditHeads(hall=seen.model_copy(update={"sequence": 9})))
    assert verify(hall).first_bad is None


def test_records_that_a_restore_has_lost_are_no_crime(hall: Hall) -> None:
    written(hall, 3)
    seen = beat(hall, AuditHeads()).hall
    cut(hall, 1)
    with hall.database.write() as session:
        begin_generation(session, None)
    beat(hall, AuditHeads(hall=seen))
    assert verify(hall).first_bad is None


def test_a_kiosk_whose_audit_went_back_is_on_the_halls_record(hall: Hall) -> None:
    told = [ChainHead(sequence=5, hash="a" * 64), ChainHead(sequence=7, hash="b" * 64)]
    for one in [*told, told[1], ChainHead(sequence=2, hash="c" * 64)]:
        answer = beat(hall, AuditHeads(kiosk=one))
        assert answer.kiosk == one
    enrolled(hall, KIOSK), enrolled(hall, "大厅二号")
    assert {one.name: one.audit_went_back_at for one in board_kiosks(hall)} == {KIOSK: hall.clock(), "大厅二号": None}
    with hall.database.read() as session:
        (record,) = [one.record for one in entries(session)]
    assert (record["who"], record["action"], record["detail"]) == (KIOSK, "audit_went_back", f"from 7 {'b' * 64}")


def test_a_kiosk_that_shows_an_older_head_takes_nothing_back(hall: Hall) -> None:
    """Its disk was put back, or somebody holds its first heartbeat against the hall."""
    written(hall, 1)
    old = beat(hall, AuditHeads()).hall
    written(hall, 3)
    seen = beat(hall, AuditHeads()).hall
    beat(hall, AuditHeads(hall=seen))
    beat(hall, AuditHeads(hall=old))
    with hall.database.write() as session:
        session.execute(delete(Audit).where(Audit.sequence > 2))
        last = list(entries(session))[-1]
        session.execute(update(AuditChain).values(sequence=last.sequence, hash=last.hash))
    bad = verify(hall).first_bad
    assert bad is not None
    assert bad.sequence == 3
