"""What the kiosk says of a form before it is sent, the hall says of it too. bench/verdicts.py tries thousands."""

from pathlib import Path
from random import Random

from both_verdicts import both
from hall_support import StandingClock, settings_in

from backend.hall.hall import open_hall
from forms import Catalogue
from forms.precheck import PrecheckVerdict


def test_kiosk_and_hall_say_the_same_of_the_same_form(tmp_path: Path, catalogue: Catalogue) -> None:
    hall = open_hall(settings_in(tmp_path), StandingClock())
    found = list(both(hall, catalogue, 12, Random(17)))
    hall.database.close()
    assert [one for one in found if one.kiosk != one.hall] == []
    assert {one.hall.verdict for one in found} == set(PrecheckVerdict), "no other verdict, and each was tried"
    assert {holds for one in found for holds in one.hall.checks.values()} == {True, False, None}
