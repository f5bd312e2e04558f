"""When a form was filled in, by the kiosk's clock: a person has waited since then, however late the form arrived."""

from datetime import datetime, timedelta

CLOCKS_DIFFER = timedelta(minutes=5)  # so little that it is no mistake
LONGEST_WAY = timedelta(days=180)  # a form is not on its way for longer: the clock was behind


def filled_at(created_at: datetime, received_at: datetime) -> datetime | None:
    """Never later than the arrival; None when the kiosk's clock was wrong, as only the arrival is known then."""
    if not received_at - LONGEST_WAY <= created_at <= received_at + CLOCKS_DIFFER:
        return None
    return min(created_at, received_at)
