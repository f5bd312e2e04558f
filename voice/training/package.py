"""Writes the model folder that ships: acoustic model, settings, how to accept, checksums."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from voice.recognition.model import ACCENTS, ACCEPTANCE, MANIFEST, Acceptance
from voice.training.clips.features import MFCC_CONF, SIZE
from voice.training.kaldi import Layer, write_model

# Added to the log-odds of the blank, of which CTC is too sure. Half-way through the training, of the development
# phrases said clearly 85 in 100 were best without it, 96 with -2, all with -4; -6 was worse in babble.
BLANK_BONUS = -4.0
UNTUNED = Acceptance(
    bias=3.0,
    weights={
        "lost": 0.0,
        "lost_per_sound": -2.0,
        "margin": 0.1,
        "sounds": 0.0,
        "syllables_off": 0.0,
        "contrast": 0.0,
        "lost_in_noise": 0.0,
        "unclear": 0.0,
    },
    least=0.5,
    least_margin=1.5,
    filler_cost=1.0,
    request_cost=3.0,
)


def write_folder(out: Path, layers: list[Layer], blank_bonus: float = BLANK_BONUS) -> None:
    """The acoustic part of the model."""
    (out / "am").mkdir(parents=True, exist_ok=True)
    (out / "conf").mkdir(exist_ok=True)
    last = layers[-1]
    bias = last.bias + np.eye(len(last.bias), dtype=np.float32)[0] * np.float32(blank_bonus)
    write_model(out / "am" / "final.mdl", [*layers[:-1], Layer(last.offsets, last.weight, bias)], SIZE)
    (out / "conf" / "mfcc.conf").write_text(MFCC_CONF, encoding="utf-8")


def write_acceptance(out: Path, acceptance: Acceptance) -> None:
    (out / ACCEPTANCE).write_text(json.dumps(asdict(acceptance), indent=1) + "\n", encoding="utf-8")


def seal(out: Path) -> None:
    """Writes the checksums of all files of the folder but accents.json, to which a county may add its own."""
    names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name not in (MANIFEST, ACCENTS)
    ]
    (out / MANIFEST).write_text("".join(lines), encoding="utf-8")
