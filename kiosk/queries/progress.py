"""How far one's forms have got: at the hall, or still on this kiosk."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

from forms import Catalogue, Text
from forms.fields.numbers import receipt_number
from forms.texts import untranslated
from forms.values.days import day_in_words
from kiosk.hall.service import HallAway, HallService
from kiosk.queries import Asked, Query
from kiosk.state.query_answer import AnswerLine, LackingPaper, OwnForm, QueryAnswer
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts
from protocol.after_sending import RulingKind
from protocol.levels import By, Claim
from protocol.queries import inputs_of
from protocol.queries.progress import Answer, Inputs, Line, Paper, Remedy, ToldRuling
from protocol.wire import ProgressStatus, Words

EXAMPLES = {
    "none": Answer(lines=[]),
    "found": Answer(
        lines=[
            Line(
                receipt_number="400000000002",
                service_id="old-age-allowance",
                status=ProgressStatus.IN_REVIEW,
                words=Words(zh="工作人员正在办", en="A staff member is working on it"),
                updated_at=datetime(2026, 11, 23, tzinfo=UTC),
                note="请带户口本来三号窗口",
                submission=UUID(int=1),
                may_change=True,
                papers=(Paper(field="certificate_paper", label=Words(zh="残疾人证", en="disability certificate")),),
            )
        ]
    ),
    "refused": Answer(
        lines=[
            Line(
                receipt_number="400000000002",
                service_id="old-age-allowance",
                status=ProgressStatus.DONE,
                words=Words(zh="这次没有同意", en="It was not granted this time"),
                next=Words(
                    zh="请看不同意可以找谁、哪天以前。看不懂，请叫工作人员讲给您听。",
                    en="Please see whom you can ask if you do not agree, and until when. If it is hard to follow, ask "
                    "a staff member.",
                ),
                updated_at=datetime(2026, 11, 23, tzinfo=UTC),
                submission=UUID(int=1),
                ruling=ToldRuling(
                    kind=RulingKind.REFUSED,
                    reason=Words(
                        zh="还没到规定的年纪。到了年纪，可以再来办。",
                        en="You have not reached the age yet. Once you have, you can come again.",
                    ),
                    basis=Words(
                        zh="老年人权益保障法（2018年修正）第三十三条第二款：高龄津贴给多大年纪的老人，在哪里领，由地方规定。",
                        en="From what age the allowance is paid, and where, is for each place to say.",
                    ),
                    remedies=(
                        Remedy(
                            words=Words(
                                zh="不同意，六十天以内可以请县政府重新看，叫“行政复议”，去县司法局办。不收钱，不会写可以口头说。",
                                en="If you do not agree, within 60 days you can ask the county government to look "
                                "again, at its justice office. It is free, and you may say it instead of writing.",
                            ),
                            until=date(2027, 1, 22),
                        ),
                    ),
                    by="李",
                    day=date(2026, 11, 23),
                ),
            )
        ]
    ),
    "accepted": Answer(
        lines=[
            Line(
                receipt_number="400000000002",
                service_id="old-age-allowance",
                status=ProgressStatus.DONE,
                words=Words(zh="办好了", en="It is done"),
                next=Words(
                    zh="不用再做什么。有不对的地方，请到大厅窗口问。",
                    en="Nothing more to do. If something is wrong, please ask at the hall's counter.",
                ),
                submission=UUID(int=1),
                ruling=ToldRuling(
                    kind=RulingKind.ACCEPTED,
                    reason=Words(
                        zh="您填的、带来的都看过了，符合规定。",
                        en="We looked at all that you filled in and brought, and it fits the rules.",
                    ),
                    by="李",
                    day=date(2026, 11, 23),
                ),
            )
        ]
    ),
    "more": Answer(
        lines=[
            Line(
                receipt_number="400000000002",
                service_id="old-age-allowance",
                status=ProgressStatus.NEEDS_MATERIAL,
                words=Words(zh="还差材料，请看说明", en="Something is still needed. Please see the note"),
                next=Words(
                    zh="请把差的材料带到大厅，交给工作人员。",
                    en="Please bring what is missing to the hall and give it to the staff.",
                ),
                submission=UUID(int=1),
                may_change=True,
                papers=(Paper(field="certificate_paper", label=Words(zh="残疾人证", en="disability certificate")),),
                ruling=ToldRuling(
                    kind=RulingKind.MORE,
                    reason=Words(
                        zh="还差材料，补上就能接着办。",
                        en="Something is still missing. Once you bring it, we go on.",
                    ),
                    by="李",
                    day=date(2026, 11, 23),
                ),
            )
        ]
    ),
    "taken-up": Answer(
        lines=[
            Line(
                receipt_number="400000000002",
                service_id="old-age-allowance",
                status=ProgressStatus.IN_REVIEW,
                words=Words(zh="工作人员在重新看", en="Staff are looking at it again"),
                next=Words(
                    zh="以前的结果先不算。有了新结果，会改这里的字。",
                    en="The earlier result does not count for now. This line changes once there is a new one.",
                ),
            )
        ]
    ),
    "order": Answer(
        lines=[
            Line(
                receipt_number="896072853568",
                status=ProgressStatus.DONE,
                words=Words(zh="有答复了", en="There is an answer"),
                next=Words(
                    zh="看看答复。还没解决，就拿这个号来找我们。",
                    en="Please read the answer. If that does not help, come to us with this number.",
                ),
                note="补贴的表在二号窗口，材料不齐也先收下。星期一到星期五上午都有人，您来了叫一声就行。",
                work_order=True,
                changed=Words(zh="告诉您怎么办了。", en="You were told how to do it."),
            )
        ]
    ),
    "state": Answer(
        lines=[
            Line(
                receipt_number="400000000002",
                status=ProgressStatus.IN_REVIEW,
                words=Words(zh="工作人员正在办", en="A staff member is working on it"),
            )
        ]
    ),
}


def ask(hall: HallService, asked: Asked) -> QueryAnswer:
    answers, texts = asked.answers, asked.texts
    number = answers.get("receipt_number", "")
    here = hall.form_here(number) if number else None
    if here == "held":
        raise HallAway("The form is held on this kiosk.", "staff")
    if here == "saved":
        return QueryAnswer("answer.title", tuple(_state(number, texts.text("answer.here"), texts)))
    if number and hall.order_state(number) == "saved":
        return QueryAnswer("answer.title", tuple(_state(number, texts.text("answer.order_here"), texts)))
    found = hall.ask("progress", inputs_of(answers, Inputs), Answer, _claim(asked)).lines
    among_others = len(found) > 1
    lines = [shown for one in found for shown in _lines(one, asked.catalogue, texts, among_others=among_others)]
    more = "" if all(_told_all(one) for one in found) else "answer.no_match" if _last4(asked) else "answer.state_only"
    nothing = "answer.none_line" if number else "answer.none_person"
    forms = tuple(form for one in found if (form := _own_form(one, asked)))
    answered = next((one.receipt_number for one in found if one.work_order and _is_answered(one)), "")
    return QueryAnswer("answer.title", tuple(lines), nothing, more, forms=forms, answered=answered)


def _told_all(line: Line) -> bool:
    """Whether nothing more can be learnt by the end of a phone number. An order has no answer before it is done."""
    if line.work_order:
        return line.status is not ProgressStatus.DONE or _is_answered(line)
    return bool(line.service_id)


def _is_answered(order: Line) -> bool:
    return bool(order.changed or order.note)


def _own_form(line: Line, asked: Asked) -> OwnForm | None:
    """None where too little was shown, and of a hall that takes nothing after sending."""
    if line.submission is None:
        return None
    proof = {name: value for name in ("resident_id", "phone_last4") if (value := asked.answers.get(name))}
    papers = [LackingPaper(one.field, _text(one.label), one.brought) for one in line.papers]
    return OwnForm(
        submission=line.submission,
        number=line.receipt_number,
        service_id=line.service_id,
        title=_title(asked.catalogue, line),
        by=_claim(asked).by,
        state=_text(line.words),
        next=_then(line),
        may_change=line.may_change,
        papers=tuple(papers),
        proof=proof,
        ruling=tuple(_ruling(line.ruling, asked.texts)) if line.ruling else (),
    )


def _ruling(ruling: ToldRuling, texts: Texts) -> Iterator[AnswerLine]:
    """How a person has decided: why, and what can be done, which are said; then by which rule and by whom."""
    reason = Text(zh=f"{ruling.reason.zh}{ruling.own_words}", en=f"{ruling.reason.en} {ruling.own_words}".strip())
    yield _said("result.why", reason, texts)
    for one in ruling.remedies:
        yield _said("result.remedy", _remedy(one, texts), texts)
    if ruling.basis:
        yield AnswerLine(texts.text("result.rule"), _text(ruling.basis))
    yield AnswerLine(texts.text("result.who"), _filled(texts, "result.by", ruling.day, name=ruling.by))


def _remedy(remedy: Remedy, texts: Texts) -> Text:
    """What can be done, and until when it is surely in time."""
    if remedy.until is None:
        return _text(remedy.words)
    until = _filled(texts, "result.until", remedy.until)
    return Text(zh=f"{remedy.words.zh}{until.zh}", en=f"{remedy.words.en} {until.en}")


def _filled(texts: Texts, key: str, day: date, **values: str) -> Text:
    said = {lang: texts(key, lang, day=day_in_words(day.isoformat(), lang), **values) for lang in LANGS}
    return Text(zh=said["zh"], en=said["en"])


def _claim(asked: Asked) -> Claim:
    """How the visitor may ask: by what they have shown, else by the digits that the hall compares, else by a number."""
    number = asked.answers.get("resident_id") or asked.answers.get("receipt_number", "")
    return asked.claim(number) or Claim(By.RECEIPT if _last4(asked) else By.TYPED)


def _last4(asked: Asked) -> str:
    return asked.answers.get("phone_last4", "")


def _lines(line: Line, catalogue: Catalogue, texts: Texts, *, among_others: bool) -> Iterator[AnswerLine]:
    """What is to be done comes first; of several forms each begins with its name and number."""
    status = _text(line.words)
    if line.work_order:
        yield from _order(line, status, texts, among_others=among_others)
        return
    if not line.service_id:
        yield from _state(line.receipt_number, status, texts)
        yield from _next(line, texts)
        return
    title, number, todo = _title(catalogue, line), _number(line.receipt_number, texts), []
    if line.note:
        todo = [_said("answer.todo", untranslated(line.note), texts)]
    if among_others:
        named = Text(zh=f"{title.zh} {number.value.zh}", en=f"{title.en} {number.value.en}")
        yield from (AnswerLine(named, status, aloud=(title, status), form=line.submission), *todo)
    else:
        yield from (*todo, AnswerLine(title, status, aloud=(title, status)))
        yield from _next(line, texts)
        yield from _ruling(line.ruling, texts) if line.ruling else (number,)  # else on the form's own page
        yield from _together(line, texts)


def _order(line: Line, status: Text, texts: Texts, *, among_others: bool) -> Iterator[AnswerLine]:
    """What somebody could not get done: what was done about it and the answer come first, among others its number."""
    number = receipt_number.KIND.grouped(line.receipt_number)
    if among_others:
        what = texts.text("order.paper")
        yield AnswerLine(Text(zh=f"{what.zh} {number}", en=f"{what.en} {number}"), status, aloud=(what, status))
    if line.changed:
        yield _said("answer.changed", _text(line.changed), texts)
    if line.note:
        yield _said("answer.reply", untranslated(line.note), texts)
    if not among_others:
        yield _said("answer.step", status, texts)
    if line.next:
        yield _said("answer.next", _text(line.next), texts)
    if not among_others:
        yield AnswerLine(texts.text("order.number"), untranslated(number))


def _state(number: str, status: Text, texts: Texts) -> Iterator[AnswerLine]:
    """Of a form of which only the number was given."""
    yield _said("answer.step", status, texts)
    yield _number(number, texts)


def _next(line: Line, texts: Texts) -> Iterator[AnswerLine]:
    """Nothing where staff wrote what is to be done."""
    if not line.note and (then := _then(line)):
        yield _said("answer.next", then, texts)


def _then(line: Line) -> Text | None:
    """Who does what next; an older hall does not say. Of a no the remedies say it, which are told beside it."""
    by_remedies = line.ruling and line.ruling.remedies
    return _text(line.next) if line.next and not by_remedies else None


def _together(line: Line, texts: Texts) -> Iterator[AnswerLine]:
    """What was handed in with it: each has its own state, and is asked for by its own number."""
    for one in line.together:
        number = receipt_number.KIND.grouped(one.receipt_number)
        named = Text(zh=f"{one.title.zh} {number}", en=f"{one.title.en} {number}")
        yield AnswerLine(texts.text("answer.together"), named)


def _number(number: str, texts: Texts) -> AnswerLine:
    return AnswerLine(texts.text("receipt.number"), untranslated(receipt_number.KIND.grouped(number)))


def _said(key: str, value: Text, texts: Texts) -> AnswerLine:
    """A line that is said as the answer opens."""
    return AnswerLine(texts.text(key), value, aloud=(value,))


def _text(words: Words) -> Text:
    return Text(zh=words.zh, en=words.en)


def _title(catalogue: Catalogue, line: Line) -> Text:
    """What the service is called; what it was called where it is not done here any more."""
    service = catalogue.services.get(line.service_id)
    then = _text(line.title) if line.title else None
    return service.title if service else then or untranslated(line.service_id)


QUERY = Query(ask, EXAMPLES)
