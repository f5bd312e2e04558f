"""Installing a voice model: only the one that is allowed, whole, and never half."""

import hashlib
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path

import pytest
from project import ROOT

from voice.recognition import install as installing
from voice.recognition.choice import check_any
from voice.recognition.install import Allowed, InstallError, download, install, read_allowed
from voice.recognition.model import LOOKAHEAD, MANIFEST, ModelError

FILES = {f"vosk-model-x/{part}": part.encode() * 100 for part in (*LOOKAHEAD, "conf/model.conf")}


def allowed_for(archive: Path, url: str = "https://models.example/x.zip") -> Allowed:
    content = archive.read_bytes()
    return Allowed("x", url, len(content), hashlib.sha256(content).hexdigest(), 1_000_000, "Apache-2.0")


def zip_of(path: Path, files: dict[str, bytes] | None = None, **more: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in {**(FILES if files is None else files), **more}.items():
            zipped.writestr(name, content)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "data" / "voice_model"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return zip_of(tmp_path / "x.zip")


def test_the_official_model_is_what_the_assets_allow() -> None:
    allowed = read_allowed(ROOT / "assets" / "official_model.yaml")
    assert (allowed.name, allowed.bytes, allowed.licence) == ("vosk-model-small-cn-0.22", 43898754, "Apache-2.0")
    assert allowed.sha256 == "3af8b0e7e0f835ae9d414ce5df580237a3cfb08d586c9fbbb0f7ff29ad5b14ba"
    assert allowed.url == "https://alphacephei.com/vosk/models/vosk-model-small-cn-0.22.zip"


@pytest.mark.parametrize("content", [None, "", "[", "name: x", "a: 1\nb: 2", b"\xff\xfe", "- 1"])
def test_broken_description_is_one_plain_sentence(tmp_path: Path, content: str | bytes | None) -> None:
    path = tmp_path / "official_model.yaml"
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InstallError, match=r"official_model.yaml .*: .*\.$"):
        read_allowed(path)


@pytest.mark.parametrize(("name", "value"), [("sha256", "abc"), ("bytes", "many"), ("bytes", 0), ("url", 3)])
def test_wrong_value_is_one_plain_sentence(tmp_path: Path, name: str, value: object) -> None:
    text = (ROOT / "assets" / "official_model.yaml").read_text(encoding="utf-8")
    path = tmp_path / "official_model.yaml"
    kept = [line for line in text.splitlines() if not line.startswith(name)]
    path.write_text("\n".join([*kept, f"{name}: {value}"]), encoding="utf-8")
    with pytest.raises(InstallError, match=r"^In .*: mend it\.$"):
        read_allowed(path)


def test_installed_model_is_whole_and_nothing_else_is_left(archive: Path, place: Path) -> None:
    install(archive, allowed_for(archive), place)
    check_any(place)
    assert {path.name for path in place.parent.iterdir()} == {"voice_model"}
    assert (place / MANIFEST).read_text().count("\n") == len(FILES)
    (place / "conf" / "model.conf").write_text("another")
    with pytest.raises(ModelError):
        check_any(place)


def test_second_installation_takes_the_place_of_the_first(archive: Path, place: Path) -> None:
    install(archive, allowed_for(archive), place)
    (place / "old").touch()
    install(archive, allowed_for(archive), place)
    check_any(place)
    assert not (place / "old").exists()


def test_what_a_power_cut_left_is_cleared(archive: Path, place: Path) -> None:
    for left in ("voice_model.new", "voice_model.old"):
        (place.parent / left / "deep").mkdir(parents=True)
    install(archive, allowed_for(archive), place)
    assert {path.name for path in place.parent.iterdir()} == {"voice_model"}


