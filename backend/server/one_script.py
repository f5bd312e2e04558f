"""The modules of the staff page as one script: a slow line pays for each question anew, and there are some fifty.

Only what our modules do is understood: `import { a, b as c } from "./x.js"`, `import * as a from "./x.js"`, and
`export` before a const, function or class that never changes. No two import each other. Lines of comment stay here.
"""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

_IMPORT = re.compile(r'^import (?:\{([^}]*)\}|\* as (\w+)) from "(\.[^"]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|function|class) (?:\{([^}]*)\}|([\w$]+)))", re.MULTILINE)


def one_script(modules: Mapping[str, str], first: str) -> str:
    """What `first` runs, with all that it imports before it; `modules` by their names, such as "views/calls.js"."""
    names: dict[str, str] = {}
    parts: list[str] = []

    def add(name: str) -> None:
        if name in names:
            return
        for _, _, other in _IMPORT.findall(modules[name]):
            add(_named(other, name))
        names[name] = f"m{len(names)}"
        parts.append(_wrapped(modules[name], name, names))

    add(first)
    return "".join(parts)


def _wrapped(text: str, name: str, names: Mapping[str, str]) -> str:
    """The module as an object of what it exports; `names` are those of the modules before it, and its own."""

    def taken(found: re.Match[str]) -> str:
        what = found[2] or f"{{{found[1].replace(' as ', ': ')}}}"
        return f"const {what} = {names[_named(found[3], name)]};\n"

    exported = ", ".join(one.strip() for found in _EXPORT.findall(text) for one in (found[0] or found[1]).split(","))
    body = _EXPORT.sub("", _IMPORT.sub(taken, _COMMENT.sub("", text)))
    return f"const {names[name]} = (() => {{ // {name}\n{body}return {{ {exported} }};\n}})();\n"


def _named(address: str, by: str) -> str:
    return normpath(join(dirname(by), address))
