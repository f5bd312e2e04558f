"""How long a slow visitor needs for each application, in seconds: one JSON line, and bench/results/slow_visitor.json.

Worked out, not timed: the recorded sentences last as long as their clips, and the rest is a model of somebody who
hurries nowhere, MODEL. They hear every screen to its end before they touch anything, look for each card that a number
is copied from, touch every key themselves (no card on the reader, nothing by voice, nothing on record), hear all
answers at the check, correct one of them, hear the check once more, send it, and hear the receipt. The numbers are the
same on every machine.
"""

from collections.abc import Mapping
from pathlib import Path

import soundfile
from tools.result import written

from forms import Field, load_catalogue
from kiosk.entry.field_input import input_of
from kiosk.entry.pinyin import PinyinTable
from kiosk.state.actions import AnyAction
from kiosk.texts.languages import Lang
from kiosk.texts.speech_kinds import SpeechKind
from kiosk.texts.strings import Texts
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal
from voice.speech.prompts import Prompts
from voice.speech.render import GROUP_PAUSE_S, pieces
from voice.speech.sound import has_words

ROOT = Path(__file__).resolve().parents[1]
ASSETS = ROOT / "assets"
LANG: Lang = "zh"
MODEL: Mapping[str, float] = {
    "look_s": 2.0,  # to find the place once a screen has been heard
    "touch_s": 1.5,  # each touch: twice the 0.75 s of a practised key press
    "paper_s": 15.0,  # to find a card among one's things, each time a number is copied from one
    "pause_s": 0.4,  # between two sentences
    "unrecorded_characters_a_second": 3.5,  # of what the live voice says, mostly the visitor's own answers
}
WANTED_S = 300
WANTED = "old-age-allowance"  # a complete simple application
OF_AGE = "110105193803072021"  # whom that is for; who is younger hears twice that staff will look at it


class SlowVisitor(WalkedTerminal):
    """Counts what they hear and do."""

    def hear(self, prompts: Prompts) -> None:
        self.heard_s, self.touches, self.papers = 0.0, 0, 0
        self._prompts = prompts
        self.session.on_speak(self._hear)

    def do(self, action: AnyAction, value: str | None = None) -> None:
        self.touches += 1
        super().do(action, value)

    def _hear(self, kind: SpeechKind, parts: tuple[str, ...]) -> None:
        if kind in ("screen", "error"):
            self.heard_s += sum(self._lasts_s(part) + MODEL["pause_s"] for part in parts)

    def _lasts_s(self, text: str) -> float:
        return sum(map(self._piece_lasts_s, pieces(text, LANG, self._prompts)))

    def _piece_lasts_s(self, piece: str) -> float:
        clip = self._prompts.lookup(piece, LANG)
        clips = [clip] if clip else self._prompts.parts(piece, LANG)
        if clips is None:
            return sum(map(has_words, piece)) / MODEL["unrecorded_characters_a_second"]
        return sum(soundfile.info(one).duration if one else GROUP_PAUSE_S for one in clips)


def visit(t: SlowVisitor, service: str) -> dict[str, float]:
    """From the touch on home to the end of the receipt."""
    screens = 0

    def answer(field: Field) -> None:
        nonlocal screens
        screens += 1
        t.papers += bool(input_of(field).methods) and field.tier == "L4"  # numbers of cards
        t.touches += 1  # the choice itself, or 下一步: the walk does it by itself
        if field.id == "resident_id" and service == WANTED:
            errands.type_answer(t, OF_AGE)
            t.session.do("next")
        else:
            errands.answer(t)

    t.do("choose", service)
    t.do("next")
    while (at := t.session.state.visit) and at.stage == "question":
        answer(at.field)
    assert at is not None
    typed = [field for field in at.fields() if input_of(field).methods]
    t.do("change", typed[-1].id)
    t.do("clear")
    answer(typed[-1])
    t.do("send")
    screens += 4  # papers, check, check again, receipt
    seconds = t.heard_s + screens * MODEL["look_s"] + t.touches * MODEL["touch_s"] + t.papers * MODEL["paper_s"]
    return {"seconds": round(seconds), "heard_s": round(t.heard_s), "screens": screens, "touches": t.touches}


def main() -> None:
    catalogue, texts, pinyin = load_catalogue(ASSETS), Texts.load(ASSETS), PinyinTable.load(ASSETS)
    prompts = Prompts.load(ASSETS / "prompts")
    visits = {}
    for service in catalogue.services.values():
        if service.kind == "application":
            t = SlowVisitor(catalogue, texts, pinyin)
            t.session.do("start")
            t.hear(prompts)
            visits[service.id] = visit(t, service.id)
    result = {
        "bench": "slow_visitor", "model": MODEL, "wanted_s": WANTED_S, WANTED: visits[WANTED]["seconds"],
        "visits": visits,
    }  # fmt: skip
    print(written("slow_visitor", result))


if __name__ == "__main__":
    main()
