"""The writers of Kaldi's formats, judged by vosk itself, with tiny random weights."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
import vosk

from voice.recognition.graph import BLANK, Graph, filler_graph, phrase_graph, transition_id
from voice.recognition.model import load
from voice.recognition.pinyin import PHONES
from voice.training.kaldi import Layer, write_model

SIZE = 40


def constant_model(folder: Path, sound: int) -> Path:
    """A model that hears `sound` (0 is the blank) in everything."""
    dice = np.random.default_rng(1)
    sounds = len(PHONES) + 1
    hidden = Layer((-1, 0, 1), dice.standard_normal((8, 3 * SIZE)).astype(np.float32), np.zeros(8, np.float32))
    bias = np.where(np.arange(sounds) == sound, 5, 0).astype(np.float32)
    (folder / "am").mkdir()
    (folder / "conf").mkdir()
    write_model(folder / "am" / "final.mdl", [hidden, Layer((0,), np.zeros((sounds, 8), np.float32), bias)], SIZE)
    (folder / "conf" / "mfcc.conf").write_text(f"--use-energy=false\n--num-mel-bins={SIZE}\n--num-ceps={SIZE}\n")
    return folder


def best(model: vosk.Model) -> str:
    decoder = vosk.KaldiRecognizer(model, 16000)
    decoder.SetMaxAlternatives(1)
    noise = np.random.default_rng(2).integers(-500, 500, 16000).astype(np.int16)
    decoder.AcceptWaveform(noise.tobytes())
    return str(json.loads(decoder.FinalResult())["alternatives"][0]["text"])


def test_vosk_loads_what_is_written_and_hears_the_sound_that_the_network_gives(tmp_path: Path) -> None:
    model = constant_model(tmp_path, sound=1 + PHONES.index("a"))
    graph = phrase_graph({("a",): 1, ("o",): 2})
    assert best(load(model, graph.to_bytes(), ["said_a", "said_o"], lattice_beam=5)) == "said_a"


def test_vosk_hears_nothing_in_blanks_and_a_syllable_in_its_sound(tmp_path: Path) -> None:
    (tmp_path / "blank").mkdir()
    (tmp_path / "a").mkdir()
    names = [f"s{n}" for n in range(1000)]
    quiet = constant_model(tmp_path / "blank", sound=0)
    assert best(load(quiet, filler_graph(2.0).to_bytes(), names, lattice_beam=1)) == ""
    loud = constant_model(tmp_path / "a", sound=1 + PHONES.index("a"))
    assert best(load(loud, filler_graph(2.0).to_bytes(), names, lattice_beam=1)) == "s0"


def walk(graph: Graph, labels: list[int]) -> set[int]:
    """The output labels of the accepted ways to read `labels`."""
    places = {(0, 0)}
    for label in labels:
        places = {
            (target, said or output)
            for state, said in places
            for wanted, output, _, target in graph.arcs[state]
            if wanted == label
        }
    return {said for state, said in places if state in graph.final}


def test_phrase_graph_reads_exactly_its_phrases() -> None:
    a, b = (transition_id(1 + PHONES.index(phone)) for phone in ("a", "b"))
    graph = phrase_graph({("b", "a"): 1, ("b", "a", "a"): 2})
    assert walk(graph, [b, a, BLANK]) == {1}
    assert walk(graph, [BLANK, b, b, BLANK, a, a, BLANK, BLANK]) == {1}
    assert walk(graph, [b, a, BLANK, a, BLANK]) == {2}
    assert walk(graph, [b, BLANK]) == set()
    assert walk(graph, [a, BLANK]) == set()


def test_graph_file_is_openfst() -> None:
    graph = phrase_graph({("a",): 7})
    content = graph.to_bytes()
    assert struct.unpack_from("<i", content)[0] == 2125659606
    assert content[8:14] == b"vector"


def test_sounds_are_as_many_as_the_network_names() -> None:
    assert len(set(PHONES)) == len(PHONES)


@pytest.mark.parametrize("phones", [(), ("a",) * 60])
def test_odd_phrases_make_a_graph_too(phones: tuple[str, ...]) -> None:
    assert phrase_graph({phones: 1}).final
