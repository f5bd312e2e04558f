"""Every kind of parcel that there is."""

from typing import Any

from offline_cache.parcels.follow_ups import FollowUps
from offline_cache.parcels.parcels import Parcels
from offline_cache.parcels.work_orders import WorkOrders
from offline_cache.store import Store


def all_parcels(store: Store) -> tuple[Parcels[Any], ...]:
    """In the order in which they go to the hall."""
    return FollowUps(store), WorkOrders(store)
