"""Finding 8: a hall whose key was gone made a new one in silence, beside a database full of forms it could not open."""

from pathlib import Path
from uuid import UUID

import pytest
from hall_support import RIGHT_ANSWERS, settings_in, signed, submission
from sqlalchemy import update

from backend.foundation.settings import SetupError
from backend.hall.hall import Hall, open_hall
from backend.hall.tables import HallState
from backend.submissions.intake import take_in


def test_without_its_key_a_hall_does_not_start(hall: Hall, tmp_path: Path) -> None:
    key = tmp_path / "hall.key"
    kept = key.read_bytes()
    key.unlink()
    with pytest.raises(SetupError, match=r"is missing.*Put the right file back, or run `hall key import FILE`"):
        open_hall(settings_in(tmp_path))
    assert not key.exists()
    key.write_bytes(kept)
    assert open_hall(settings_in(tmp_path)).keys == hall.keys


def test_with_the_key_of_another_hall_it_does_not_start(hall: Hall, tmp_path: Path) -> None:
    other = open_hall(settings_in(tmp_path / "other"))
    (tmp_path / "hall.key").write_bytes((tmp_path / "other" / "hall.key").read_bytes())
    with pytest.raises(SetupError, match=rf"{other.keys.key_id} of another hall.*key is {hall.keys.key_id}"):
        open_hall(settings_in(tmp_path))


def test_a_database_of_before_takes_the_key_that_is_there_and_never_a_new_one(hall: Hall, tmp_path: Path) -> None:
    take_in(hall, UUID(int=1), submission(hall.keys.public, UUID(int=1), RIGHT_ANSWERS), signed(hall))
    with hall.database.write() as session:
        session.execute(update(HallState).values(key_id=None))  # as after the update
    (tmp_path / "hall.key").rename(tmp_path / "away")
    with pytest.raises(SetupError, match="is missing"):
        open_hall(settings_in(tmp_path))
    (tmp_path / "away").rename(tmp_path / "hall.key")
    assert open_hall(settings_in(tmp_path)).keys == hall.keys
    (tmp_path / "hall.key").unlink()
    with pytest.raises(SetupError, match="is missing"):
        open_hall(settings_in(tmp_path))
