"""What a scanner reads of a QR code on the staff page: a whole code without damage, as the hall draws it."""

import re
from copy import deepcopy
from itertools import product
from typing import Any

from qrcode import base, constants, main, util

CORRECTION = constants.ERROR_CORRECT_M  # of all codes here
_SQUARE = re.compile(r"M(\d+),(\d+)H")


def read_svg(drawn: str) -> str:
    """`drawn`: the path of the code, a square for each dark module. ValueError where it is no such code."""
    dark = {(int(y), int(x)) for x, y in _SQUARE.findall(drawn)}
    if not dark:
        raise ValueError("There is no code.")
    top, left = min(y for y, _ in dark), min(x for _, x in dark)
    side = max(x for _, x in dark) - left + 1
    seen = [[(top + y, left + x) in dark for x in range(side)] for y in range(side)]
    version, wrong = divmod(side - 17, 4)
    if wrong or not 1 <= version <= 40:
        raise ValueError("It is no whole code.")
    places = list(product(range(side), repeat=2))
    for mask in range(8):
        plan = _plan(version, mask)
        if all(plan[y][x] in (None, seen[y][x]) for y, x in places):
            return _text(_data(_bits(seen, plan, mask), version), version)
    raise ValueError("It is no code, or one of another kind.")


def _plan(version: int, mask: int) -> list[list[bool | None]]:
    """The modules that are the same in each code of this version and mask; None where its data is."""
    code: Any = main.QRCode(version, CORRECTION)
    code.data_cache = []
    code.makeImpl(False, mask)
    code.modules = deepcopy(main.precomputed_qr_blanks[version])
    code.setup_type_info(False, mask)
    if version >= 7:
        code.setup_type_number(False)
    modules: list[list[bool | None]] = code.modules
    return modules


def _bits(seen: list[list[bool]], plan: list[list[bool | None]], mask: int) -> list[bool]:
    """In the order in which they were laid: two columns at a time, up and down, from the right."""
    side, is_masked = len(seen), util.mask_func(mask)
    bits = []
    upwards = True
    for right in [*range(side - 1, 6, -2), 5, 3, 1]:
        for y in range(side - 1, -1, -1) if upwards else range(side):
            bits += [seen[y][x] != is_masked(y, x) for x in (right, right - 1) if plan[y][x] is None]
        upwards = not upwards
    return bits


def _data(bits: list[bool], version: int) -> str:
    """Without what is for mending it: the blocks take turns, a byte each."""
    written = "".join("01"[bit] for bit in bits)
    turns = iter([written[at : at + 8] for at in range(0, len(written), 8)])
    sizes = [block.data_count for block in base.rs_blocks(version, CORRECTION)]
    blocks = ["" for _ in sizes]
    for turn in range(max(sizes)):
        for number, size in enumerate(sizes):
            if turn < size:
                blocks[number] += next(turns)
    return "".join(blocks)


def _text(bits: str, version: int) -> str:
    text, at = "", 0

    def take(count: int) -> int:
        nonlocal at
        at += count
        return int(bits[at - count : at], 2)

    signs = util.ALPHA_NUM.decode()
    while len(bits) - at >= 4 and (mode := take(4)):
        length = take(util.length_in_bits(mode, version))
        if mode == util.MODE_NUMBER:
            for digits in [3] * (length // 3) + [length % 3] * bool(length % 3):
                text += f"{take(util.NUMBER_LENGTH[digits]):0{digits}}"
        elif mode == util.MODE_ALPHA_NUM:
            pairs = [divmod(take(11), 45) for _ in range(length // 2)]
            text += "".join(signs[one] for pair in pairs for one in pair) + (signs[take(6)] if length % 2 else "")
        else:
            text += bytes(take(8) for _ in range(length)).decode()
    return text
