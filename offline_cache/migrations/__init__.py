"""The store's schema as steps: step N makes version N from version N - 1, and step 1 the first store from nothing.

A released step is never changed. A step need not mind `row_hash`: the hashes are made anew after the last one. A row
that a step adds gets any text there but "".
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from offline_cache.migrations import (
    v1_first,
    v2_drafts,
    v3_definitions,
    v4_copies,
    v5_after_sending,
    v6_bundles,
    v7_work_orders,
    v8_calls,
)

if TYPE_CHECKING:
    from alembic.operations import Operations  # 11 MB that only a store of an older version needs

STEPS: dict[int, Callable[["Operations"], None]] = {
    1: v1_first.upgrade,
    2: v2_drafts.upgrade,
    3: v3_definitions.upgrade,
    4: v4_copies.upgrade,
    5: v5_after_sending.upgrade,
    6: v6_bundles.upgrade,
    7: v7_work_orders.upgrade,
    8: v8_calls.upgrade,
}


def schema_version() -> int:
    """The version that this program reads and writes."""
    return max(STEPS)
