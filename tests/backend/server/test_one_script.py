"""The modules of the staff page as one script."""

import gzip
import shutil
import subprocess

from fastapi.testclient import TestClient

from backend.server.one_script import one_script
from backend.staff_page import FILES

MODULES = {
    "page.js": """import { say as tell, greets } from "./views/words.js";
import * as names from "./names.js";
console.log(tell(names.$), greets.one, new names.Name().length);
""",
    "views/words.js": """import { $ } from "../names.js";
export const { greets, left } = { greets: { one: $ }, left: 1 };
export function say(what) { return `${what}!`; }
""",
    "names.js": """// Of nobody
export const $ = "李芳";
export class Name { length = $.length; }
""",
    "unused.js": "export const never = 1;\n",
}


def test_one_script_does_what_the_modules_did() -> None:
    script = one_script(MODULES, "page.js")
    assert script.count("李芳") == 1, "each module once"
    assert "never" not in script
    assert "nobody" not in script
    node = shutil.which("node")
    if node:
        ran = subprocess.run([node, "--input-type=module"], input=script, capture_output=True, text=True, check=True)
        assert ran.stdout == "李芳! 李芳 2\n"


def test_all_of_the_page_is_in_it_and_goes_packed(client: TestClient) -> None:
    address = f"/staff/static/{FILES.version}/page.js"
    answer = client.get(address)
    assert answer.headers["content-encoding"] == "gzip"
    assert not [line for line in answer.text.splitlines() if line.startswith(("import ", "export "))]
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert ("content-encoding" in plain.headers, plain.text) == (False, answer.text)
    sizes = [len(gzip.compress(FILES.get(name).body)) for name in ("page.js", "staff.css")]  # type: ignore[union-attr]
    assert sum(sizes) + len(gzip.compress(client.get("/staff").content)) < 90_000, "150 KB with what it asks then"
    assert client.get(f"/staff/static/{'0' * 16}/page.js").status_code == 404
