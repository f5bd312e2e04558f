"""A small model of words with a lookahead graph, as the official one has, to run voice/recognition/official.py on.

Its ears are the bundled model's; its words are the characters of the texts in assets/ and the pairs of characters that
they repeat. Needs Debian's libfst-tools and libfst22-plugins-base.

    python tests/support/standin_model.py FOLDER
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from project import ROOT

from voice.recognition.graph import EPSILON, Graph, _Node
from voice.recognition.pinyin import phones_of, readings, syllable_phones
from voice.recognition.syllables import SYLLABLES

BUNDLED = ROOT / "assets" / "voice_model"
UNKNOWN = "[unk]"
UNKNOWN_COST = 7.0  # of each syllable that is no word; 0 hears nothing else, 20 never
WORD_COST = 4.0  # of each word when any may follow any
PLUGINS = Path("/usr/lib/x86_64-linux-gnu/fst/22")
_SETTINGS = """--min-active=200
--max-active=3000
--beam=16.0
--lattice-beam=6.0
--acoustic-scale=1.0
--frame-subsampling-factor=3
--endpoint.silence-phones=1
"""


def missing_tools() -> str:
    """Why no stand-in can be made on this machine, "" when it can."""
    if not shutil.which("fstconvert") or not (PLUGINS / "olabel_lookahead-fst.so").exists():
        return "needs the packages libfst-tools and libfst22-plugins-base"
    return ""


def make(folder: Path, unknown: str = UNKNOWN) -> Path:
    """Writes the model to `folder`, without a manifest; `unknown` is its word for what it does not know."""
    words = vocabulary()
    for part in ("am/final.mdl", "conf/mfcc.conf"):
        (folder / part).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(BUNDLED / part, folder / part)
    (folder / "conf" / "model.conf").write_text(_SETTINGS)
    graph = folder / "graph"
    graph.mkdir()
    (graph / "disambig_tid.int").write_text("")
    _run("fstarcsort --sort_type=olabel", graph, source=_words_graph(words).to_bytes(), target="HCL.fst")
    _run("fstconvert --fst_type=olabel_lookahead --save_relabel_opairs=pairs HCL.fst HCLr.fst", graph)
    relabelled = dict(map(int, line.split()) for line in (graph / "pairs").read_text().splitlines())
    names = {relabelled[number]: word for number, word in enumerate([*words, unknown], 1)}
    (graph / "names").write_text("<eps> 0\n" + "".join(f"{name} {number}\n" for number, name in names.items()))
    cost = WORD_COST
    lines = [f"0 0 {name} {name} {cost}\n" for name in names.values()]
    (graph / "G.txt").write_text("".join(lines) + f"0 {cost}\n")
    symbols = "--isymbols=names --osymbols=names --keep_isymbols --keep_osymbols"
    _run(f"fstcompile {symbols} G.txt G.fst", graph)
    _run("fstarcsort --sort_type=ilabel G.fst Gs.fst", graph)
    _run("fstconvert --fst_type=const Gs.fst Gr.fst", graph)
    for scratch in ("HCL.fst", "pairs", "names", "G.txt", "G.fst", "Gs.fst"):
        (graph / scratch).unlink()
    return folder


def vocabulary() -> list[str]:
    """Every character of the texts in assets/ and of the test phrases, and the pairs that come twice or more."""
    files = [*sorted((ROOT / "assets").rglob("*.yaml")), ROOT / "voice" / "training" / "clips" / "development.txt"]
    runs = [run for path in files for run in re.findall(r"[\u4e00-\u9fff]+", path.read_text(encoding="utf-8"))]
    pairs = Counter(run[at : at + 2] for run in runs for at in range(len(run) - 1))
    unsounded = set("嗯哼")
    return sorted({*"".join(runs), *(pair for pair, times in pairs.items() if times > 1)} - unsounded)


def _words_graph(words: list[str]) -> Graph:
    """Any words in any order; the word is told after its last sound, and silence may be anywhere between."""
    graph = Graph()
    root = _Node(graph)
    graph.final.add(root.rest)
    sounds = [(phones_of(reading), number, 0.0) for number, word in enumerate(words, 1) for reading in readings(word)]
    sounds += [(syllable_phones(syllable), len(words) + 1, UNKNOWN_COST) for syllable in SYLLABLES]
    for phones, number, cost in sounds:
        node = root
        for phone in phones:
            node = node.follow(graph, phone)
        for state in node.ends:
            graph.arc(state, EPSILON, number, root.rest, cost)
    return graph


def _run(command: str, folder: Path, source: bytes | None = None, target: str = "") -> None:
    environment = {**os.environ, "LD_LIBRARY_PATH": str(PLUGINS)}
    done = subprocess.run(command.split(), cwd=folder, env=environment, input=source, capture_output=True, check=True)
    if target:
        (folder / target).write_bytes(done.stdout)


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
