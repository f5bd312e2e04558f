"""Imports go one way, as docs/architecture.md says."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from project import ROOT

PACKAGES = ("ui", "kiosk", "voice", "offline_cache", "backend", "forms", "protocol")
# What a package may import of ours beside itself: whole packages, or single modules.
ALLOWED = {
    "ui": ("kiosk", "voice", "offline_cache", "forms"),
    "kiosk": ("voice", "offline_cache", "forms", "protocol"),
    "voice": (),
    "offline_cache": ("protocol",),
    "backend": ("forms", "protocol"),
    "forms": ("protocol",),  # which queries there are, what can be printed
    "protocol": (),
}
# The rooms of a package, from the top down: each may import itself and those that come after it.
ROOMS = {
    "kiosk": (
        *("cli", "testing", "commands", "processes", "operations", "checks", "walk", "session", "screens", "queries"),
        *("hall", "intents", "derived", "state", "entry", "devices", "texts"),
    ),
    "ui": ("commands", "devtools", "processes", "window", "input", "layout", "speech", "widgets", "look"),
    "voice": ("training", "recognition", "devices", "speech", "audio"),
    "backend": (
        *(
            "demo",
            "cli",
            "serve",
            "app",
            "answers",
            "rooms",
            "staff_page",
            "queries",
            "health",
            "carrying",
            "backups",
            "privacy",
            "phone_page",
            "rulings",
            "after_sending",
            "offices",
            "work_orders",
            "assisting",
            "casework",
            "submissions",
            "decisions",
            "calls",
            "queue",
            "catalogue",
            "rules",
        ),
        *("kiosks", "reading", "accounts", "audit", "hall", "providers", "definitions", "events", "server"),
        "foundation",
        "migrations",
    ),
}
MOST_MODULES = 16  # in a folder
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, inside functions too: `from a.b import c` gives a.b.c when that is a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written in full"
            for alias in node.names:
                inner = ROOT.joinpath(*node.module.split("."), alias.name)
                is_module = inner.is_dir() or inner.with_suffix(".py").exists()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """The folder that a module lies in; one that lies beside the rooms of its package is a room of its own."""
    folder = module.rpartition(".")[0]
    return folder if "." in folder and module not in PACKAGE_MODULES else module


MODULES = {module_of(path): path for path in FILES}
PACKAGE_MODULES = {module for module, path in MODULES.items() if path.name == "__init__.py"}
IMPORTS = {module: {one for one in imported(path) if one in MODULES} for module, path in MODULES.items()}


def graph(node: Callable[[str], str]) -> dict[str, set[str]]:
    """Which imports which, type-only imports included, where `node` names what a module belongs to."""
    found: dict[str, set[str]] = {}
    for module, imports in IMPORTS.items():
        found.setdefault(node(module), set()).update({node(one) for one in imports} - {node(module)})
    return found


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle of a graph, its first node again at the end; [] when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        nodes: list[str] = error.args[1]
        return nodes
    return []


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    may = (package, *ALLOWED[package])
    ours = [module for module in imported(path) if module.partition(".")[0] in PACKAGES]
    wrong = [module for module in ours if not any(inside(module, one) for one in may)]
    assert not wrong, f"{name_of(path)} imports {', '.join(wrong)}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_qt_stays_in_ui_and_one_file_of_voice(path: Path) -> None:
    name = name_of(path)
    if not name.startswith("ui/") and name != "voice/devices/qt_audio.py":
        assert not [module for module in imported(path) if inside(module, "PySide6")]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_ciphers_are_used_in_one_module(path: Path) -> None:
    if name_of(path) != "protocol/aes_gcm.py":
        assert not [module for module in imported(path) if inside(module, "cryptography.hazmat.primitives.ciphers")]


@pytest.mark.parametrize("node", [str, room_of], ids=["modules", "rooms"])
def test_no_circle_of_imports(node: Callable[[str], str]) -> None:
    assert not circle(graph(node))


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c", "d"}, "c": {"a"}}) == ["a", "c", "b", "a"]
    assert not circle({"a": {"b", "c"}, "b": {"c"}})


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_import_what_comes_after_them(package: str) -> None:
    rooms = ROOMS[package]
    inside_package = {module: module.split(".")[1] for module in MODULES if module.startswith(f"{package}.")}
    assert set(inside_package.values()) == set(rooms), "every room has its place in the list"
    for module, room in inside_package.items():
        above = rooms[: rooms.index(room)]
        assert not [one for one in IMPORTS[module] if inside_package.get(one) in above], module


@pytest.mark.parametrize("package", PACKAGES)
def test_a_folder_has_few_modules(package: str) -> None:
    own = (path for path in FILES if inside(module_of(path), package) and path.name != "__init__.py")
    many = Counter(path.parent for path in own if path.parent.name != "versions")  # one for each change of the database
    assert not {name_of(folder): count for folder, count in many.items() if count > MOST_MODULES}


def test_what_is_played_is_for_the_demo_and_tests() -> None:
    allowed = ("kiosk.testing", "ui.devtools")
    others = [module for module in MODULES if not any(inside(module, one) for one in allowed)]
    assert not [one for one in others if any(inside(name, "kiosk.testing") for name in IMPORTS[one])]


def test_a_hall_that_runs_reads_nothing_that_is_played() -> None:
    """The command of the demo is found by its name; it reads the rest only once it runs."""
    inside_room = [module for module in MODULES if inside(module, "backend.demo")]
    others = [module for module in MODULES if module not in inside_room]
    assert not [one for one in others if any(inside(name, "backend.demo") for name in IMPORTS[one])]
    command = ast.parse(MODULES["backend.demo.commands"].read_text("utf-8"))
    at_once = [one.module or "" for one in command.body if isinstance(one, ast.ImportFrom)]
    assert not [one for one in at_once if inside(one, "backend.demo")]


def test_the_state_is_written_in_one_room() -> None:
    """`session.state.look = …` and the like stand in kiosk/session alone."""
    for path in FILES:
        if path.is_relative_to(ROOT / "kiosk" / "session") or path.parts[len(ROOT.parts)] not in ("kiosk", "ui"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            targets = [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else targets
            for target in targets:
                owner = target.value if isinstance(target, ast.Attribute) else None
                of_session = isinstance(owner, ast.Attribute) and owner.attr == "state"
                assert not of_session, f"{name_of(path)}:{node.lineno} writes the state"
