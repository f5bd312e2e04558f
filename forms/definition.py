"""Everything that a form is shown and judged by, as one document that its hash names: kiosk and hall keep each one.

The document is canonical JSON: keys sorted, nothing that has its default. So it stays the same when a program learns
something new that the service does not use. In it are the service, and of the catalogue what the service names.
Messages and drawings are not: those are the program's own words and are taken from the program that judges.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, StringConstraints, ValidationError
from pydantic import Field as Bounds

from forms.catalogue import Catalogue
from forms.expressions.parameters import Parameters
from forms.field import Choice
from forms.service import Service
from forms.texts import NonEmpty, Strict, Text, canonical_json, dumped

T = TypeVar("T")
_NAME = re.compile(r"\w+")


class DefinitionError(Exception):
    """A document that is no definition, or that this program cannot read; the text says what to do."""


class _Content(Strict):
    service: Service
    lists: Mapping[str, tuple[Choice, ...]]
    parameters: Parameters


class Title(BaseModel):
    zh: NonEmpty
    en: NonEmpty

    @property
    def text(self) -> Text:
        return Text(zh=self.zh, en=self.en)


class Head(BaseModel):
    """What every version of this program can read of the service in a definition."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
    version: Annotated[int, Bounds(ge=1, lt=10**15)]
    title: Title


class _Outline(BaseModel):
    service: Head


@dataclass(frozen=True)
class Definition:
    """`document` may be of a newer program: then `service` raises DefinitionError, and all else works."""

    document: str

    @classmethod
    def of(cls, catalogue: Catalogue, service: Service) -> Self:
        """The definition of a service as it is now."""
        content: dict[str, Any] = {"service": dumped(service, exclude={"requests"})}
        content["lists"] = {
            name: [dumped(one) for one in choices] for name, choices in _named(catalogue.lists, content)
        }
        content["parameters"] = {name: _value(one) for name, one in _named(catalogue.parameters, content)}
        return cls(canonical_json(content).decode("utf-8", "surrogatepass"))

    @classmethod
    def checked(cls, document: str, digest: str) -> Self:
        """A document that came from elsewhere; DefinitionError when it is not the one of that hash, or is none."""
        definition = cls(document)
        if definition.hash != digest:
            raise DefinitionError("The definition was damaged on the way: its hash does not match; send it again.")
        definition.head  # noqa: B018 - raises when it is none
        return definition

    @cached_property
    def hash(self) -> str:
        return sha256(self.document.encode("utf-8", "surrogatepass")).hexdigest()

    @cached_property
    def head(self) -> Head:
        """The id, version and title of the service; DefinitionError when the document is no definition."""
        try:
            return _Outline.model_validate_json(self.document).service
        except ValidationError:
            raise DefinitionError("This is not the definition of a service: it names no service and version.") from None

    def catalogue(self, of_now: Catalogue) -> Catalogue:
        """A catalogue with this service alone, and the messages and drawings of now. DefinitionError when this program
        cannot read it."""
        content = self._content
        service = content.service
        return replace(of_now, services={service.id: service}, lists=content.lists, parameters=content.parameters)

    @property
    def service(self) -> Service:
        return self._content.service

    @cached_property
    def _content(self) -> _Content:
        try:
            return _Content.model_validate_json(self.document)
        except ValidationError:
            raise DefinitionError(
                f"Version {self.head.version} of {self.head.id} was made by a newer program: update this program. "
                "Until then it stays as it is, nothing is lost."
            ) from None


def _named(offered: Mapping[str, T], content: object) -> list[tuple[str, T]]:
    """What the content names in whatever way, be it in a condition or within a text; a little more does no harm."""
    named = set(_NAME.findall(json.dumps(content, ensure_ascii=False)))
    return [(name, one) for name, one in offered.items() if name in named]


def _value(parameter: object) -> object:
    return dumped(parameter) if isinstance(parameter, BaseModel) else parameter
