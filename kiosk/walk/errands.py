"""The walk through an errand: every question, what is wrong with it, the check, and how it ends."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pypinyin import lazy_pinyin

from forms import Field, Service
from forms.expressions.conditions import Condition
from forms.expressions.references import satisfied_by
from forms.field import FOR_WHOM
from forms.people.agents import AGENT
from forms.repeats import opens_another
from kiosk.devices.cards import Card
from kiosk.entry.field_input import input_of
from kiosk.entry.fields.person_name import WANG
from kiosk.entry.signing import lines_of
from kiosk.queries import query_named
from kiosk.session.session import Session
from kiosk.walk.own_form import own_form, printed
from kiosk.walk.walked_terminal import STAFF, WalkedPrinter, WalkedTerminal
from protocol.calls.states import CallState


def service(t: WalkedTerminal, service: Service) -> Iterator[str]:
    """The errand with its examples, then again for every question that other answers open."""
    if not service.steps and service.query:
        t.session.do("choose", service.id)
        yield from _answers(t, service, service.query)
        t.session.do("another")
    unseen = {field.id for field in service.fields}
    for field in service.fields:
        if field.id in unseen:
            for label in _errand(t, service, opening(service, field.relevant)):
                unseen.discard(label.removeprefix(f"{service.id}:question-"))
                yield label
            yield from known(t, service)
            leave(t)


def known(t: WalkedTerminal, service: Service) -> Iterator[str]:
    """What is known of the same errand before, once the visitor begins it again. Where several people are in a form
    one answer may be all that is known of one of them."""
    session, seen = t.session, False
    session.do("choose", service.id)
    session.do("next")
    while (visit := session.state.visit) and visit.stage in ("question", "known"):
        if visit.stage == "known":
            if not seen:
                yield f"{service.id}:known"
            if not service.repeats:
                return
            seen = True
            session.do("reuse")
            continue
        if visit.known_here:
            yield f"{service.id}:question-{visit.field_id}-known"
        answer(t)


def leave(t: WalkedTerminal) -> None:
    """The visitor goes, and another one begins."""
    t.session.wipe()
    t.session.do("start")


def opening(service: Service, condition: Condition | None) -> dict[str, str]:
    """Answers that make a condition hold, and those by which their questions are asked at all."""
    opened = satisfied_by(condition)
    for name in [*opened]:
        if service.asks(name):
            opened = opening(service, service.field(name).relevant) | opened
    return opened


def _errand(t: WalkedTerminal, service: Service, chosen: Mapping[str, str]) -> Iterator[str]:
    session = t.session
    session.do("choose", service.id)
    yield f"{service.id}:prerequisites"
    session.do("next")
    while session.state.visit and session.state.visit.stage == "question":
        yield from question(t, service, session.state.visit.field, chosen)
    yield f"{service.id}:check"
    if service.repeats:
        yield from members(t, service)
    if service.query:
        session.do("ask")
        yield from _answers(t, service, service.query)
    else:
        t.hall.offline, t.hall.state = True, "saved"
        session.do("send")
        if session.state.promise_is_open:
            yield from promise(t, service.id)
        yield f"{service.id}:receipt-saved"
        t.hall.offline, t.hall.state = False, "delivered"
        session.tick()
        yield f"{service.id}:receipt-delivered"
    session.do("another")


def members(t: WalkedTerminal, service: Service) -> Iterator[str]:
    """Of each repeat one more, who is asked what the first was, and is taken out again."""
    session = t.session
    for repeat in service.repeats.values():
        assert session.state.visit is not None
        place = repeat.count(session.state.visit.answers) + 1
        if place > repeat.max:
            continue
        session.do("add_member", repeat.id)
        while session.state.visit.stage == "question":
            if opens_another(session.state.visit.field):
                yield f"{service.id}:question-{session.state.visit.field.id}"
            answer(t)
        yield f"{service.id}:check-{repeat.id}-more"
        session.do("remove_member", f"{repeat.id}.{place}")
        yield f"{service.id}:check-{repeat.id}-sure"
        session.do("remove_member", f"{repeat.id}.{place}")
        yield f"{service.id}:check-{repeat.id}-removed"


def sent_twice(t: WalkedTerminal, service: Service) -> Iterator[str]:
    """The same form once more, as it was and with another answer, with a receipt on paper, or nearly."""
    session = t.session
    for works in (True, False):
        session.do("choose", service.id)
        session.do("next")
        while session.state.visit and session.state.visit.stage in ("question", "known"):
            if session.state.visit.stage == "known":
                yield "known"
                session.do("reuse")
            else:
                answer(t)
        if not works:
            yield "check-sent-before"
            _change_an_answer(session)
            yield "check-sent-other"
        session.equip(printer=WalkedPrinter(works))
        session.do("send")
        yield "receipt-printing"
        t.finish_background()
        yield f"receipt-{session.state.printing}"
        session.do("another")
    session.equip()
    leave(t)


def _change_an_answer(session: Session) -> None:
    """To another choice, where there is one."""
    visit = session.state.visit
    assert visit is not None
    for field in visit.fields():
        others = [one.id for one in visit.catalogue.choices(field, visit.answers)]
        if field.type == "choice" and len(others) > 1 and field.topic != FOR_WHOM:
            session.do("change", field.id)
            session.do("answer", next(one for one in others if one != visit.answers[field.id]))
            return


def promise(t: WalkedTerminal, name: str) -> Iterator[str]:
    """While staff still have to do something here, until they have done it."""
    call = t.hall.call_state
    assert call is not None, "the form that was sent calls staff"
    yield f"{name}:receipt-counter"
    t.hall.call_state = replace(call, reached_hall=True)
    yield f"{name}:receipt-stay"
    t.session.do("finish")
    yield f"{name}:receipt-stay-asked"
    t.hall.call_state = replace(call, reached_hall=True, staff_page_open=False)
    t.session.tick()
    yield f"{name}:receipt-unanswered"
    t.hall.call_state = replace(call, reached_hall=True, state=CallState.ACKNOWLEDGED, staff=STAFF[t.session.look.lang])
    t.session.tick()
    yield f"{name}:receipt-coming"
    t.hall.call_state = replace(call, state=CallState.CLOSED)
    t.session.tick()


def question(t: WalkedTerminal, service: Service, field: Field, chosen: Mapping[str, str]) -> Iterator[str]:
    """All that a question shows until it is answered: by what is `chosen`, else by its example."""
    session, label = t.session, f"{service.id}:question-{field.id}"
    yield label
    if (wrong := field.kind.wrong_example) and not field.card_itself:
        type_answer(t, wrong)
        session.do("next")
        yield f"{label}-wrong"
        session.do("next")
        session.do("next")
        yield "help-offered"
        session.do("none_of_them")
        session.do("clear")
    session.do("explain")
    yield f"explain-{field.id}"
    session.do("resume")
    if field.type == "consent":
        session.do("decline")
        yield "declined"
        session.do("resume")
    if field.whose == AGENT and input_of(field).from_card == "name":
        session.card_read(Card("110105193812310028", field.example))
        yield "card-whose"
        session.do("refuse_card")
    if field.told_by:
        session.do("look_up")
        yield f"{label}-asking"
        t.finish_background()
        yield f"{label}-not-told"
        t.hall.answers[field.told_by] = query_named(field.told_by).examples["found"]
        session.do("look_up")
        t.finish_background()
        yield f"{label}-told"
        del t.hall.answers[field.told_by]
        session.do("clear")
    if input_of(field).several:
        for one in chosen.get(field.id, field.example).split():
            session.do("toggle", one)
        yield f"{label}-chosen"
        session.do("next")
        return
    if session.state.entry.search:
        yield from _search(t, label, field)
    if field.card_itself:
        session.equip(card_reader=True)
        yield f"{label}-reader"
        session.card_read(Card(example(t, field)))
        yield "card"
        session.do("take_card")
        session.equip()
        return
    if not input_of(field).methods:
        session.do("answer", chosen.get(field.id, example(t, field)))
        return
    for picture in input_of(field).walk(t, field):
        yield f"{label}-{picture}"
    type_answer(t, field.example)
    yield f"{label}-filled"
    session.do("next")


def _search(t: WalkedTerminal, label: str, field: Field) -> Iterator[str]:
    """A long list, narrowed until nothing is left, then by a character that is written."""
    assert t.session.state.visit is not None
    wanted = next(one for one in t.session.state.visit.choices() if one.id == example(t, field))
    for letter in "".join(letters[0] for letters in lazy_pinyin(wanted.label.zh)):
        t.do("letter", letter)
    yield f"{label}-found"
    for letter in "qqq":
        t.do("letter", letter)
    yield f"{label}-nothing"
    t.do("clear")
    t.do("way", "hand")
    yield f"{label}-by-hand"
    for stroke in WANG:
        t.write(stroke)
    yield f"{label}-written"
    t.do("clear")
    t.do("way", "letters")


def answer(t: WalkedTerminal) -> None:
    """Give the example, and nothing beside it."""
    assert t.session.state.visit is not None
    session, field = t.session, t.session.state.visit.field
    if input_of(field).several:
        for one in field.example.split():
            session.do("toggle", one)
    elif field.card_itself:
        session.equip(card_reader=True)
        session.card_read(Card(example(t, field)))
        session.do("take_card")
        session.equip()
        return
    elif not input_of(field).methods:
        session.do("answer", example(t, field))
        return
    else:
        type_answer(t, field.example)
    session.do("next")


def example(t: WalkedTerminal, field: Field) -> str:
    assert t.session.state.visit is not None
    offered = [choice.id for choice in t.session.state.visit.choices()]
    return field.example if field.example in offered or not offered else offered[0]


def type_answer(t: WalkedTerminal, text: str) -> None:
    if t.session.state.entry.method == "sign":
        for line in lines_of(text):
            t.write(line)
        return
    spelled = t.session.state.entry.method in ("hand", "letters")
    for character in text.removeprefix(t.session.state.entry.text):
        if spelled:
            _spell(t, character)
        else:
            t.do("type", character)


def _spell(t: WalkedTerminal, character: str) -> None:
    letters = lazy_pinyin(character, v_to_u=False)[0]
    if character not in t.pinyin.candidates(letters):
        t.do("type", character)  # the dot of a name
        return
    for letter in letters:
        t.do("letter", letter)
    while character not in t.session.state.entry.candidates:
        t.do("more")
    t.do("pick", character)


def _answers(t: WalkedTerminal, service: Service, query: str) -> Iterator[str]:
    """What is shown while the hall is asked, and for each way in which it may answer."""
    hall = t.hall
    yield f"{service.id}:answer-looking"
    t.finish_background()
    yield f"{service.id}:answer-offline"
    walked: set[str] = set()
    for label, answer in query_named(query).examples.items():
        hall.answers[query] = answer
        _ask_again(t, service)
        yield f"{service.id}:answer-{label}"
        yield from printed(t, f"{service.id}:answer-{label}")
        yield from own_form(t, f"{service.id}:answer-{label}", walked)
    del hall.answers[query]
    hall.why = "staff"
    _ask_again(t, service)
    yield f"{service.id}:answer-staff"
    hall.why = "offline"


def _ask_again(t: WalkedTerminal, service: Service) -> None:
    t.session.do("back")
    if service.steps:
        t.session.do("ask")
    else:
        t.session.do("choose", service.id)
    t.finish_background()
