"""Finding 9: a million PINs in 94 minutes, and five wrong ones that locked everybody out."""

from itertools import count
from pathlib import Path

import pytest
from accounts_support import PIN, WRONG_PIN, join, log_in, new_browser
from fastapi.testclient import TestClient
from hall_support import FROM_PAGE, StandingClock, settings_in

from backend.accounts import login
from backend.accounts.browser import Browser
from backend.accounts.login import WrongPinError
from backend.accounts.sessions import Cookies
from backend.app import create_app
from backend.foundation.limits import TooManyTriesError
from backend.hall.hall import Hall, open_hall

pytestmark = pytest.mark.usefixtures("cheap_pins")


def stranger(address: str) -> Browser:
    return Browser(address, "?", False, Cookies("", ""))


def wrong_pins_taken(hall: Hall, clock: StandingClock, hours: float, name: str | None) -> int:
    """How many wrong PINs somebody with all addresses of the world can try in that time, against one or any name."""
    began, taken, waits = clock.now, 0, [1]
    for number in count():
        try:
            login.log_in(hall, name or f"某人{number}", WRONG_PIN, stranger(f"2001:db8:{number:x}::1"))
        except WrongPinError:
            taken += 1
        except TooManyTriesError as error:
            waits.append(error.retry_after or 0)
            clock.pass_(seconds=waits[-1])
        if (clock.now - began).total_seconds() > hours * 3600:
            break
    assert 0 < min(waits) <= max(waits) <= 3600
    return taken


def test_with_all_addresses_of_the_world_one_account_gives_a_few_tries(hall: Hall, clock: StandingClock) -> None:
    assert wrong_pins_taken(hall, clock, hours=6, name="李芳") <= 18


def test_and_all_accounts_together_give_a_hundred_and_then_six_an_hour(hall: Hall, clock: StandingClock) -> None:
    assert wrong_pins_taken(hall, clock, hours=1, name=None) <= 115


def test_the_wrong_tries_of_strangers_do_not_keep_out_who_was_in_before(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    client.post("/staff/logout", headers=FROM_PAGE)
    assert [log_in(new_browser(client), WRONG_PIN).status_code for _ in range(6)] == [401] * 5 + [429]
    assert log_in(new_browser(client)).status_code == 429
    assert log_in(client).status_code == 204


def test_a_known_browser_too_has_but_five_tries(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    assert [log_in(client, WRONG_PIN).status_code for _ in range(6)] == [401] * 5 + [429]


def test_a_browser_that_is_known_for_one_name_is_a_stranger_for_another(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    for _ in range(6):
        log_in(new_browser(client), WRONG_PIN, "王强")
    assert log_in(client, PIN, "王强").status_code == 429


def test_behind_the_trusted_proxy_the_tries_of_one_address_lock_nobody_else_out(tmp_path: Path) -> None:
    hall = open_hall(settings_in(tmp_path).model_copy(update={"trusted_proxy": "testclient"}))
    with TestClient(create_app(hall, print), headers=dict(FROM_PAGE)) as client:
        join(client, hall)
        tries = [log_in(new_browser(client), WRONG_PIN, f"某人{n}", "203.0.113.7, 198.51.100.1") for n in range(21)]
        assert [one.status_code for one in tries] == [401] * 20 + [429]
        assert log_in(new_browser(client), address="198.51.100.1").status_code == 429  # the last is whom it saw
        behind = new_browser(client)
        behind.headers["X-Forwarded-Proto"] = "https"
        in_ = log_in(behind, address="203.0.113.7")
        assert in_.status_code == 204
        assert "Secure" in in_.headers["set-cookie"]  # as the browser spoke TLS to the proxy
    hall.database.close()


def test_nobody_else_is_believed_about_an_address(client: TestClient) -> None:
    """It was believed from this machine, where any program could count up addresses."""
    tries = [log_in(client, WRONG_PIN, f"某人{n}", f"203.0.113.{n}").status_code for n in range(21)]
    assert tries == [401] * 20 + [429]


def test_one_who_has_an_ipv6_address_has_its_whole_network(hall: Hall) -> None:
    for number in range(20):
        with pytest.raises(WrongPinError):
            login.log_in(hall, f"某人{number}", WRONG_PIN, stranger(f"2001:db8::{number:x}"))
    with pytest.raises(TooManyTriesError):
        login.log_in(hall, "某人", WRONG_PIN, stranger("2001:db8::ffff"))


def test_a_right_pin_forgives_the_wrong_ones_before(client: TestClient, hall: Hall) -> None:
    join(client, hall)
    assert [log_in(client, WRONG_PIN).status_code for _ in range(4)] == [401] * 4
    assert log_in(client).status_code == 204
    assert [log_in(client, WRONG_PIN).status_code for _ in range(2)] == [401] * 2


def test_a_clock_ten_years_ahead_and_back_locks_nobody_out(hall: Hall, clock: StandingClock) -> None:
    """Finding 10: Retry-After 315,359,982."""
    clock.pass_(days=3650)
    wrong_pins_taken(hall, clock, hours=1, name="李芳")
    clock.pass_(days=-3650)
    with pytest.raises(TooManyTriesError) as error:
        login.log_in(hall, "李芳", WRONG_PIN, stranger("2001:db8:ffff::1"))
    assert (error.value.retry_after or 0) <= 3600
