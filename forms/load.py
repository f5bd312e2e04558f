"""Reading the files that say what the kiosk offers: services, shared fields, regions, parameters, messages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic import Field as Bounds

from forms.bounds import in_words
from forms.consistency import problems
from forms.schema import Choice, Choices, Field, Service, Strict, Text

M = TypeVar("M", bound=BaseModel)


def example_of(field: Field) -> str:
    """A right answer to show; of a number that opens a door or an account only its ends, lest it be copied."""
    if field.type in ("resident_id", "bank_card"):
        return f"{field.example[:6]}……{field.example[-4:]}"
    return field.example


class CatalogueError(Exception):
    """A file of the catalogue is broken; the text names the file, the place and what to mend."""


class Lists(Strict):
    """Named lists of choices that several fields share, such as towns and villages."""

    lists: dict[str, Annotated[Choices, Bounds(min_length=1)]]


class SharedFields(Strict):
    fields: dict[str, Field]


class Parameters(Strict):
    parameters: dict[str, int]


class Messages(Strict):
    messages: dict[str, Text]


class Catalogue:
    """Everything the terminal offers, read and checked."""

    def __init__(
        self,
        services: Mapping[str, Service],
        lists: Mapping[str, list[Choice]],
        parameters: Mapping[str, int],
        messages: Mapping[str, Text],
    ) -> None:
        self.services = services
        self.lists = lists
        self.parameters = parameters
        self.messages = messages

    def service(self, service_id: str) -> Service:
        """The service with this id; CatalogueError naming those there are."""
        if service_id not in self.services:
            raise CatalogueError(f"There is no service {service_id!r}. The services are: {', '.join(self.services)}.")
        return self.services[service_id]

    def all_choices(self, field: Field) -> list[Choice]:
        """What a field offers at all; none where its type is not choice."""
        return list(self.lists[field.choices_from] if field.choices_from else field.choices)

    def choices(self, field: Field, answers: Mapping[str, str]) -> list[Choice]:
        """What may be chosen for a field, narrowed by its choice_filter."""
        choices = self.all_choices(field)
        if field.choice_filter is None:
            return choices
        return [choice for choice in choices if choice.within == answers.get(field.choice_filter)]

    def message(self, code: str, field: Field) -> Text:
        """The plain sentence for an error code, naming the field and an example of a right answer."""
        text = self.messages[code]
        choices = self.all_choices(field)

        def fill(lang: str) -> str:
            example = choices[0].label.written(lang) if choices else example_of(field)
            words = {"label": field.label.written(lang), "example": example, **in_words(field, lang)}
            return text.written(lang).format(**words)

        return Text(zh=fill("zh"), en=fill("en"))

    def plain_message(self, code: str, name: str) -> Text:
        """The sentence for a code that is about no known field."""
        text = self.messages[code]
        readable = name.encode("utf-8", "replace").decode()  # JSON can hold half a character
        return Text(zh=text.zh.format(label=readable), en=text.en.format(label=readable))


def load_catalogue(assets: Path) -> Catalogue:
    """Read `assets/`: fields.yaml, regions.yaml, parameters.yaml, messages.yaml and services/*.yaml.

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
    catalogue = Catalogue(services, lists, parameters, messages)
    for problem in problems(catalogue):
        raise CatalogueError(problem)
    return catalogue


class _Loader(yaml.SafeLoader):
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
    steps = data.get("steps")
    if isinstance(steps, list):
        data["steps"] = [_step(path, step, shared) for step in steps]
    return _check(Service, data, path)


def _step(path: Path, step: Any, shared: Mapping[str, Any]) -> Any:
    if not isinstance(step, dict) or "use" not in step:
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
        wrong = first["msg"].removeprefix("Value error, ")
        raise CatalogueError(f"{path.name}: {place}: {wrong}{more}. Mend it and run `kiosk catalogue`.") from error
