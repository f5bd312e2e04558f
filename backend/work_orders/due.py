"""Until when an order is answered, in days on which the hall is open."""

from datetime import date, timedelta

from forms.hall.opening_hours import OpeningHours

_LOOKS_AHEAD = 366  # days; a hall that is never open counts every day


def due_day(hours: OpeningHours, left: date, arrived: date, days: int) -> date:
    """The last of `days` working days after it was left, but never before the first one after it arrived: what comes
    from a kiosk without a line is late on no day on which nobody could know of it."""
    return max(_after(hours, left, days), _after(hours, arrived, 1))


def _after(hours: OpeningHours, day: date, days: int) -> date:
    ahead = (day + timedelta(days=count) for count in range(1, _LOOKS_AHEAD))
    working = [one for one in ahead if hours.on(one).spans]
    return working[days - 1] if len(working) >= days else day + timedelta(days=days)
