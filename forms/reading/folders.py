"""The shipped files, and the county's laid over them: what cannot be read is told and left out."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from forms.reading.document import Document, UnreadableError
from forms.reading.examine import examine
from forms.reading.mistake import SHIPPED, Flaw, Mistake, did_you_mean

Source = Literal["shipped", "county"]
Fits = Callable[[str, Any], Iterable[Flaw]]  # of a name and its item: what does not fit
# What a county's folder may hold.
FILES = (
    *("county.yaml", "counters.yaml", "fields.yaml", "groups.yaml", "messages.yaml", "parameters.yaml"),
    *("pictures.yaml", "regions.yaml", "requests.yaml", "strings.yaml", "words.txt"),
)
FOLDERS = ("events", "hall", "icons", "pictures", "policies", "prompts", "services")
RULES = "rules.json"  # of the shipped files alone: the hashes of their checks


@dataclass
class Folders:
    """`mistakes` grows while files are read."""

    assets: Path
    county: Path | None = None
    shipped: bool = True  # False: the county's alone
    mistakes: list[Mistake] = field(default_factory=list)
    of_county: dict[str, Document] = field(default_factory=dict)  # its files that were read, services aside
    left_out: set[tuple[str, str]] = field(default_factory=set)  # file and name; "" for all of a file

    def layers(self) -> Iterator[tuple[Source, Path, str]]:
        """Shipped first: each with how its files are called."""
        if self.shipped:
            yield "shipped", self.assets, SHIPPED
        if self.county is not None:
            yield "county", self.county, ""

    def documents(self, name: str) -> Iterator[tuple[Source, Document]]:
        """That file of each layer; of the county's only where there is one."""
        for source, folder, prefix in self.layers():
            if source == "shipped" or os.path.lexists(folder / name):
                document = self.read(folder / name, prefix + name)
                if document is not None:
                    if source == "county":
                        self.of_county[name] = document
                    yield source, document

    def read(self, path: Path, file: str) -> Document | None:
        """None where it cannot be used as a whole, which is told."""
        try:
            document = Document.read(path, file)
        except UnreadableError as error:
            flaw = error.flaw
            self.mistakes.append(Mistake(file, error.line, "", flaw.message, flaw.hint))
            self.left_out.add((file.removeprefix(SHIPPED), ""))
            return None
        self.mistakes += document.twice()
        if isinstance(document.data, dict):
            return document
        self.tell(document, Flaw((), "the file has to be 'name: value' lines; it is not"))
        return None

    def tell(self, document: Document, flaw: Flaw) -> None:
        """Unless it only follows from what was told of another file."""
        file, name = flaw.missing or ("", "")
        if self.left_out.isdisjoint({(file, name), (file, "")}):
            self.mistakes.append(document.mistake(flaw))

    def items(
        self, name: str, kind: Any, part: str, fits: Fits = lambda key, item: (), also: Sequence[str] = ()
    ) -> dict[str, Any]:
        """What a file holds under the key `part`, by its names, the county's over the shipped. What is broken, or does
        not fit, is told and left out. `also`: what else the file may hold."""
        found: dict[str, Any] = {}
        for _, document in self.documents(name):
            for key, item in self._part(document, part, also).items():
                keys = (part, key)
                if not isinstance(key, str):
                    self.tell(document, Flaw(keys, f"the name {key!r} is no text", "Put it in quotes."))
                    continue
                examined = examine(kind, item)
                flaws = list(examined.flaws)
                if examined.value is not None:
                    flaws += [flaw for flaw in fits(key, examined.value) if examined.news(flaw)]
                for flaw in flaws:
                    self.tell(document, flaw.under(keys))
                if flaws:
                    self.left_out.add((name, key))
                else:
                    found[key] = examined.value
        return found

    def _part(self, document: Document, part: str, also: Sequence[str]) -> dict[Any, Any]:
        """What stands under the one key of a file; what else stands there is told."""
        for key in document.data:
            if key != part and key not in also:
                parts = sorted([part, *also])
                hint = did_you_mean(key, parts) or f"All stands under {' or '.join(f'{one}:' for one in parts)}."
                self.tell(document, Flaw((key,), f"there is nothing called {key!r} here", hint))
        if part not in document.data and also:
            return {}
        inside = document.data.get(part)
        if isinstance(inside, dict):
            return inside
        self.tell(document, Flaw((part,), f"{part} has to be 'name: value' lines", lacking=part))
        self.left_out.add((document.file.removeprefix(SHIPPED), ""))
        return {}

    def within(self, name: str) -> Iterator[tuple[Source, Document]]:
        """Each file of the folder of that name, as services, that can be read."""
        for source, folder, prefix in self.layers():
            for path in self.listed(folder / name, prefix + name):
                file = f"{prefix}{name}/{path.name}"
                if path.suffix == ".yaml":
                    document = self.read(path, file)
                    if document is not None:
                        yield source, document
                elif not path.name.startswith(".") and path.suffix.lower() in (".yml", ".yaml", ".json"):
                    hint = f"Name it {path.stem}.yaml."
                    self.mistakes.append(Mistake(file, 1, "", f"a file that ends in {path.suffix} is not read", hint))
                elif path.is_dir():
                    hint = f"Put its files into {name}/ itself."
                    self.mistakes.append(Mistake(file, 1, "", f"a folder within {name}/ is not read", hint))

    def listed(self, folder: Path, file: str) -> list[Path]:
        """What is in a folder, which is called `file`; nothing where it cannot be read, which is told."""
        try:
            return sorted(folder.iterdir()) if os.path.lexists(folder) else []
        except OSError as error:
            said = f"the folder cannot be read ({error.strerror})"
            self.mistakes.append(Mistake(file, 1, "", said, "Mend its rights, or take it away."))
            return []

    def tell_what_is_not_read(self) -> None:
        """Of the county's folder: names that nothing reads."""
        if self.county is None:
            return
        if not os.path.isdir(self.county):
            hint = "Make it, or mend the setting county."
            self.mistakes.append(Mistake(str(self.county), 1, "", "there is no such folder", hint))
            self.county = None
            return
        for path in self.listed(self.county, str(self.county)):
            known = FOLDERS if path.is_dir() else FILES
            if path.name in known or path.name.startswith(".") or path.suffix.lower() in (".md", ".txt~", ".bak"):
                continue
            if path.is_dir() or path.suffix.lower() in (".yaml", ".yml", ".json", ".txt"):
                hint = did_you_mean(path.name, known) or f"What is read: {', '.join(known)}."
                self.mistakes.append(Mistake(path.name, 1, "", "nothing reads this", hint))