def bad_archives(folder: Path) -> dict[str, tuple[Path, str]]:
    """Files that must be refused, though the county's own description allows them, and a word of the sentence."""
    link = zipfile.ZipInfo("vosk-model-x/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    files = {
        "outside": zip_of(folder / "1.zip", {**FILES, "../evil": b"x"}),
        "deep outside": zip_of(folder / "2.zip", {**FILES, "vosk-model-x/../../evil": b"x"}),
        "absolute": zip_of(folder / "3.zip", {**FILES, str(folder / "evil"): b"x"}),
        "backslash": zip_of(folder / "4.zip", {**FILES, "..\\evil": b"x"}),
        "link": zip_of(folder / "5.zip"),
        "bomb": zip_of(folder / "6.zip", {**FILES, "vosk-model-x/big": bytes(2_000_000)}),
        "no model": zip_of(folder / "7.zip", {"vosk-model-x/README": b"x"}),
        "empty": zip_of(folder / "8.zip", {}),
        "no zip": folder / "9.zip",
        "damaged inside": zip_of(folder / "10.zip"),
        "cut off": zip_of(folder / "11.zip"),
    }
    with zipfile.ZipFile(files["link"], "a") as zipped:
        zipped.writestr(link, "/etc/passwd")
    files["no zip"].write_bytes(b"not a zip file" * 100)
    content = bytearray(files["damaged inside"].read_bytes())
    content[60:70] = b"damaged..."
    files["damaged inside"].write_bytes(content)
    files["cut off"].write_bytes(files["cut off"].read_bytes()[:-30])
    outside = dict.fromkeys(("outside", "deep outside", "absolute", "backslash", "link"), "a link or a path outside")
    said = {
        **outside,
        "bomb": "unpacks to more than",
        "no model": "holds no vosk model",
        "empty": "holds no vosk model",
    }
    return {name: (path, said.get(name, "is no zip file that can be unpacked")) for name, path in files.items()}


@pytest.mark.parametrize(
    "kind",
    [
        *("outside", "deep outside", "absolute", "backslash", "link", "bomb", "no model", "empty", "no zip"),
        *("damaged inside", "cut off"),
    ],
)
def test_harmful_or_broken_archive_is_refused_and_the_old_model_stays(
    tmp_path: Path, archive: Path, place: Path, kind: str
) -> None:
    install(archive, allowed_for(archive), place)
    path, words = bad_archives(tmp_path)[kind]
    with pytest.raises(InstallError, match=rf"{words}.*: .*\.$"):
        install(path, allowed_for(path), place)
    check_any(place)
    assert {path.name for path in place.parent.iterdir()} == {"voice_model"}
    assert not [*tmp_path.rglob("evil")]


def test_another_size_is_refused(archive: Path, place: Path) -> None:
    with pytest.raises(InstallError, match=r"has \d+ bytes, but x has \d+\. Get x\.zip again from https://.*\.$"):
        install(archive, replace(allowed_for(archive), bytes=5), place)
    assert not place.exists()


def test_another_content_is_refused(archive: Path, place: Path) -> None:
    with pytest.raises(InstallError, match=r"is not x: its checksum is another\. Get x\.zip again"):
        install(archive, replace(allowed_for(archive), sha256="0" * 64), place)
    assert not place.exists()


@pytest.mark.parametrize("name", ["none.zip", "", "n" * 300])
def test_no_file_is_one_plain_sentence(tmp_path: Path, archive: Path, place: Path, name: str) -> None:
    with pytest.raises(InstallError, match=r": .*\.$"):
        install(tmp_path / name, allowed_for(archive), place)


def test_full_disk_is_said_before_anything_is_written(
    archive: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installing.shutil, "disk_usage", lambda _: type("", (), {"free": 64_500_000}))
    with pytest.raises(InstallError, match=r"has too little room: free 1 MB and try again\.$"):
        install(archive, allowed_for(archive), place)
    assert [*place.parent.iterdir()] == []


def test_folder_that_cannot_be_written_is_one_plain_sentence(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InstallError, match=r"cannot be written \(File exists\): mend its rights"):
        install(archive, allowed_for(archive), tmp_path / "file" / "voice_model")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path, archive: Path) -> Iterator[str]:
    """A maker's site on this machine with x.zip."""
    server = HTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_download_is_the_makers_file(site: str, archive: Path, place: Path) -> None:
    fetched = download(allowed_for(archive, f"{site}/x.zip"), place)
    assert fetched.read_bytes() == archive.read_bytes()
    assert fetched.parent == place.parent


@pytest.mark.parametrize("what", ["no line", "not there", "too long"])
def test_failed_download_says_how_to_do_without_and_leaves_nothing(
    site: str, archive: Path, place: Path, what: str
) -> None:
    urls = {"no line": "http://127.0.0.1:9/x.zip", "not there": f"{site}/other/x.zip", "too long": f"{site}/x.zip"}
    allowed = allowed_for(archive, urls[what])
    if what == "too long":
        allowed = replace(allowed, bytes=10)
    with pytest.raises(InstallError, match=r": fetch http.*x\.zip on another computer.* --from x\.zip\.$"):
        download(allowed, place)
    assert [*place.parent.iterdir()] == []
