"""The drawings of a county: icons and pictures that a program can draw without danger."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from forms.reading.document import MAX_BYTES
from forms.reading.mistake import Mistake

FOLDERS = ("icons", "pictures")


def wrong_with_drawing(path: Path) -> str | None:
    """Why that file cannot be drawn, None when it can."""
    try:
        if not path.is_file():
            return "this is no file that can be read"
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return "the drawing is larger than 1 MB and is not shown"
        if b"<!ENTITY" in content:
            return "the drawing defines entities, which are not taken"
        root = ElementTree.fromstring(content)
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        return f"this is no SVG drawing ({error})"
    return None if root.tag.rpartition("}")[2] == "svg" else "this is no SVG drawing"


def wrong_drawings(county: Path) -> Iterator[Mistake]:
    """Of the county's folder: each drawing that is left out."""
    for name in FOLDERS:
        folder = county / name
        try:
            paths = sorted(folder.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Mistake(name, 1, "", f"the folder cannot be read ({error.strerror})", "Mend its rights.")
            continue
        for path in paths:
            if path.suffix == ".svg":
                if wrong := wrong_with_drawing(path):
                    yield Mistake(f"{name}/{path.name}", 1, "", wrong, "Save it again as plain SVG.")
            elif path.suffix.lower() in (".png", ".jpg", ".jpeg", ".gif", ".svgz", ".svg"):
                yield Mistake(
                    f"{name}/{path.name}", 1, "", "only drawings that end in .svg are shown", "Make it an SVG."
                )
