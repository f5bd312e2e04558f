"""`python -m voice.training --speech FOLDER --out assets/voice_model`: makes the bundled voice model from speech.

--speech is a corpus (see docs/voice.md). What is made on the way is kept in --work, so that a stopped run goes on.
"""

import argparse
import sys
from pathlib import Path

import torch

from voice.training.clips.accented import write_accented
from voice.training.clips.accents import read_accents
from voice.training.clips.corpus import CorpusError, unpack
from voice.training.clips.dataset import training_speech, write_shard
from voice.training.clips.synthesis import fetch_voices, write_synthetic
from voice.training.confusions import confused, write_accents
from voice.training.evaluate import heard, tune
from voice.training.package import UNTUNED, seal, write_acceptance, write_folder
from voice.training.train import train
from voice.training.trials import write as write_trials


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Make the bundled Mandarin voice model. Takes about four hours on two cores."
    )
    parser.add_argument(
        "--speech", type=Path, required=True, help="folder with manifest.tsv and the clips or their tar files"
    )
    parser.add_argument("--out", type=Path, required=True, help="the model folder, e.g. assets/voice_model")
    parser.add_argument(
        "--work", type=Path, default=Path(".work/voice-training"), help="for all that is made on the way"
    )
    parser.add_argument("--kokoro-minutes", type=float, default=70, help="time to spend on Kokoro's speech")
    parser.add_argument("--espeak-clips", type=int, default=4000)
    parser.add_argument("--shards", type=int, default=12, help="random samples of all speech, 6000 utterances each")
    parser.add_argument("--epochs", type=int, default=130, help="passes, one shard each")
    parser.add_argument("--minutes", type=float, default=120, help="the longest that the network may train")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    try:
        _make(arguments)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _make(arguments: argparse.Namespace) -> None:
    speech, synthetic, shards = (arguments.work / name for name in ("speech", "synthetic", "shards"))
    unpack(arguments.speech, speech)
    write_synthetic(
        speech,
        fetch_voices(synthetic / "voices"),
        synthetic,
        arguments.espeak_clips,
        arguments.kokoro_minutes,
        arguments.threads,
        arguments.seed,
    )
    shards.mkdir(exist_ok=True)
    paths = [shards / f"{number:02d}.npz" for number in range(arguments.shards)]
    if not all(path.exists() for path in paths):
        loaded = training_speech([speech, synthetic / "espeak", synthetic / "kokoro"])
        for number, path in enumerate(paths):
            if not path.exists():
                write_shard(loaded, path, seed=arguments.seed * 1000 + number)
    network = train(paths, arguments.work / "checkpoint.pt", arguments.epochs, arguments.seed, arguments.minutes * 60)
    write_folder(arguments.out, network.layers())
    write_acceptance(arguments.out, UNTUNED)
    write_accents(arguments.out, {key: {} for key in read_accents()})
    seal(arguments.out)
    write_accents(arguments.out, confused(arguments.out, [synthetic / "kokoro"]))
    write_accented(synthetic, arguments.threads)
    write_trials(speech, synthetic, arguments.work / "trials")
    tune(arguments.out, heard(arguments.out, arguments.work / "trials"))


if __name__ == "__main__":
    sys.exit(main())
