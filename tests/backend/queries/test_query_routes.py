from pkgutil import iter_modules

import pytest
from fastapi.testclient import TestClient

from backend import queries
from protocol.queries import NAMES


def test_the_hall_answers_every_query_of_the_wire_and_no_other() -> None:
    assert {module.name for module in iter_modules(queries.__path__)} - {"routes"} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_api_says_what_goes_in_and_what_comes_out(client: TestClient, name: str) -> None:
    api = client.get("/openapi.json").json()
    asked = api["paths"][f"/queries/{name}"]["post"]
    schemas = [
        asked["requestBody"]["content"]["application/json"]["schema"],
        asked["responses"]["200"]["content"]["application/json"]["schema"],
    ]
    described = [api["components"]["schemas"][schema["$ref"].rpartition("/")[2]] for schema in schemas]
    assert [schema["title"] for schema in described] == ["Inputs", "Answer"]
