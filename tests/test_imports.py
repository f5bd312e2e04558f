"""Imports go one way, as docs/architecture.md says."""

import ast
from collections.abc import Iterator
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
    "forms": (),
    "protocol": (),
}
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


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    may = (package, *ALLOWED[package])
    ours = [module for module in imported(path) if module.partition(".")[0] in PACKAGES]
    wrong = [module for module in ours if not any(inside(module, one) for one in may)]
    assert not wrong, f"{name_of(path)} imports {', '.join(wrong)}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_widgets_and_devices_know_qt(path: Path) -> None:
    name = name_of(path)
    if not name.startswith("ui/") and name != "voice/devices.py":
        assert not [module for module in imported(path) if inside(module, "PySide6")]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_ciphers_are_used_in_one_module(path: Path) -> None:
    if name_of(path) != "protocol/aes_gcm.py":
        assert not [module for module in imported(path) if inside(module, "cryptography.hazmat.primitives.ciphers")]
