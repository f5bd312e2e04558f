from uuid import UUID

import pytest

from offline_cache.audit.heads import heads_to_tell, held_by_hall, keep_heads
from offline_cache.store import Store
from protocol.chain import Head
from protocol.wire import AuditHeads, ChainHead, HallChainHead

HASH = "a" * 64


def of_hall(sequence: int, generation: int = 1) -> HallChainHead:
    return HallChainHead(sequence=sequence, hash=HASH, generation=UUID(int=generation), signature=bytes(64))


def told(sequence: int, generation: int = 1, own: int = 0) -> AuditHeads:
    return AuditHeads(kiosk=ChainHead(sequence=own, hash=HASH), hall=of_hall(sequence, generation))


def test_a_kiosk_tells_its_own_end_and_what_it_has_seen_of_the_hall(store: Store) -> None:
    assert heads_to_tell(store.audit, store).hall is None
    store.audit.note("staff", "pin")
    keep_heads(store, told(7))
    heads = heads_to_tell(store.audit, store)
    assert heads.kiosk is not None
    assert (heads.kiosk.sequence, heads.kiosk.hash) == (1, store.audit.head().hash)
    assert heads.hall == of_hall(7)


@pytest.mark.parametrize(("later", "kept"), [((6, 1), (7, 1)), ((8, 1), (8, 1)), ((3, 2), (3, 2))])
def test_no_head_goes_back_unless_the_hall_was_restored(
    store: Store, later: tuple[int, int], kept: tuple[int, int]
) -> None:
    keep_heads(store, told(7))
    keep_heads(store, told(*later))
    assert heads_to_tell(store.audit, store).hall == of_hall(*kept)


def test_what_the_hall_holds_of_this_kiosk_never_goes_back(store: Store) -> None:
    assert held_by_hall(store) is None
    for own in (3, 5, 2):
        keep_heads(store, told(1, own=own))
    assert held_by_hall(store) == Head(5, HASH)
