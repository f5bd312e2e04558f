"""A page as PDF on A5, in a process of its own (helper_process): real text, so that it can be searched and read aloud.

usage: python -m kiosk.devices.pdf < PAPER.json > PAGE.pdf
"""

import json
import logging
import subprocess
import sys

from fpdf import FPDF

from kiosk.devices.letters import with_letters_held
from kiosk.devices.printers import Paper
from kiosk.devices.qr import qr_modules

FONT = "Noto Sans CJK SC"
_TITLE, _NUMBER, _TEXT = 26, 34, 16  # points
_LINE = 0.55  # mm of height for a point
_MODULE = 1.2  # mm
_A5 = (148, 210)


def make_pdf(paper: Paper) -> bytes:
    """Takes a second and 130 MB; ValueError says what is missing."""
    pdf = FPDF(format=_A5)
    for style, pattern in (("", FONT), ("B", f"{FONT}:bold")):
        file, number = _font_file(pattern)
        pdf.add_font(FONT, style, file, collection_font_number=number)
    pdf.set_font(FONT)
    held = pdf.current_font.cmap
    paper = with_letters_held(paper, lambda letter: ord(letter) in held)
    pdf.set_title(paper.title)
    pdf.set_lang("en" if paper.title.isascii() else "zh-CN")
    pdf.add_page()
    _write(pdf, paper.title, _TITLE, "B")
    _write(pdf, paper.number, _NUMBER, "B")
    if paper.qr:
        _draw_qr(pdf, paper.qr)
    for line in paper.lines:
        _write(pdf, line, _TEXT, "")
    return bytes(pdf.output())


def _write(pdf: FPDF, text: str, points: int, style: str) -> None:
    pdf.set_font(FONT, style, points)
    pdf.multi_cell(0, points * _LINE, text, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)


def _draw_qr(pdf: FPDF, payload: str) -> None:
    modules = qr_modules(payload)
    side = _MODULE * len(modules)
    left, top = (pdf.w - side) / 2, pdf.y
    for row, squares in enumerate(modules):
        for column, dark in enumerate(squares):
            if dark:
                pdf.rect(left + column * _MODULE, top + row * _MODULE, _MODULE, _MODULE, style="F")
    pdf.set_y(top + side)


def _font_file(pattern: str) -> tuple[str, int]:
    """The file of a font and its number in there."""
    command = ["fc-match", "-f", "%{file}|%{index}|%{family}", pattern]
    file, number, family = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("|")
    if FONT not in family:
        raise ValueError(f"The font {FONT} is not installed: apt-get install fonts-noto-cjk.")
    return file, int(number)


def main() -> None:
    logging.basicConfig(format="%(message)s")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    given = json.load(sys.stdin)
    try:
        sys.stdout.buffer.write(make_pdf(Paper(**{**given, "lines": tuple(given["lines"])})))
    except ValueError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
