"""JSON Schema of the files that a county writes, for editors: what may stand where, with a sentence beside each key."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from pydantic import TypeAdapter

from forms.field import Field, kinds
from forms.home.counters import Counters
from forms.home.events import LifeEvent
from forms.home.groups import Groups
from forms.load import Lists, Parameters, Pictures
from forms.service import Service
from forms.shared_fields import TOGETHER
from protocol.queries import NAMES

Schema = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(file: str) -> Schema:
    """Of one of `FILES`, as an editor takes it."""
    return {"$schema": _DIALECT, **FILES[file](), "title": f"Yinling Kiosk: {file}"}


def _of(model: type) -> Callable[[], Schema]:
    return lambda: _named(TypeAdapter(model).json_schema(by_alias=True))


def _service() -> Schema:
    """A step may also be `use: NAME` with keys that override those of fields.yaml."""
    whole = _named(TypeAdapter(Service).json_schema(by_alias=True))
    whole["$defs"]["SharedField"] = _partial(whole["$defs"]["Field"], required=["use"])
    whole["$defs"]["SharedField"]["properties"]["use"] = {"type": "string", "description": "A question of fields.yaml."}
    for part in (whole, whole["$defs"]["Repeat"]):
        steps = part["properties"]["steps"]
        steps["items"] = {"anyOf": [{"$ref": "#/$defs/SharedField"}, *_alternatives(steps["items"])]}
    return whole


def _fields() -> Schema:
    """Each question by its name, which is its id where it says none."""
    whole = _named(TypeAdapter(Field).json_schema(by_alias=True))
    definitions = whole.pop("$defs")
    required = [name for name in whole["required"] if name != "id"]
    definitions["Field"] = _partial(whole, required)
    definitions["Together"] = {
        "type": "object",
        "description": "Several questions of this file that are asked together, as agent.",
        "properties": {TOGETHER: {"type": "array", "items": {"type": "string"}, "minItems": 1}},
        "required": [TOGETHER],
        "additionalProperties": False,
    }
    either = {"anyOf": [{"$ref": "#/$defs/Together"}, {"$ref": "#/$defs/Field"}]}
    return {"type": "object", "additionalProperties": either, "$defs": definitions}


FILES: Mapping[str, Callable[[], Schema]] = {
    "service": _service,
    "event": _of(LifeEvent),
    "fields": _fields,
    "regions": _of(Lists),
    "parameters": _of(Parameters),
    "pictures": _of(Pictures),
    "counters": _of(Counters),
    "groups": _of(Groups),
}


def _partial(field: Schema, required: list[str]) -> Schema:
    return {**deepcopy(field), "required": required}


def _alternatives(items: Schema) -> list[Schema]:
    several: list[Schema] = items.get("oneOf", [items])
    return several


def _named(whole: Schema) -> Schema:
    """With the names that only a running program knows: the kinds of field, and what the hall can be asked."""
    names = {"type": kinds(), "last_of": kinds(), "query": NAMES}
    for part in (whole, *whole.get("$defs", {}).values()):
        for key, known in names.items():
            if "enum" not in (said := part.get("properties", {}).get(key, {"enum": []})):
                part["properties"][key] = {"enum": sorted(known), "description": said.get("description", "")}
    return whole
