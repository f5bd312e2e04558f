import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from backend.foundation.settings import SetupError
from backend.hall.keys import load_or_create_keys


def test_keys_are_made_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "hall.key"
    keys = load_or_create_keys(path)
    assert load_or_create_keys(path) == keys
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["hall.key"]


def test_two_halls_that_start_at_once_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: False)  # each one looks before any other has written
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(load_or_create_keys, [tmp_path / "hall.key"] * 8))
    assert len({pair.private for pair in keys}) == 1


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"private": "AAAA", "index": "AAAA"}', '{"private": 1, "index": 2}']
)
def test_a_damaged_key_file_is_never_replaced(tmp_path: Path, content: str) -> None:
    path = tmp_path / "hall.key"
    path.write_text(content)
    with pytest.raises(SetupError, match="damaged: put back your copy"):
        load_or_create_keys(path)
    assert path.read_text() == content


def test_secrets_stay_out_of_reprs(tmp_path: Path) -> None:
    assert repr(load_or_create_keys(tmp_path / "hall.key")) == "HallKeys()"
