"""One YAML file: its data, and the line of everything in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml

from forms.reading.mistake import Flaw, Keys, Mistake

MAX_BYTES = 1_000_000
_DEEPEST = 100  # one inside the other; libyaml would overrun its stack far beyond
_MOST_VALUES = 200_000  # of what aliases (*name) unfold to
_IN_ONE_LINE = re.compile(rf"(?:[-?][ \t]+){{{_DEEPEST}}}")
# What stands in a list is called by what it is, not by its number.
_CALLED = {
    "steps": "field",
    "checks": "check",
    "choices": "choice",
    "outcomes": "outcome",
    "errands": "errand",
    "services": "errand",
}
_SYNTAX = {  # what libyaml says, as an engineer would
    "mapping values are not allowed in this context": "there is a colon where none can be, or the line is too far in",
    "could not find expected ':'": "a name without its colon",
    "did not find expected key": "this line is further in or out than those it belongs to, or a quote stands alone",
    "did not find expected ',' or ']'": "a list in [ ] is not closed, or a comma is missing",
    "did not find expected ',' or '}'": "a part in { } or a quote is not closed, or a comma is missing",
    "did not find expected node content": "a list in [ ] or a part in { } is not closed",
    "found character that cannot start any token": "a tab, or a sign that has to stand in quotes",
    "found a tab character that violates indentation": "a tab stands at the beginning of the line, where spaces belong",
    "found unexpected end of stream": "a quote is not closed",
    "did not find expected '-' indicator": "this line is further out than the list it belongs to",
}
_OPENED = ("while scanning a quoted scalar", "while parsing a flow mapping", "while parsing a flow sequence")


_NAME_AND_CHINESE_COLON = re.compile(r"[ \t-]*[A-Za-z_]+[ ]?：")


class UnreadableError(Exception):
    """The file as a whole cannot be used; `flaw` says why, `line` where."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message)
        self.flaw, self.line = Flaw((), message, hint), line


class Document:
    """`file` is how its mistakes name it. `data` is plain: dict, list, str, int, float, bool, date or None."""

    def __init__(self, file: str, node: yaml.Node, data: Any) -> None:
        self.file, self.data = file, data
        self._node = node

    @classmethod
    def read(cls, path: Path, file: str) -> "Document":
        """UnreadableError when there is no YAML, or too much."""
        text = read_text(path)
        if _is_too_deep(text):
            raise UnreadableError("one thing lies inside the other more than a hundred times", "Close each bracket.")
        try:
            loader = yaml.CSafeLoader(text)
            node = loader.get_single_node()
            if node is None:
                raise UnreadableError("the file is empty", "Write 'name: value' lines, or take the file away.")
            _refuse_bombs(node)
            return cls(file, node, _constructed(loader, node))
        except yaml.MarkedYAMLError as error:
            line = min(_begun(error), len(text.rstrip().splitlines()))  # libyaml may stop after the last one
            if chinese := _chinese_colon(text, line):
                raise UnreadableError("the colon here is the Chinese one (：)", "Write ': '.", chinese) from error
            said = _SYNTAX.get(str(error.problem), str(error.problem))
            raise UnreadableError(f"this is not valid YAML: {said}", "Mend it there.", line) from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else 1
            raise UnreadableError(f"this is not valid YAML: {error.reason}", "Take that sign out.", line) from error
        except RecursionError as error:
            raise UnreadableError("one thing lies inside the other too often", "Write it flatter.") from error

    def with_steps(self, origins: Sequence[int]) -> "Document":
        """The same as if a step that stands for several stood there as often: `origins` are the numbers of those that
        are written."""
        places = [
            (name, yaml.SequenceNode(steps.tag, [steps.value[at] for at in origins], steps.start_mark, steps.end_mark))
            if name.value == "steps"
            else (name, steps)
            for name, steps in self._node.value
        ]
        node = yaml.MappingNode(self._node.tag, places, self._node.start_mark, self._node.end_mark)
        return Document(self.file, node, {**self.data, "steps": [self.data["steps"][at] for at in origins]})

    @property
    def stem(self) -> str:
        return Path(self.file).stem

    def twice(self) -> Iterator[Mistake]:
        """Names that stand twice in one place: YAML would quietly keep the second."""
        for keys, name in _twice(self._node, ()):
            line = int(name.start_mark.line) + 1
            yield Mistake(self.file, line, self.where(keys), f"{name.value} twice", "Take one of the two away.")

    def line(self, keys: Keys, word: str = "") -> int:
        """Where that begins, from 1; of what is not there, where that begins in which it should be."""
        at, node = self._node, self._node
        for key in keys:
            found = _step(node, key)
            if found is None:
                break
            at, node = found
        if word and (written := _written(node, str.__eq__, word) or _written(node, str.__contains__, word)):
            at = written
        return int(at.start_mark.line) + 1

    def where(self, keys: Keys) -> str:
        """The place in words: field phone > label > en."""
        named: list[str] = []
        data, above = self.data, ""
        for key in keys:
            data = _value(data, key)
            if isinstance(key, int):
                named = [*named[:-1], _named(above, key, data)] if above in _CALLED else [*named, _named("", key, data)]
            else:
                above = key
                named.append(key)
        return " > ".join(named)

    def mistake(self, flaw: Flaw) -> Mistake:
        line = self.line(flaw.keys, flaw.word)
        return Mistake(self.file, line, self.where(flaw.keys), flaw.message, flaw.hint)


