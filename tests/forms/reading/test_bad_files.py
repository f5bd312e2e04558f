"""Whatever lies in a county's folder, everything else is offered, and each bad file is one sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from project import ASSETS

from forms import load_catalogue
from forms.reading.document import MAX_BYTES
from protocol.wire import Heartbeat

ALLOWANCE = "old-age-allowance"
SHIPPED = set(load_catalogue(ASSETS).services)
Put = Callable[[Path], object]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    (tmp_path / "services").mkdir()
    return tmp_path


def bytes_of(content: bytes) -> Put:
    return lambda path: path.write_bytes(content)


WHOLE = (ASSETS / "services" / f"{ALLOWANCE}.yaml").read_bytes()
BOMB = "\n".join(
    ["a: &a [x, x, x, x, x, x, x, x, x]"]
    + [f"{k}: &{k} [*{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}, *{p}]" for p, k in zip("abcdefg", "bcdefgh", strict=True)]
)


BAD: dict[str, tuple[Put, str]] = {
    "empty": (bytes_of(b""), "empty"),
    "remark": (bytes_of(b"# only a remark\n"), "empty"),
    "binary": (bytes_of(bytes(range(256))), "not UTF-8"),
    "zeros": (bytes_of(b"\x00" * 100), "not valid YAML"),
    "half": (bytes_of(WHOLE[:600]), ""),
    "large": (bytes_of(b"x: y\n" * (MAX_BYTES // 5 + 1)), "larger than 1 MB"),
    "bomb": (bytes_of(BOMB.encode()), "unfold"),
    "endless": (bytes_of(b"a: &a [*a]\n"), "unfold"),
    "deep": (bytes_of(b"a: " + b"[" * 400_000), "inside the other"),
    "deep-list": (bytes_of(b"- " * 200_000), "inside the other"),
    "numbers": (bytes_of(b"a: 1e999999\nb: 9" + b"9" * 9000), ""),
    "day": (bytes_of(b"date: 2026-13-45\n"), ""),
    "list": (bytes_of(b"- a\n- b\n"), "'name: value' lines"),
    "python": (bytes_of(b"!!python/object/apply:os.system [ls]\n"), "not valid YAML"),
    "loop": (lambda path: path.symlink_to(path), "no file"),
    "nowhere": (lambda path: path.symlink_to(path.parent / "is-not-there"), "no file"),
    "folder": (lambda path: path.mkdir(), "no file"),
    "pipe": (lambda path: os.mkfifo(path), "no file"),
}


def test_each_bad_file_is_told_and_everything_else_is_offered(county: Path) -> None:
    for name, (put, _) in BAD.items():
        put(county / "services" / f"{name}.yaml")
    (county / "services" / f"{ALLOWANCE}.yaml").write_bytes(WHOLE[:600])
    loaded = load_catalogue(ASSETS, county)
    assert set(loaded.services) == SHIPPED
    assert loaded.source(ALLOWANCE) == "shipped"
    told = [str(one) for one in loaded.mistakes]
    assert not any("\n" in one for one in told)
    for name, (_, said) in BAD.items():
        assert any(one.startswith(f"services/{name}.yaml:") and said in one for one in told), (name, told)


SHARED = ("fields", "regions", "parameters", "messages", "counters", "pictures", "groups", "county")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a: [", b"nothing: here\n"])
def test_bad_shared_files_leave_everything_as_shipped(county: Path, content: bytes) -> None:
    for name in SHARED:
        (county / f"{name}.yaml").write_bytes(content)
    loaded = load_catalogue(ASSETS, county)
    assert set(loaded.services) == SHIPPED
    assert {one.file for one in loaded.mistakes} == {f"{name}.yaml" for name in SHARED}


def test_a_service_whose_shared_field_is_broken_is_left_out_and_the_field_is_named(county: Path) -> None:
    (county / "fields.yaml").write_text("shoe:\n  type: numbr\n  example: '5'\n", "utf-8")
    text = WHOLE.decode().replace(f"id: {ALLOWANCE}", "id: shoes").replace("- use: phone", "- use: shoe", 1)
    (county / "services" / "shoes.yaml").write_text(text, "utf-8")
    loaded = load_catalogue(ASSETS, county)
    assert set(loaded.services) == SHIPPED
    told = [str(one) for one in loaded.mistakes]
    assert any(one.startswith("fields.yaml:2: shoe > type") and "Did you mean number?" in one for one in told)
    assert any("shared field 'shoe', which is broken" in one for one in told)


def test_two_files_of_one_id(county: Path) -> None:
    for name in ("mine", "mine-too"):
        text = WHOLE.decode().replace(f"id: {ALLOWANCE}", "id: mine", 1)
        (county / "services" / f"{name}.yaml").write_text(text, "utf-8")
    loaded = load_catalogue(ASSETS, county)
    assert loaded.source("mine") == "county"
    assert [(one.file, one.line) for one in loaded.mistakes] == [("services/mine-too.yaml", 1)]


def test_a_county_replaces_disables_and_adds(county: Path) -> None:
    text = WHOLE.decode().replace("高龄津贴", "敬老金")
    (county / "services" / f"{ALLOWANCE}.yaml").write_text(text, "utf-8")
    (county / "county.yaml").write_text("name: {zh: 某县, en: A county}\ndisable: [pension-certification]\n", "utf-8")
    parameter = "parameters:\n  old_age_allowance_years: 70\n"
    (county / "parameters.yaml").write_text(parameter, "utf-8")
    loaded = load_catalogue(ASSETS, county)
    assert not loaded.mistakes
    assert loaded.service(ALLOWANCE).title.zh == "敬老金"
    assert (loaded.source(ALLOWANCE), loaded.source("opening-hours")) == ("county", "shipped")
    assert set(loaded.services) == SHIPPED - {"pension-certification"}
    assert loaded.parameters["old_age_allowance_years"] == 70


def test_names_that_nothing_reads_are_told(county: Path) -> None:
    for name in ("field.yaml", "strings.yml"):
        (county / name).write_text("a: b\n", "utf-8")
    (county / "service").mkdir()
    (county / "services" / "a.yml").write_text("a: b\n", "utf-8")
    told = {one.file: one.hint for one in load_catalogue(ASSETS, county).mistakes}
    assert told == {
        "field.yaml": "Did you mean fields.yaml?",
        "strings.yml": "Did you mean strings.yaml?",
        "service": "Did you mean services?",
        "services/a.yml": "Name it a.yaml.",
    }


def test_a_folder_that_cannot_be_read_or_is_not_there(tmp_path: Path) -> None:
    missing = load_catalogue(ASSETS, tmp_path / "nowhere")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for loaded in (missing, load_catalogue(ASSETS, loop)):
        assert set(loaded.services) == SHIPPED
        assert len(loaded.mistakes) == 1


def test_a_broken_shipped_file_leaves_out_what_needs_it(assets: Path) -> None:
    (assets / "services" / "pension-certification.yaml").write_text("id: [", "utf-8")
    loaded = load_catalogue(assets)
    assert set(loaded.services) == SHIPPED - {"pension-certification"}
    (assets / "regions.yaml").write_text("", "utf-8")
    assert set(load_catalogue(assets).services) >= {"opening-hours"}


def test_drawings_that_cannot_be_drawn_are_told(county: Path) -> None:
    (county / "icons").mkdir()
    for name, content in (("bus", "<svg"), ("car", "<html/>"), ("good", '<svg xmlns="http://www.w3.org/2000/svg"/>')):
        (county / "icons" / f"{name}.svg").write_text(content, "utf-8")
    (county / "icons" / "photo.png").write_bytes(b"\x89PNG")
    told = [one.file for one in load_catalogue(ASSETS, county).mistakes]
    assert told == ["icons/bus.svg", "icons/car.svg", "icons/photo.png"]


def test_whatever_names_are_in_it_a_mistake_is_one_line_that_the_hall_takes(county: Path) -> None:
    for name in (b"two\nlines.yaml", b"bell\x07.yaml", b"latin\xff.yaml"):
        Path(os.fsdecode(os.fsencode(county / "services") + b"/" + name)).write_text("id: [", "utf-8")
    (county / "parameters.yaml").write_text('"\\0": 1\nparameters: {"\\e[31m\\N": soon}\n', "utf-8")
    told = [str(one) for one in load_catalogue(ASSETS, county).mistakes]
    assert len(told) == 5
    assert all(one.isprintable() for one in told), told
    Heartbeat(version="1", waiting=0, degraded=told)


def test_a_half_written_file_is_named_with_a_line_that_it_has(county: Path) -> None:
    (county / "services" / "half.yaml").write_text("id: half\nsteps: [\n\n", "utf-8")
    (mistake,) = load_catalogue(ASSETS, county).mistakes
    assert mistake.line == 2


def test_a_county_that_disables_everything_is_told(county: Path) -> None:
    everything = ", ".join(load_catalogue(ASSETS).services)
    (county / "county.yaml").write_text(f"disable: [{everything}]\n", "utf-8")
    (mistake,) = load_catalogue(ASSETS, county).mistakes
    assert (mistake.file, mistake.line) == ("county.yaml", 1)
    assert "no service is left" in mistake.message
