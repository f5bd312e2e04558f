import json
from pathlib import Path

import pytest

from backend.cli import main
from backend.foundation.settings import SetupError, settings_from_environment
from backend.providers.configured import provider_of
from backend.providers.provider import NoProvider
from backend.providers.simulated.failures import Failure
from backend.providers.simulated.server import Behaviour, SimulatedRegistry

NAMES = {
    "medical-insurance",
    "farm-subsidy",
    "person-on-record",
    "disability-certificate",
    "utility-bill",
    "hospital-slots",
}


@pytest.mark.parametrize(
    "url",
    [
        "registry.example",
        "http://registry.example/yinling",
        "ftp://registry.example",
        "https://",
        "https://registry.example:0",
        "https://registry.example:99999",
        "https://clerk:secret@registry.example",
        "https://registry.example/?key=1",
        "https://registry .example",
        "https://[::1",
    ],
)
def test_an_id_number_goes_to_no_address_that_may_be_wrong(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YINLING_PROVIDER_URL", url)
    with pytest.raises(SetupError, match="YINLING_PROVIDER_URL is no address") as caught:
        settings_from_environment()
    assert "secret" not in str(caught.value)


def test_the_token_may_lie_in_a_file_and_is_not_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("s3cret\n", "utf-8")
    monkeypatch.setenv("YINLING_PROVIDER_TOKEN_FILE", str(tmp_path / "token"))
    settings = settings_from_environment()
    assert settings.provider_token == "s3cret"
    assert "s3cret" not in repr(settings)
    monkeypatch.setenv("YINLING_PROVIDER_TOKEN_FILE", str(tmp_path / "none"))
    with pytest.raises(SetupError, match="put the provider's token there"):
        settings_from_environment()
    monkeypatch.setenv("YINLING_PROVIDER_TOKEN", "two\nlines")
    with pytest.raises(SetupError, match="is no token"):
        settings_from_environment()


def test_a_hall_without_one_has_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert isinstance(provider_of(settings_from_environment()), NoProvider)
    monkeypatch.setenv("YINLING_PROVIDER_CA", "/none.pem")
    assert main(["provider"]) == 1
    assert "no certificate" in capsys.readouterr().err
    monkeypatch.delenv("YINLING_PROVIDER_CA")
    assert main(["provider"]) == 1
    assert capsys.readouterr() == ("", "This hall asks no other office: set YINLING_PROVIDER_URL.\n")


def test_the_command_tells_whether_each_inquiry_is_answered(
    registry: SimulatedRegistry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINLING_PROVIDER_URL", registry.url)
    assert main(["provider", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"url": registry.url, "wrong": dict.fromkeys(NAMES)}
    assert main(["provider"]) == 0
    assert "utility-bill: answers\n" in capsys.readouterr().out
    registry.behaviour = Behaviour(failures=(Failure("html"),))
    assert main(["provider"]) == 1
    assert "farm-subsidy: It answers something that is no JSON" in capsys.readouterr().out


def test_an_office_that_tells_of_nobody_makes_it_up(
    registry: SimulatedRegistry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("YINLING_PROVIDER_URL", registry.url)
    someone = next(iter(registry.registry.people.values()))
    monkeypatch.setitem(registry.registry.people, "110105190002300000", someone)
    assert main(["provider"]) == 1
    assert "farm-subsidy: It tells something about somebody who cannot be" in capsys.readouterr().out
