"""What a county writes is what its visitors read, hear and are understood by; its broken files end nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from county_folder import (
    ASKED,
    ATTRACT,
    CLIP,
    FOR_HELP,
    LOUDNESS,
    SERVICE,
    START,
    TITLE,
    WORD,
    write_service,
    write_whole,
)
from project import ASSETS

from forms import load_catalogue
from kiosk.intents import HELP
from kiosk.operations.registered import keep_registered
from kiosk.operations.settings import Settings
from kiosk.testing.terminal import Terminal
from protocol.catalogue import signed_rules
from protocol.sealing import generate_keys
from voice.audio.samples import Samples
from voice.speech.render import render
from voice.speech.sound import Lang

BROKEN = {
    "fields.yaml": b"phone: [",
    "messages.yaml": b"\xff\xfe\x00",
    "services/half.yaml": b"id: half\nversion",
    "icons/half.svg": b"<svg",
}
OF_THE_TERMINAL = ("strings.yaml", "requests.yaml", "words.txt", "prompts/index.json")


class Silent:
    """A live voice that says nothing."""

    def say(self, text: str, lang: Lang) -> Samples:
        return np.zeros(1, np.int16)


@contextmanager
def started(folder: Path) -> Iterator[Terminal]:
    """With two services alone: of each one more every screen would be walked."""
    settings = Settings(data=folder / "data", county=folder / "county", services=(SERVICE, "opening-hours"))
    terminal = Terminal(settings, "http://127.0.0.1:9")
    terminal.start()
    yield terminal
    terminal.stop()


def at_start(terminal: Terminal) -> list[str]:
    """What the first screen shows."""
    screen = terminal.session(lambda work, done, failed: None).screen()
    return [screen.title, *(phrase.text for phrase in screen.phrases)]


def put(county: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        (county / name).parent.mkdir(exist_ok=True)
        (county / name).write_bytes(content)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Beside what is right in the county's folder, with rules that its hall has registered, lie broken files."""
    folder = tmp_path_factory.mktemp("own")
    write_whole(folder / "county")
    checks = load_catalogue(ASSETS, folder / "county").service(SERVICE).checks
    (folder / "data").mkdir()
    keep_registered(folder / "data", signed_rules(generate_keys().private, 1, {SERVICE: [one.hash for one in checks]}))
    put(folder / "county", BROKEN)
    with started(folder) as terminal:
        yield terminal


def test_a_screen_shows_the_countys_text_and_hears_its_phrase(terminal: Terminal) -> None:
    title, *phrases = at_start(terminal)
    assert title == ATTRACT
    assert START in phrases


def test_no_line_ends_within_a_word_of_the_county(terminal: Terminal) -> None:
    assert terminal.texts.words.split(f"去{WORD}。") == ["去", WORD, "。"]


def test_the_countys_recorded_prompt_is_what_is_played(terminal: Terminal) -> None:
    played = render((ATTRACT,), "zh", "normal", terminal.prompts, Silent())
    assert (len(played), set(played)) == (CLIP, {LOUDNESS})


@pytest.mark.parametrize("asked", [ASKED, TITLE, f"我想{TITLE}"])
def test_a_request_of_the_county_leads_to_its_service(terminal: Terminal, asked: str) -> None:
    assert terminal.classifier.text(asked).what == SERVICE


def test_a_request_of_the_county_means_help(terminal: Terminal) -> None:
    assert terminal.classifier.text(FOR_HELP).what == HELP


def test_staff_are_told_of_each_broken_file_and_of_no_other(terminal: Terminal) -> None:
    assert {problem.partition(":")[0] for problem in terminal.problems} == BROKEN.keys()


def test_a_parameter_that_passes_its_review_while_the_terminal_runs_is_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NextCentury(date):
        @classmethod
        def today(cls) -> "NextCentury":
            return cls(2100, 1, 1)

    assert "heating" not in " ".join(terminal.problems)
    monkeypatch.setattr("kiosk.operations.offered.date", NextCentury)
    assert "heating should have been looked at by 2099-12-31" in " ".join(terminal.problems)


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"zh": {"a": 5}, "en": {"b": []}}'])
def test_where_those_files_are_broken_all_else_is_as_shipped(tmp_path: Path, content: bytes) -> None:
    write_service(tmp_path / "county")
    put(tmp_path / "county", {**dict.fromkeys(OF_THE_TERMINAL, content), "words.txt": b"\xff"})
    with started(tmp_path) as terminal:
        assert at_start(terminal)[0] == "您好，来办事吗？"
        assert SERVICE in terminal.catalogue.services
        told = " ".join(terminal.problems)
        assert [name for name in OF_THE_TERMINAL if name not in told] == []
