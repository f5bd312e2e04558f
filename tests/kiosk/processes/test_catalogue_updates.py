"""The hall's folder on its way to a kiosk: whole or not at all, from this hall alone, resumed where the line broke."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from kiosk.operations.published import published_folder, published_number
from kiosk.operations.registered import register_of
from kiosk.processes.catalogue_updates import CatalogueUpdates
from offline_cache.hall_client import HallUnreachable
from offline_cache.store import Store
from offline_cache.sync import PINNED_KEY
from protocol.catalogue import CatalogueNotice, FileList, signed_notice, signed_rules
from protocol.rules import RegisteredRules
from protocol.sealing import generate_keys
from protocol.signing import verify_key_of
from protocol.wire import HallKey

KEYS = generate_keys()


class PlayedHall:
    """Gives out what `publish` was last told; `breaks_after` that many files the line breaks once."""

    def __init__(self) -> None:
        self.notice: CatalogueNotice | None = None
        self.bodies: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.breaks_after: int | None = None
        self.rules: RegisteredRules | None = None

    def publish(self, number: int, files: dict[str, bytes], private: bytes = KEYS.private) -> None:
        listed = FileList(files={path: sha256(body).hexdigest() for path, body in files.items()})
        bodies = [*files.values(), listed.model_dump_json().encode()]
        self.bodies |= {sha256(body).hexdigest(): body for body in bodies}
        self.notice = signed_notice(private, number, sha256(bodies[-1]).hexdigest())

    def catalogue_notice(self) -> CatalogueNotice | None:
        return self.notice

    def registered_rules(self) -> RegisteredRules | None:
        return self.rules

    def catalogue_file(self, digest: str) -> bytes:
        if self.breaks_after == 0:
            self.breaks_after = None
            raise HallUnreachable("The line broke.")
        if self.breaks_after is not None:
            self.breaks_after -= 1
        self.fetched.append(digest)
        return self.bodies[digest]


@pytest.fixture
def hall() -> PlayedHall:
    return PlayedHall()


@pytest.fixture
def mistakes() -> list[str]:
    """What this program cannot read in a folder that came."""
    return []


@pytest.fixture
def updates(tmp_path: Path, hall: PlayedHall, mistakes: list[str]) -> Iterator[CatalogueUpdates]:
    store = Store.open(tmp_path / "kiosk.db")
    key = HallKey(key_id="k", public_key=KEYS.public, verify_key=verify_key_of(KEYS.private))
    store.set(PINNED_KEY, key.model_dump_json())
    yield CatalogueUpdates(tmp_path, store, hall, lambda folder: mistakes)  # type: ignore[arg-type]
    store.close()


def files_of(data: Path) -> dict[str, bytes]:
    folder = published_folder(data)
    assert folder is not None
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


FIRST = {"services/a.yaml": b"a", "parameters.yaml": b"p"}
SECOND = {"services/b.yaml": b"b", "parameters.yaml": b"p"}


def test_the_newest_folder_is_taken_over_whole(updates: CatalogueUpdates, hall: PlayedHall, tmp_path: Path) -> None:
    updates.look()
    assert published_folder(tmp_path) is None
    hall.publish(7, FIRST)
    updates.look()
    assert (published_number(tmp_path), files_of(tmp_path)) == (7, FIRST)
    hall.fetched.clear()
    hall.publish(8, SECOND)
    updates.look()
    assert (published_number(tmp_path), files_of(tmp_path)) == (8, SECOND)
    assert len(hall.fetched) == 2, "the list and the one file that is new"


def test_a_line_that_breaks_costs_one_file(updates: CatalogueUpdates, hall: PlayedHall, tmp_path: Path) -> None:
    hall.publish(7, FIRST)
    hall.breaks_after = 2  # the list and one file
    with pytest.raises(HallUnreachable):
        updates.look()
    assert published_folder(tmp_path) is None, "half a folder is none"
    hall.fetched.clear()
    updates.look()
    assert files_of(tmp_path) == FIRST
    assert len(hall.fetched) == 2


def test_what_another_hall_signed_or_an_old_number_is_not_taken(
    updates: CatalogueUpdates, hall: PlayedHall, tmp_path: Path
) -> None:
    hall.publish(7, FIRST)
    updates.look()
    hall.publish(9, SECOND, private=generate_keys().private)
    updates.look()
    assert files_of(tmp_path) == FIRST
    assert "catalogue 9" in str(updates.trouble)
    hall.publish(6, SECOND)
    updates.look()
    assert files_of(tmp_path) == FIRST


def test_the_last_good_one_stays_when_this_program_cannot_read_the_new_one(
    updates: CatalogueUpdates, hall: PlayedHall, mistakes: list[str], tmp_path: Path
) -> None:
    hall.publish(7, FIRST)
    updates.look()
    mistakes.append("services/b.yaml:3: there is no kind of field 'photo'")
    hall.publish(8, SECOND)
    updates.look()
    assert files_of(tmp_path) == FIRST
    assert "services/b.yaml:3" in str(updates.trouble)
    hall.fetched.clear()
    updates.look()
    assert not hall.fetched, "it is not fetched again every minute"
    mistakes.clear()
    hall.publish(9, SECOND)
    updates.look()
    assert (files_of(tmp_path), updates.trouble) == (SECOND, None)


HASH, OTHER = "a" * 64, "b" * 64


def test_what_is_registered_at_the_hall_counts_here_until_it_is_revoked(
    updates: CatalogueUpdates, hall: PlayedHall, tmp_path: Path
) -> None:
    assert "enrol it" in register_of(tmp_path).hint, "no hall has told anything yet"
    for number, rules in ((5, {"taxi": [HASH]}), (6, {"taxi": [OTHER]}), (7, {})):
        hall.rules = signed_rules(KEYS.private, number, rules)
        updates.look()
        assert register_of(tmp_path).has("taxi", HASH) == (number == 5)
        assert register_of(tmp_path).has("taxi", OTHER) == (number == 6)
        assert not register_of(tmp_path).has("bus", HASH)
    assert "hall rules register" in register_of(tmp_path).hint
    hall.rules = signed_rules(KEYS.private, 5, {"taxi": [HASH]})
    updates.look()
    assert not register_of(tmp_path).has("taxi", HASH), "an older register is no news"


def test_a_register_of_somebody_else_or_of_no_hall_changes_nothing(
    updates: CatalogueUpdates, hall: PlayedHall, tmp_path: Path
) -> None:
    hall.rules = signed_rules(KEYS.private, 5, {"taxi": [HASH]})
    updates.look()
    hall.rules = signed_rules(generate_keys().private, 6, {"taxi": [OTHER]})
    updates.look()
    assert register_of(tmp_path).has("taxi", HASH)
    assert updates.trouble
    assert "rules" in updates.trouble
    hall.rules = None  # an older hall keeps none
    updates.look()
    assert register_of(tmp_path).has("taxi", HASH)
    (tmp_path / "rules.json").write_text("{", "utf-8")
    assert not register_of(tmp_path).has("taxi", HASH), "what is damaged registers nothing, and comes again"
    hall.rules = signed_rules(KEYS.private, 5, {"taxi": [HASH]})
    updates.look()
    assert register_of(tmp_path).has("taxi", HASH)
