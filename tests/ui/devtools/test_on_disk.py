"""Stories look for what nobody may read on a disk, however it stands there."""

from base64 import b64encode
from pathlib import Path
from random import Random

import pytest

from ui.devtools.stories.on_disk import files_holding

SECRET = "13800138000"


@pytest.mark.parametrize("before", range(4))
def test_what_stands_in_a_file_is_found(before: int, tmp_path: Path) -> None:
    content = b"." * before + SECRET.encode() + b".." * before
    (tmp_path / "plain").write_bytes(content)
    (tmp_path / "message").write_bytes(b'{"sealed":"' + b64encode(content) + b'"}')
    (tmp_path / "other").write_bytes(content[:-1].replace(b"138", b"139") + b64encode(content[::-1]))
    assert sorted(files_holding(tmp_path, "王秀英", SECRET)) == ["message", "plain"]
    assert files_holding(tmp_path, SECRET[::2]) == []


def test_what_is_long_is_found_in_pages(tmp_path: Path) -> None:
    """As SQLite lays it: no page holds all of it."""
    sound = bytes(2000) + Random(1).randbytes(9000)
    encoded = b64encode(sound)
    (tmp_path / "pages").write_bytes(b"|".join(encoded[at : at + 4092] for at in range(0, len(encoded), 4092)))
    (tmp_path / "empty").write_bytes(bytes(9000))
    assert files_holding(tmp_path, sound) == ["pages"]
    assert files_holding(tmp_path, sound[::-1]) == []