def read_text(path: Path) -> str:
    """All of a text file; UnreadableError."""
    try:
        if not path.is_file():
            raise UnreadableError("this is no file that can be read", "Put a text file there, or take it away.")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise UnreadableError("the file is larger than 1 MB and is not read", "Make it smaller, or take it away.")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"it cannot be read ({error.strerror})", "Mend its rights, or take it away.") from error
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError("this is not UTF-8 text", "Save it again as UTF-8.", line) from error


def _chinese_colon(text: str, line: int) -> int | None:
    """The line with one after a name, of this line and the one before it: YAML misses the colon only in the next."""
    lines = text.splitlines()
    return next(
        (at for at in (line - 1, line) if 0 < at <= len(lines) and _NAME_AND_CHINESE_COLON.match(lines[at - 1])), None
    )


def _begun(error: yaml.MarkedYAMLError) -> int:
    """The line of the mistake: where a quote or bracket that is not closed begins, else where reading stopped."""
    opened = error.context in _OPENED
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    return int(mark.line) + 1 if mark else 1


def _is_too_deep(text: str) -> bool:
    depths = accumulate(1 if one in "[{" else -1 for one in re.findall(r"[][{}]", text))
    return max(depths, default=0) > _DEEPEST or _IN_ONE_LINE.search(text) is not None


def _refuse_bombs(top: yaml.Node) -> None:
    """A few lines of aliases can unfold to more than any memory holds."""
    sizes: dict[int, int] = {}

    def size(node: yaml.Node) -> int:
        if not isinstance(node, yaml.CollectionNode):
            return 1
        if id(node) not in sizes:
            sizes[id(node)] = _MOST_VALUES  # meets itself: endless
            pairs = isinstance(node, yaml.MappingNode)
            inside = [one for pair in node.value for one in pair] if pairs else node.value
            sizes[id(node)] = 1 + sum(map(size, inside))
        return sizes[id(node)]

    if size(top) > _MOST_VALUES:
        raise UnreadableError("its aliases (*name) unfold to far too much", "Write it out instead.")


def _constructed(loader: Any, node: yaml.Node) -> Any:
    """The data; what looks like a day or a number and is none is text, of which its key then says that it is wrong."""
    try:
        return loader.construct_document(node)
    except ValueError:
        for one in _scalars(node):
            try:
                yaml.SafeLoader("").construct_object(one)
            except ValueError:
                one.tag = "tag:yaml.org,2002:str"
        return yaml.SafeLoader("").construct_document(node)  # the other has kept halves of it


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    for one in node.value if isinstance(node, yaml.CollectionNode) else ():
        for inside in one if isinstance(one, tuple) else (one,):
            yield from _scalars(inside)


def _twice(node: yaml.Node, keys: Keys) -> Iterator[tuple[Keys, yaml.ScalarNode]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield keys, key
                seen.add(key.value)
                yield from _twice(value, (*keys, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, one in enumerate(node.value):
            yield from _twice(one, (*keys, number))


def _step(node: yaml.Node, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """What says where that begins (a key, or an item of a list), and its value."""
    if isinstance(node, yaml.MappingNode):
        found = [(name, value) for name, value in node.value if getattr(name, "value", None) == str(key)]
        return found[0] if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None


def _written(node: yaml.Node, fits: Callable[[str, str], bool], word: str) -> yaml.Node | None:
    """The first place where that stands, as a value or a name."""
    if isinstance(node, yaml.ScalarNode):
        return node if fits(node.value, word) else None
    for one in node.value if isinstance(node, yaml.CollectionNode) else ():
        for inside in one if isinstance(one, tuple) else (one,):
            if found := _written(inside, fits, word):
                return found
    return None


def _value(data: Any, key: str | int) -> Any:
    if isinstance(data, dict):
        return data.get(key)
    return data[key] if isinstance(data, list) and isinstance(key, int) and key < len(data) else None


def _named(above: str, number: int, item: Any) -> str:
    called = _CALLED.get(above, "")
    name = (
        next((item[key] for key in ("id", "repeat", "use", "service") if key in item), None)
        if isinstance(item, dict)
        else None
    )
    if isinstance(item, dict) and "repeat" in item:
        called = "repeat"
    return f"{called} {number + 1 if name is None else name}".strip()
