"""Handwriting: how often the character that was drawn is the first guess, or in the list; how long it takes; memory.

The strokes are synthetic: lines of a font's glyphs, each moved, bent and shaken by itself, in any order. `tidy` is the
font's own lines; `shaky` an unsteady hand; `wild` is hard to read for people too. One JSON line, and
bench/results/handwriting.json.
"""

import os
import random
import time
from collections.abc import Sequence
from math import cos, sin
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication
from tools.result import written
from tools.skeleton import SIDE, strokes_of

from kiosk.entry.answer_entry import CANDIDATES, GUESSES
from kiosk.entry.handwriting import Handwriting, model_file, picture
from kiosk.entry.strokes import Stroke, is_han
from ui.look.theme import FAMILY

ROOT = Path(__file__).resolve().parents[1]
HANDS = {"tidy": 0.0, "shaky": 1.0, "wild": 2.0}
SURNAMES = 100
GIVEN = (
    "秀英兰芳桂珍玉凤淑华梅花春莲香琴云霞红丽金银宝珠喜福贵财德明文武国强建军志刚海山"
    "水木生富有林森祥瑞永长寿康宁安平和顺荣昌盛兴旺发庆余福根土火炎焕焱"
)
RARE = "犇骉淼垚堃喆赟昇翀璟琨玥珺芃芊菡萱蕙馨婕妤嫣姝妍旻昱晟曦煊炜烨玮琛瑾璇璐瑜"
DISTRICT = "省市县区镇乡村街道路号院楼单元室社组屯庄店营堡寨沟岭坡湾河江湖桥门关城东西南北中上下前后"


def shaken(strokes: Sequence[Stroke], by: float, rng: random.Random) -> list[Stroke]:
    """As an unsteady hand would draw them: every stroke moved, turned and bent a little, all of it slanted."""
    slant, wide = rng.gauss(0, 0.06 * by), 1 + rng.gauss(0, 0.06 * by)
    drawn = []
    for stroke in strokes:
        points = np.array(stroke)
        middle, turn = points.mean(axis=0), rng.gauss(0, 0.06 * by)
        rotation = np.array([[cos(turn), -sin(turn)], [sin(turn), cos(turn)]])
        points = (points - middle) @ rotation.T * (1 + rng.gauss(0, 0.06 * by)) + middle
        points += [rng.gauss(0, 0.018 * SIDE * by), rng.gauss(0, 0.018 * SIDE * by)]
        points += np.cumsum([[rng.gauss(0, 0.25 * by), rng.gauss(0, 0.25 * by)] for _ in points], axis=0)
        points[:, 0] = points[:, 0] * wide + points[:, 1] * slant
        drawn.append(tuple((float(x), float(y)) for x, y in points))
    rng.shuffle(drawn)
    return drawn


def score(read: Handwriting, characters: str, by: float, seed: int) -> dict[str, float]:
    rng = random.Random(seed)
    places = []
    for character in characters:
        guesses = read(shaken(strokes_of(character, FAMILY), by, rng), GUESSES)
        places.append(guesses.index(character) if character in guesses else GUESSES)
    within = {"first": 1, "in_list": CANDIDATES, "in_pages": GUESSES}
    return {name: round(sum(place < most for place in places) / len(places), 3) for name, most in within.items()}


def memory_mib() -> float:
    status = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in status if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> None:
    app = QGuiApplication([])
    before = memory_mib()
    read = Handwriting(model_file())
    started = time.perf_counter()
    read([((0.0, 0.0), (1.0, 0.0))], CANDIDATES)
    load_ms = (time.perf_counter() - started) * 1000
    names = [one for one in (ROOT / "assets" / "name_characters.txt").read_text("utf-8") if is_han(one)]
    sets = {"surnames": "".join(names[:SURNAMES]), "given": GIVEN, "rare": RARE, "addresses": DISTRICT}
    scores = {
        name: {hand: score(read, "".join(dict.fromkeys(characters)), by, 1) for hand, by in HANDS.items()}
        for name, characters in sets.items()
    }
    drawing, whole = [], []
    for character in names[:SURNAMES]:
        strokes = strokes_of(character, FAMILY)
        started = time.perf_counter()
        picture(strokes)
        drawing.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        read(strokes, GUESSES)
        whole.append((time.perf_counter() - started) * 1000)
    result = {
        "bench": "handwriting",
        "scores": scores,
        "load_ms": round(load_ms),
        "drawing_ms_p50": round(float(np.percentile(drawing, 50)), 1),
        "character_ms_p50": round(float(np.percentile(whole, 50)), 1),
        "character_ms_p95": round(float(np.percentile(whole, 95)), 1),
        "memory_mib": round(memory_mib() - before),
    }
    app.quit()
    print(written("handwriting", result))


if __name__ == "__main__":
    main()
