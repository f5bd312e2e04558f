"""The files of the staff page as they go over the line: compressed once, under an address that names their content."""

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from backend.server.one_script import one_script

PAGE = "page.js"
ALONE = ("notifier.js",)  # a worker
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class PageFile:
    """`packed` is the same by gzip."""

    media_type: str
    body: bytes
    packed: bytes


class PageFiles:
    """All files of a folder, by their names in it. `version` names what is in all of them, so whatever has it in its
    address may be kept by a browser for good. What page.js imports is in it: "views.js" are all modules of views/."""

    def __init__(self, folder: Path) -> None:
        names = sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.suffix in _TYPES)
        bodies = {name: (folder / name).read_bytes() for name in names}
        self.views = [Path(name).stem for name in names if name.startswith("views/")]
        modules = {name: bodies.pop(name).decode() for name in names if name.endswith(".js") and name not in ALONE}
        bodies[PAGE] = one_script(modules | {"views.js": self._all_views()}, PAGE).encode()
        digest = sha256()
        for name, body in bodies.items():
            digest.update(f"{name} {len(body)} ".encode() + body)
        self.version = digest.hexdigest()[:16]
        self._files = {
            name: PageFile(_TYPES[Path(name).suffix], body, gzip.compress(body)) for name, body in bodies.items()
        }

    def get(self, name: str) -> PageFile | None:
        return self._files.get(name)

    def _all_views(self) -> str:
        imports = "".join(f'import * as {one} from "./views/{one}.js";\n' for one in self.views)
        return f"{imports}export const modules = [{', '.join(self.views)}];\n"
