"""Trains the network with CTC on shards of features. Seeded; goes on from its checkpoint when it was stopped."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from voice.training.clips.dataset import Utterance, read_shard
from voice.training.network import CONTEXT, STRIDE, Network

BATCH_FRAMES = 4500
LEARNING_RATE = 2e-3
WARM_UP = 0.05  # part of all steps
CLIP = 5.0
MASK_FRAMES, MASK_BANDS = 12, 6


def train(shards: Sequence[Path], checkpoint: Path, epochs: int, seed: int, seconds: float = float("inf")) -> Network:
    """`epochs` passes, one shard each in turn; stops early when `seconds` are over (the rate falls to fit either)."""
    torch.manual_seed(seed)
    network = Network()
    optimiser = torch.optim.AdamW(network.parameters(), LEARNING_RATE, weight_decay=1e-3)
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        first = state["epochs"]
    else:
        _set_normalisation(network, read_shard(shards[0]))
    started = time.monotonic()
    for epoch in range(first, epochs):
        utterances = read_shard(shards[epoch % len(shards)])
        dice = np.random.default_rng([seed, epoch])
        batches = list(_batches(utterances, dice))
        losses = []
        network.train()
        for number, batch in enumerate(batches):
            spent = max((epoch + number / len(batches)) / epochs, (time.monotonic() - started) / seconds)
            if spent >= 1:
                break
            for group in optimiser.param_groups:
                group["lr"] = LEARNING_RATE * min(1.0, (spent + 1e-3) / WARM_UP) * max(0.01, 1 - spent)
            loss = _loss(network, batch, dice)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimiser.step()
            losses.append(loss.item())
        if not losses:
            break
        report = {"epoch": epoch + 1, "loss": round(float(np.mean(losses)), 3), "s": round(time.monotonic() - started)}
        print(json.dumps(report), file=sys.stderr, flush=True)
        _save(checkpoint, network, optimiser, epoch + 1)
    network.eval()
    return network


def _save(path: Path, network: Network, optimiser: torch.optim.Optimizer, epochs: int) -> None:
    partial = path.with_suffix(".partial")
    state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "epochs": epochs}
    torch.save(state, partial)
    partial.replace(path)


def _set_normalisation(network: Network, utterances: Sequence[Utterance]) -> None:
    features = np.concatenate([u.features for u in utterances[::10]]).astype(np.float32)
    network.mean.copy_(torch.from_numpy(features.mean(axis=0)))
    network.spread.copy_(torch.from_numpy(features.std(axis=0)))


def _batches(utterances: Sequence[Utterance], dice: np.random.Generator) -> Iterator[list[Utterance]]:
    """Utterances of like length together, about BATCH_FRAMES frames a batch, in random order."""
    fitting = [u for u in utterances if len(u.features) >= STRIDE * (2 * len(u.sounds) + 1)]
    ordered = sorted(fitting, key=lambda u: len(u.features) * dice.uniform(0.9, 1.1))
    batches: list[list[Utterance]] = [[]]
    for utterance in ordered:
        if len(batches[-1]) * len(utterance.features) > BATCH_FRAMES:
            batches.append([])
        batches[-1].append(utterance)
    yield from (batches[n] for n in dice.permutation(len(batches)))


def _loss(network: Network, batch: Sequence[Utterance], dice: np.random.Generator) -> Tensor:
    longest = max(len(u.features) for u in batch)
    features = np.stack([_padded(u.features, longest, dice) for u in batch])
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(torch.from_numpy(features))
    chances = logits.float().log_softmax(-1).transpose(0, 1)
    lengths = torch.tensor([-(-len(u.features) // STRIDE) for u in batch]).clamp(max=len(chances))
    sounds = torch.from_numpy(np.concatenate([u.sounds for u in batch]))
    sizes = torch.tensor([len(u.sounds) for u in batch])
    loss: Tensor = functional.ctc_loss(chances, sounds, lengths, sizes, zero_infinity=True)
    return loss


def _padded(features: NDArray[np.float16], longest: int, dice: np.random.Generator) -> NDArray[np.float32]:
    """CONTEXT more frames at both ends, as vosk repeats the first and last; a few frames blotted out."""
    padded = np.pad(features.astype(np.float32), ((CONTEXT, longest - len(features) + CONTEXT), (0, 0)), mode="edge")
    for _ in range(2):
        start = dice.integers(len(padded))
        padded[start : start + dice.integers(MASK_FRAMES)] = padded.mean(axis=0)
    return padded
