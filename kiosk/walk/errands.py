"""The walk through an errand: every question, what is wrong with it, the check, and how it ends."""

from collections.abc import Iterator, Mapping

from pypinyin import lazy_pinyin

from forms import Field, Service, Text
from forms.conditions import satisfied_by
from kiosk.entry.handwriting import Stroke
from kiosk.hall.in_memory import RECEIPT_NUMBER
from kiosk.state.progress import ProgressLine
from kiosk.walk.walked_terminal import WalkedTerminal

# 王 as it is written
WANG: tuple[Stroke, ...] = (
    ((0.33, 0.25), (0.75, 0.24)),
    ((0.38, 0.47), (0.7, 0.46)),
    ((0.54, 0.26), (0.53, 0.72)),
    ((0.28, 0.74), (0.82, 0.72)),
)
_WRONG = {"person_name": "王", "resident_id": "110105194912310020", "bank_card": "6222", "receipt_number": "4000"}


def service(t: WalkedTerminal, service: Service) -> Iterator[str]:
    """The errand with its examples, then again for every question that other answers open."""
    unseen = {field.id for field in service.steps}
    for field in service.steps:
        if field.id in unseen:
            for label in _errand(t, service, satisfied_by(field.relevant)):
                unseen.discard(label.removeprefix(f"{service.id}:question-"))
                yield label


def _errand(t: WalkedTerminal, service: Service, chosen: Mapping[str, str]) -> Iterator[str]:
    session = t.session
    session.do("choose", service.id)
    yield f"{service.id}:prerequisites"
    session.do("next")
    while session.state.visit and session.state.visit.stage == "question":
        yield from _question(t, service, session.state.visit.field, chosen)
    yield f"{service.id}:check"
    if service.kind == "query":
        yield from _answers(t, service)
    else:
        t.hall.offline, t.hall.state = True, "saved"
        session.do("send")
        yield f"{service.id}:receipt-saved"
        t.hall.offline, t.hall.state = False, "delivered"
        session.tick()
        yield f"{service.id}:receipt-delivered"
    session.do("another")


def _question(t: WalkedTerminal, service: Service, field: Field, chosen: Mapping[str, str]) -> Iterator[str]:
    session, label = t.session, f"{service.id}:question-{field.id}"
    yield label
    if wrong := _WRONG.get(field.type):
        type_answer(t, field, wrong)
        session.do("next")
        yield f"{label}-wrong"
        session.do("clear")
    session.do("explain")
    yield f"explain-{field.id}"
    session.do("resume")
    if field.type in ("choice", "consent"):
        session.do("answer", chosen.get(field.id, example(t, field)))
        return
    if field.type == "date":
        yield from _date(t, label)
    if field.type == "person_name":
        session.do("way", "hand")
        for stroke in WANG:
            session.write(stroke)
            t.finish_background()
        yield f"{label}-written"
        session.do("next")
        yield f"{label}-unpicked"
        session.do("rub_out")
        for letter in "wang":
            session.do("letter", letter)
        yield f"{label}-composing"
        session.do("clear")
    if field.type == "address":
        for way in ("hand", "letters"):
            session.do("way", way)
            yield f"{label}-{way}"
        session.do("way", "digits")
    type_answer(t, field, field.example)
    yield f"{label}-filled"
    session.do("next")


def _date(t: WalkedTerminal, label: str) -> Iterator[str]:
    """Step by step, by the moon, and the digits."""
    session = t.session
    session.do("calendar", "moon")
    for number in (194, 1945, 1):
        session.do("step", str(number))
        yield f"{label}-{session.state.entry.steps.step}"
    session.do("step", "25")
    yield f"{label}-moon"
    session.do("calendar", "sun")
    session.do("erase")
    yield f"{label}-sun"
    session.do("way", "digits")
    yield f"{label}-digits"
    session.do("clear")


def answer(t: WalkedTerminal, service: Service) -> None:
    assert t.session.state.visit is not None
    for _ in _question(t, service, t.session.state.visit.field, {}):
        pass


def example(t: WalkedTerminal, field: Field) -> str:
    assert t.session.state.visit is not None
    offered = [choice.id for choice in t.session.state.visit.choices()]
    return field.example if field.type == "consent" or field.example in offered else offered[0]


def type_answer(t: WalkedTerminal, field: Field, text: str) -> None:
    for character in text:
        if field.type != "person_name":
            t.session.do("type", character)
            continue
        letters = lazy_pinyin(character, v_to_u=False)[0]
        if character not in t.pinyin.candidates(letters):
            t.session.state.entry.add(character)  # the dot of a name, a Latin letter
            continue
        for letter in letters:
            t.session.do("letter", letter)
        while character not in t.session.state.entry.candidates:
            t.session.do("more")
        t.session.do("pick", character)


def _answers(t: WalkedTerminal, service: Service) -> Iterator[str]:
    session, hall = t.session, t.hall
    session.do("ask")
    yield f"{service.id}:answer-looking"
    t.finish_background()
    yield f"{service.id}:answer-offline"
    words = Text(zh="工作人员正在办", en="A staff member is working on it")
    for label, found in (
        ("none", []),
        ("found", [ProgressLine(RECEIPT_NUMBER, "old-age-allowance", words, "请带户口本来三号窗口")]),
    ):
        hall.found = found
        session.do("back")
        session.do("ask")
        t.finish_background()
        yield f"{service.id}:answer-{label}"
    hall.found, hall.why = None, "staff"
    session.do("back")
    session.do("ask")
    t.finish_background()
    yield f"{service.id}:answer-staff"
    hall.why = "offline"
