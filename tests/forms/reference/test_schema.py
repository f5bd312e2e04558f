"""The JSON Schema that editors take: it knows every key and every kind of field."""

import pytest
import yaml
from project import ASSETS

from forms.field import kinds
from forms.reference.schema import FILES, schema


@pytest.mark.parametrize("file", FILES)
def test_a_schema_is_one_of_an_object(file: str) -> None:
    assert schema(file)["type"] == "object"


def test_a_step_may_use_a_shared_question_or_be_one() -> None:
    whole = schema("service")
    used, own, repeat = (
        whole["$defs"][one["$ref"].rpartition("/")[2]] for one in whole["properties"]["steps"]["items"]["anyOf"]
    )
    inside = [one["$ref"] for one in repeat["properties"]["steps"]["items"]["anyOf"]]
    assert inside == ["#/$defs/SharedField", "#/$defs/Field"], "there is no repeat within a repeat"
    assert used["required"] == ["use"]
    assert {"id", "type", "question"} <= set(own["required"])
    assert "use" not in own["properties"]
    assert own["properties"]["type"]["enum"] == sorted(kinds())


def test_the_files_that_come_with_the_kiosk_have_no_other_keys() -> None:
    known = set(schema("service")["properties"])
    for path in (ASSETS / "services").glob("*.yaml"):
        assert set(yaml.safe_load(path.read_text("utf-8"))) <= known
