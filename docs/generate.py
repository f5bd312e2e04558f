"""Fills the generated parts of docs/services.md and docs/settings.md: `make docs`, or python docs/generate.py.
assets/rules.json is written anew too: look in the diff that only such checks changed as were meant to.

A part stands between `<!-- generated: WHAT -->` and `<!-- end -->`; what is between other lines is written by hand. The
sentences stand beside each key in the models, the examples in docs/examples/.
"""

import io
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import yaml  # noqa: E402
from pydantic import BaseModel  # noqa: E402
from pydantic.fields import FieldInfo  # noqa: E402

from backend.cli import main as hall  # noqa: E402
from backend.foundation.settings import SET_BY  # noqa: E402
from backend.foundation.settings import Settings as HallSettings  # noqa: E402
from forms.calculations import Calculation  # noqa: E402
from forms.expressions.parameters import DatedValue, Parameter  # noqa: E402
from forms.field import Choice, Field  # noqa: E402
from forms.home.counters import CounterErrand, Counters  # noqa: E402
from forms.home.events import EventErrand, LifeEvent  # noqa: E402
from forms.home.groups import ServiceGroup  # noqa: E402
from forms.load import County  # noqa: E402
from forms.reference import markdown  # noqa: E402
from forms.reference.manifest import manifest  # noqa: E402
from forms.repeats import Repeat  # noqa: E402
from forms.service import Check, Outcome, Prerequisite, Reuse, Service  # noqa: E402
from forms.shared_fields import TOGETHER  # noqa: E402
from forms.texts import Phrases, Spoken, Text  # noqa: E402
from kiosk.operations.settings import PREFIX, Settings  # noqa: E402

ASSETS = ROOT / "assets"
DOCUMENTS = (ROOT / "docs" / "services.md", ROOT / "docs" / "settings.md")
EXAMPLES = ROOT / "docs" / "examples"
MODELS = (
    *(Service, Field, Choice, Repeat, Calculation, Check, Reuse, Outcome, Prerequisite, Text, Spoken, Phrases),
    *(County, Parameter, DatedValue, Counters, CounterErrand, ServiceGroup, LifeEvent, EventErrand),
)
_PART = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_examples(folder: str, named: Callable[[], object]) -> Callable[[], str]:
    """All names; for each a heading, what it is, and its example: FileNotFoundError for one that has none yet."""

    def part() -> str:
        each = [(name, f"### `{name}`\n{about}\n\n{example(f'{folder}/{name}')}") for name, about in named()]
        return "\n\n".join([", ".join(f"`{name}`" for name, _ in each), *(text for _, text in each)])

    return part


def example(name: str) -> str:
    return f"```yaml\n{(EXAMPLES / f'{name}.yaml').read_text('utf-8').strip()}\n```"


def settings(model: type[BaseModel], set_by: Callable[[str], str]) -> str:
    rows = [
        (f"`{name}`", set_by(name), markdown.takes_setting(info), usual(info), info.description or "")
        for name, info in model.model_fields.items()
    ]
    return markdown.markdown_table(("name", "set by", "takes", "usual", "what it does"), rows)


def usual(info: FieldInfo) -> str:
    """The default, without paths of this machine."""
    value = info.get_default(call_default_factory=False)
    if info.is_required() or info.default_factory:
        return "see right"
    if isinstance(value, Path):
        return f"`{value.relative_to(ROOT)}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value}`" if value not in ("", None) else "none"


def help_of(command: str) -> str:
    os.environ["COLUMNS"] = "100"
    with redirect_stdout(io.StringIO()) as printed, suppress(SystemExit):
        hall([command, "--help"])
    return printed.getvalue()


def shared_questions() -> str:
    fields = yaml.safe_load((ASSETS / "fields.yaml").read_text("utf-8"))
    rows = [
        (f"`{name}`", *(("; ".join(field[TOGETHER]), "", "several") if TOGETHER in field else
         (field["question"]["zh"], field["question"]["en"], f"`{field['type']}`")))
        for name, field in fields.items()
    ]  # fmt: skip
    return markdown.markdown_table(("use", "asks", "in English", "kind"), rows)


def drawings(folder: str) -> str:
    return ", ".join(f"`{path.stem}`" for path in sorted((ASSETS / folder).glob("*.svg")))


PARTS: Mapping[str, Callable[[], str]] = {
    **{f"keys of {model.__name__}": lambda model=model: markdown.table(model) for model in MODELS},
    "kinds of field": with_examples("fields", markdown.field_kinds),
    "conditions": with_examples("conditions", markdown.conditions),
    "values": with_examples("values", markdown.values),
    "shared questions": shared_questions,
    "icons": lambda: drawings("icons"),
    "pictures": lambda: drawings("pictures"),
    "settings of the kiosk": lambda: settings(Settings, lambda name: f"`{PREFIX}{name.upper()}`"),
    "settings of the hall": lambda: settings(HallSettings, SET_BY.__getitem__),
    "hall serve": lambda: f"```\n{help_of('serve')}```",
}


def filled(document: Path) -> str:
    """The document with its generated parts as they are now; KeyError for a part that nobody knows."""

    def fill(part: re.Match[str]) -> str:
        before, what, after = part.groups()
        text = example(what.removeprefix("example ")) if what.startswith("example ") else PARTS[what]()
        return f"{before}{text}\n{after}"

    return _PART.sub(fill, document.read_text("utf-8"))


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(filled(document), "utf-8")
    (ASSETS / "rules.json").write_text(manifest(ASSETS), "utf-8")
