"""The bundled model folder: what it holds, that it is whole, and a private copy of it with another graph."""

import hashlib
import json
import math
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import vosk

from voice.recognition.graph import Costs, write_graph
from voice.recognition.pinyin import PHONES

MANIFEST = "SHA256SUMS"
ACCEPTANCE = "acceptance.json"
ACCENTS = "accents.json"
ACOUSTIC_MODEL, FEATURES = "am/final.mdl", "conf/mfcc.conf"
LOOKAHEAD = (ACOUSTIC_MODEL, "graph/HCLr.fst", "graph/Gr.fst")  # what a model with words of its own has
# A pause of 0.3 s may end an utterance: Recogniser.feed waits longer when it was no phrase.
PAUSES = """
--endpoint.rule2.min-trailing-silence=0.3
--endpoint.rule3.min-trailing-silence=0.4
--endpoint.rule4.min-trailing-silence=0.5
"""
# The search beam is wide, since the graphs are small.
_SETTINGS = """--min-active=200
--max-active=3000
--beam=16.0
--lattice-beam={lattice_beam}
--acoustic-scale=1.0
--frame-subsampling-factor=3
--endpoint.silence-phones=1
"""


class ModelError(Exception):
    """The voice model is missing or damaged; the message is one plain sentence that says what to do."""


@dataclass(frozen=True)
class Acceptance:
    """When a phrase counts as heard: the chance 1 / (1 + exp(-x)) of x = bias + weights . features must reach `least`,
    and its log-likelihood be `least_margin` above the next phrase's.

    The features are named in voice/recognition/bundled.py; `filler_cost` is what each syllable of the filler costs,
    `request_cost` one in a request that does not follow the one before in any known request.
    """

    bias: float
    weights: dict[str, float]
    least: float
    least_margin: float
    filler_cost: float
    request_cost: float

    def chance(self, features: Mapping[str, float]) -> float:
        x = self.bias + sum(self.weights[name] * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(min(x, 30), -30)))


def check_model(folder: Path) -> Acceptance:
    """ModelError unless every file of the bundled model is there and unchanged; else how it decides."""
    check_files(folder, (ACOUSTIC_MODEL, FEATURES, ACCEPTANCE), "install the kiosk again.")
    try:
        acceptance = Acceptance(**json.loads((folder / ACCEPTANCE).read_text(encoding="utf-8")))
        every = dict(vars(acceptance), weights=0, **acceptance.weights)
        if not all(math.isfinite(value) for value in every.values()):
            raise ValueError("a number that is none")
        return acceptance
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"The voice model in {folder} is missing or damaged: install the kiosk again.") from error


def check_files(folder: Path, needed: Iterable[str], mend: str) -> None:
    """ModelError, saying `mend`, unless the manifest names what is `needed` and every file is as it says."""
    try:
        lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
        digests = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
        if missing := set(needed) - set(digests):
            raise ModelError(f"The voice model in {folder} has no {min(missing)}: {mend}")
        for name, digest in digests.items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                    raise ModelError(f"The voice model's file {folder / name} is damaged: {mend}")
    except (OSError, ValueError) as error:
        raise ModelError(f"The voice model in {folder} is missing or damaged: {mend}") from error


def has_words(folder: Path) -> bool:
    """Whether a model brings a graph of words of its own, from which vosk makes grammars; the bundled one does not."""
    return (folder / "graph").is_dir()


def accent_costs(folder: Path, profile: str) -> Costs:
    """Which sounds stand for which others in the accent `profile`, from the model's accents.json. ModelError."""
    try:
        profiles: dict[str, dict[str, dict[str, float]]] = json.loads((folder / ACCENTS).read_text(encoding="utf-8"))
        for one in profiles.values():
            _check_costs(one)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise ModelError(
            f"The voice model's file {folder / ACCENTS} is missing or damaged: install the kiosk again."
        ) from error
    if profile not in profiles:
        raise ModelError(f"There is no accent {profile!r}. The accents: {', '.join(sorted(profiles))}.")
    return profiles[profile]


def _check_costs(costs: Costs) -> None:
    """ValueError, TypeError or AttributeError unless it says of sounds what others cost in their place."""
    for phone, others in costs.items():
        if not {phone, *others} <= set(PHONES):
            raise ValueError("a sound that is none")
        if not all(math.isfinite(cost) and cost >= 0 for cost in others.values()):
            raise ValueError("a cost that is none")


def load(folder: Path, graph: bytes, words: Sequence[str], lattice_beam: float) -> Any:
    """A vosk.Model of the acoustic model in `folder` with `graph` (Graph.to_bytes) as all it can hear.

    It keeps the alternatives that cost at most `lattice_beam` more than the best one.
    """
    with private_folder() as private:
        for part in (ACOUSTIC_MODEL, FEATURES):
            (private / part).parent.mkdir()
            (private / part).symlink_to((folder / part).resolve())
        (private / "conf" / "model.conf").write_text(
            _SETTINGS.format(lattice_beam=lattice_beam) + PAUSES, encoding="utf-8"
        )
        write_graph(private / "graph", graph, words)
        return open_model(private)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder to put a model together in, gone afterwards: vosk reads every file at once. ModelError: a full disk."""
    try:
        with tempfile.TemporaryDirectory(prefix="yinling-voice-") as name:
            yield Path(name)
    except OSError as error:
        raise ModelError(f"The voice model cannot be prepared ({error.strerror}): free some disk space.") from error


def open_model(folder: Path) -> Any:
    """The vosk.Model of a folder. ModelError when vosk cannot read it."""
    vosk.SetLogLevel(-2)
    try:
        return vosk.Model(str(folder))
    except Exception as error:
        raise ModelError(f"The voice model in {folder} cannot be read: install it again.") from error
