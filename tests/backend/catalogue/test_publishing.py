from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from backend.catalogue.service import publish
from backend.foundation.settings import SetupError
from backend.hall.hall import Hall
from protocol.catalogue import CatalogueNotice, FileList, check_notice
from protocol.sealing import generate_keys
from protocol.signing import SignatureError, verify_key_of

BUS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M4 4h16v12H4z"/></svg>'


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    (folder / "icons").mkdir(parents=True)
    (folder / "icons" / "bus.svg").write_text(BUS, "utf-8")
    (folder / "parameters.yaml").write_text("parameters: {}\n", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("not for kiosks", "utf-8")
    return folder


def test_kiosks_find_the_signed_list_and_every_file_in_it(hall: Hall, client: TestClient, county: Path) -> None:
    publish(hall, county)
    notice = CatalogueNotice.model_validate_json(client.get("/catalogue").content)
    check_notice(notice, hall.keys.verify_key)
    listed = FileList.model_validate_json(client.get(f"/catalogue/files/{notice.file_list}").content)
    assert set(listed.files) == {"icons/bus.svg", "parameters.yaml"}
    body = client.get(f"/catalogue/files/{listed.files['icons/bus.svg']}").content
    assert body == BUS.encode()


def test_the_notice_of_another_hall_is_none_of_this_one(hall: Hall, client: TestClient, county: Path) -> None:
    publish(hall, county)
    notice = CatalogueNotice.model_validate_json(client.get("/catalogue").content)
    with pytest.raises(SignatureError):
        check_notice(notice, verify_key_of(generate_keys().private))
    with pytest.raises(SignatureError):
        check_notice(notice.model_copy(update={"number": notice.number + 1}), hall.keys.verify_key)


def test_a_changed_folder_gets_a_higher_number_and_the_same_one_keeps_its_own(hall: Hall, county: Path) -> None:
    first, files = publish(hall, county)
    assert (first, files) == (publish(hall, county)[0], 2)
    (county / "parameters.yaml").write_text("parameters: {a: 1}\n", "utf-8")
    assert publish(hall, county)[0] > first


def test_a_folder_with_mistakes_is_not_given_out(hall: Hall, client: TestClient, county: Path) -> None:
    (county / "parameters.yaml").write_text("parameters: {a: {valeus: []}}\n", "utf-8")
    with pytest.raises(SetupError, match=r"parameters\.yaml:1: .*Did you mean values\?"):
        publish(hall, county)
    assert client.get("/catalogue").status_code == 404


def test_before_anything_is_published_there_is_nothing(client: TestClient) -> None:
    assert client.get("/catalogue").status_code == 404
    assert client.get(f"/catalogue/files/{'0' * 64}").status_code == 404


def test_what_no_kiosk_would_take_is_refused_by_name(hall: Hall, county: Path) -> None:
    (county / "big.svg").write_bytes(b" " * (1024 * 1024 + 1))
    with pytest.raises(SetupError, match=r"big\.svg"):
        publish(hall, county)
    (county / "big.svg").rename(county / "a?b.svg")
    (county / "a?b.svg").write_text("x")
    with pytest.raises(SetupError, match=r"a\?b\.svg"):
        publish(hall, county)
    with pytest.raises(SetupError, match="no folder"):
        publish(hall, county / "nothing")
