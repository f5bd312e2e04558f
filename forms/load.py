"""Reading the files that say what the kiosk offers: services, shared fields, regions, parameters, messages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic import Field as Bounds

from forms.catalogue import Catalogue, CatalogueError
from forms.consistency import problems
from forms.counters import Counters
from forms.expressions.parameters import NumberOrDay, Parameter
from forms.field import Choices, Field
from forms.groups import Groups
from forms.service import Service
from forms.texts import Strict, Text, wrong_with

M = TypeVar("M", bound=BaseModel)


class Lists(Strict):
    """Named lists of choices that several fields share, such as towns and villages."""

    lists: dict[str, Annotated[Choices, Bounds(min_length=1)]]


class SharedFields(Strict):
    fields: dict[str, Field]


class Parameters(Strict):
    parameters: dict[str, Parameter | NumberOrDay]


class Pictures(Strict):
    pictures: dict[str, Text]


class Messages(Strict):
    messages: dict[str, Text]


def load_catalogue(assets: Path) -> Catalogue:
    """Of `assets/`: services/*.yaml, and fields, regions, parameters, messages, counters, pictures and groups.yaml.

    CatalogueError on the first thing that is broken.
    """
    shared = _shared_fields(assets / "fields.yaml")
    lists = read_model(Lists, assets / "regions.yaml").lists
    parameters = read_model(Parameters, assets / "parameters.yaml").parameters
    messages = read_model(Messages, assets / "messages.yaml").messages
    files = sorted((assets / "services").glob("*.yaml"))
    if not files:
        raise CatalogueError(f"There is no service in {assets / 'services'}: put at least one YAML file there.")
    services: dict[str, Service] = {}
    for path in files:
        service = _service(path, shared)
        if service.id != path.stem:
            raise CatalogueError(f"{path.name}: its id is {service.id!r}; name the file {service.id}.yaml.")
        services[service.id] = service
    in_order = dict(sorted(services.items(), key=lambda named: (named[1].order, named[1].kind)))
    groups = read_model(Groups, assets / "groups.yaml").groups
    catalogue = Catalogue(
        in_order,
        lists,
        parameters,
        messages,
        read_model(Counters, assets / "counters.yaml"),
        _pictures(assets),
        dict(sorted(groups.items(), key=lambda named: named[1].order)),
    )
    for problem in problems(catalogue):
        raise CatalogueError(problem)
    return catalogue


def _pictures(assets: Path) -> Mapping[str, Text]:
    described = read_model(Pictures, assets / "pictures.yaml").pictures
    for name in described:
        if not (assets / "pictures" / f"{name}.svg").is_file():
            raise CatalogueError(
                f"pictures.yaml: there is no drawing pictures/{name}.svg: put it there or take it out."
            )
    return described


class _Loader(yaml.CSafeLoader):  # in C: the catalogue is there in a fourth of the time
    """Refuses a name that is there twice: YAML would quietly keep the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(problem=f"{key.value} twice", problem_mark=key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text("utf-8"), _Loader)
    except OSError as error:
        raise CatalogueError(f"{path.name} cannot be read ({error.strerror}): put it back in {path.parent}.") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path.name} is not UTF-8 text: save it again as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CatalogueError(
            f"{path.name} is not valid YAML in line {line} ({error.problem}): mend it there."
        ) from error
    except (yaml.YAMLError, ValueError) as error:  # a control character; a date that is none
        reason = str(error).splitlines()[0]
        raise CatalogueError(f"{path.name} is not valid YAML ({reason}): mend it there.") from error
    if not isinstance(data, dict):
        raise CatalogueError(f"{path.name} should be a list of 'name: value' lines; it is not.")
    return data


def _shared_fields(path: Path) -> dict[str, Any]:
    """Each has to be a whole field, so that what is wrong with it is said of this file."""
    shared = _read(path)
    for name, body in shared.items():
        if not isinstance(body, dict):
            raise CatalogueError(f"{path.name}: {name} has to say what the field is, as 'name: value' lines.")
    _check(SharedFields, {"fields": {name: {"id": name, **body} for name, body in shared.items()}}, path)
    return shared


def _service(path: Path, shared: Mapping[str, Any]) -> Service:
    """A service file, its `use: NAME` steps filled in from fields.yaml; keys beside `use` override the shared ones."""
    data = _read(path)
    return _check(Service, _with_shared(path, data, shared), path)


def _with_shared(path: Path, data: dict[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """A service or a repeat with each of its steps written out."""
    steps = data.get("steps")
    return {**data, "steps": [_step(path, step, shared) for step in steps]} if isinstance(steps, list) else data


def _step(path: Path, step: Any, shared: Mapping[str, Any]) -> Any:
    if not isinstance(step, dict):
        return step
    if "repeat" in step:
        return _with_shared(path, step, shared)
    if "use" not in step:
        return step
    name = step["use"]
    if not isinstance(name, str) or name not in shared:
        raise CatalogueError(f"{path.name}: it uses the shared field {name!r}, which fields.yaml does not define.")
    own = {key: value for key, value in step.items() if key != "use"}
    return {"id": name, **shared[name], **own}


def read_model(model: type[M], path: Path) -> M:
    """The YAML file as that model; CatalogueError naming the file and the place that is wrong."""
    return _check(model, _read(path), path)


def _check(model: type[M], data: Any, path: Path) -> M:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"]) or "the file"
        more = f" ({error.error_count() - 1} more)" if error.error_count() > 1 else ""
        raise CatalogueError(
            f"{path.name}: {place}: {wrong_with(error)}{more}. Mend it and run `kiosk catalogue`."
        ) from error
