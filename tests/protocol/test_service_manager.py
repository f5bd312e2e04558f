"""A program under systemd says that it works; elsewhere it says nothing."""

import logging
import socket
from pathlib import Path

import pytest
from service_manager import ALIVE, service_manager

from protocol.process.service_manager import SOCKET_VARIABLE, tell_alive


def test_it_is_told_on_the_socket_that_it_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with service_manager(tmp_path) as manager:
        monkeypatch.setenv(SOCKET_VARIABLE, str(manager.path))
        tell_alive()
        assert manager.hears(5) == ALIVE


def test_an_address_without_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("")  # the system chooses one
        monkeypatch.setenv(SOCKET_VARIABLE, "@" + manager.getsockname()[1:].decode())
        tell_alive()
        manager.settimeout(5)
        assert manager.recv(99) == ALIVE


def test_where_nobody_waits_nothing_is_said(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.delenv(SOCKET_VARIABLE, raising=False)
    tell_alive()
    assert not caplog.records


def test_a_manager_that_has_gone_or_reads_nothing_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with service_manager(tmp_path) as manager, caplog.at_level(logging.WARNING):
        monkeypatch.setenv(SOCKET_VARIABLE, str(manager.path))
        while not caplog.records:
            tell_alive()  # until its queue is full
        caplog.clear()
        manager.path.unlink()
        tell_alive()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
