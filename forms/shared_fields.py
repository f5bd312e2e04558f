"""The questions of fields.yaml, which services use by name: one by one, or several that are asked together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.field import Field, kinds
from forms.reading.examine import examine
from forms.reading.folders import Folders
from forms.reading.mistake import Flaw, Keys, did_you_mean

TOGETHER = "together"  # of a name that stands for several questions: theirs, in order
_STAND_IN = {"type": "person_name", "tier": "L3", "label": {"zh": "x", "en": "x"}, "question": {"zh": "x", "en": "x"}}


@dataclass(frozen=True)
class FilledIn:
    """Steps with the questions in place of their names; `origins` tells of each which of the written steps it was."""

    steps: list[Any]
    origins: list[int]
    flaws: list[Flaw]


class SharedFields:
    """What is written of each question, where the whole of it is right."""

    def __init__(self, folders: Folders) -> None:
        self._bodies: dict[str, Mapping[str, Any]] = {}
        self._together: dict[str, list[str]] = {}
        self._broken: set[str] = set()
        for _, document in folders.documents("fields.yaml"):
            for name, body in document.data.items():
                is_together = isinstance(body, dict) and TOGETHER in body
                flaws = list(self._wrong_names(body) if is_together else _wrong_field(name, body))
                for flaw in flaws:
                    folders.tell(document, flaw.under((name,)))
                if flaws:
                    self._broken.add(name)
                elif is_together:
                    self._together[name] = body[TOGETHER]
                else:
                    self._bodies[name] = body if kinds()[body["type"]].asked_anew else {"about": name, **body}

    def _wrong_names(self, body: Mapping[str, Any]) -> Iterator[Flaw]:
        """Of a name that stands for several: they have to be there already, above it or in the shipped file."""
        for key in body:
            if key != TOGETHER:
                yield Flaw((key,), f"there is nothing called {key!r} beside {TOGETHER}", "Take it out.")
        names = body[TOGETHER]
        if not isinstance(names, list) or not names:
            yield Flaw((TOGETHER,), f"{TOGETHER} has to be a list of questions of fields.yaml")
            return
        for number, name in enumerate(names):
            if not isinstance(name, str) or name not in self._bodies:
                hint = did_you_mean(name, self._bodies) or "Write it above this."
                yield Flaw((TOGETHER, number), f"there is no question {name!r} yet", hint)

    def filled_in(self, steps: list[Any], at: Keys = ("steps",)) -> FilledIn:
        """The steps of a service, those within repeats too."""
        filled, origins, flaws = list[Any](), list[int](), list[Flaw]()
        for number, step in enumerate(steps):
            place = len(filled)
            used = step.get("use") if isinstance(step, dict) else None
            if isinstance(used, str) and used in self._together and at == ("steps",):
                found, flaw = self._all_of(step)
                filled += found
            elif isinstance(step, dict) and "use" in step:
                whole, flaw = self._one(step)
                filled.append(whole)
            else:
                flaw = None
                if isinstance(step, dict) and isinstance(step.get("steps"), list):
                    inside = self.filled_in(step["steps"], (*at, place, "steps"))
                    flaws += inside.flaws
                    step = {**step, "steps": inside.steps}
                filled.append(step)
            origins += [number] * (len(filled) - place)
            flaws += [flaw.under((*at, place))] if flaw else []
        return FilledIn(filled, origins, flaws)

    def _all_of(self, step: Mapping[str, Any]) -> tuple[list[Any], Flaw | None]:
        """A step `use: NAME` of a name that stands for several; `relevant` beside it is that of them all."""
        other = next((key for key in step if key not in ("use", "relevant")), None)
        flaw = None
        if other is not None:
            said = f"{step['use']} stands for several questions, which have no {other} of their own here"
            each = ", ".join(self._together[step["use"]])
            flaw = Flaw((other,), said, f"Take it out, or use each of them instead: {each}.")
        relevant = {"relevant": step["relevant"]} if "relevant" in step else {}
        return [{"id": name, **self._bodies[name], **relevant} for name in self._together[step["use"]]], flaw

    def _one(self, step: Mapping[str, Any]) -> tuple[Any, Flaw | None]:
        """A step `use: NAME` filled in; keys beside `use` override the shared ones."""
        name = step["use"]
        own = {key: value for key, value in step.items() if key != "use"}
        if isinstance(name, str) and name in self._bodies:
            return {"id": name, **self._bodies[name], **own}, None
        broken = isinstance(name, str) and name in self._broken
        why = "which is broken: mend fields.yaml" if broken else "which fields.yaml does not define"
        if isinstance(name, str) and name in self._together:
            why = "which stands for several, and not within a repeat"
        said = f"it uses the shared field {name!r}, {why}"
        flaw = Flaw(("use",), said, did_you_mean(name, self._bodies), missing=("fields.yaml", str(name)))
        return {"id": str(name), **_STAND_IN, "example": "王秀英", **own}, flaw


def _wrong_field(name: object, body: object) -> Iterator[Flaw]:
    if isinstance(body, dict):
        yield from examine(Field, {"id": name, **body}).flaws
    else:
        yield Flaw((), "it has to say what the field is, as 'name: value' lines")
