"""The screen is kept awake by what the machine has, and what it lacks is said."""

from pathlib import Path

import pytest

from kiosk.processes.display_power import TROUBLE, kept_awake


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return tmp_path


def tool(folder: Path, name: str, then: str = "") -> Path:
    told = folder / f"{name}.told"
    script = folder / name
    script.write_text(f'#!/bin/sh\necho "$@" >> {told}\n{then}\n')
    script.chmod(0o755)
    return told


def test_blanking_and_sleep_are_held_off_until_the_end(tools: Path) -> None:
    xset = tool(tools, "xset")
    inhibit = tool(tools, "systemd-inhibit", f'case "$*" in *cat) read -r _; echo let go >> {tools}/end;; esac')
    with kept_awake() as troubles:
        assert troubles == []
        assert xset.read_text() == "s off s noblank -dpms\n"
        assert not (tools / "end").exists()
    assert "--what=idle:sleep" in inhibit.read_text()
    assert (tools / "end").exists()


def test_what_is_missing_is_said(tools: Path) -> None:
    with kept_awake() as troubles:
        assert len(troubles) == 2
        assert all(one.startswith(TROUBLE) for one in troubles)
        assert "xset" in troubles[0]


def test_under_wayland_the_compositor_never_blanks(tools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    tool(tools, "systemd-inhibit", "true")
    with kept_awake() as troubles:
        assert troubles == []
