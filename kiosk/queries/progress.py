"""How far one's forms have got: at the hall, or still on this kiosk."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from forms import Catalogue, Text
from forms.fields import receipt_number
from forms.texts import untranslated
from kiosk.hall.service import HallAway, HallService
from kiosk.queries import Query
from kiosk.state.query_answer import AnswerLine, QueryAnswer
from kiosk.texts.strings import Texts
from protocol.queries import inputs_of
from protocol.queries.progress import Answer, Inputs, Line
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
            )
        ]
    ),
}


def ask(hall: HallService, answers: Mapping[str, str], catalogue: Catalogue, texts: Texts) -> QueryAnswer:
    number = answers.get("receipt_number", "")
    here = hall.form_here(number) if number else None
    if here and here.state == "held":
        raise HallAway("The form is held on this kiosk.", "staff")
    if here and here.state == "saved":
        title = _title(catalogue, here.service_id or number, here.title)
        lines = [*_lines(number, title, texts.text("answer.here"), "", texts)]
    else:
        found = hall.ask("progress", inputs_of(answers, Inputs), Answer).lines
        lines = [
            shown
            for one in found
            for shown in _lines(
                one.receipt_number,
                _title(catalogue, one.service_id, Text(zh=one.title.zh, en=one.title.en) if one.title else None),
                Text(zh=one.words.zh, en=one.words.en),
                one.note,
                texts,
            )
        ]
    return QueryAnswer("answer.title", tuple(lines), "answer.none_line" if number else "answer.none_person")


def _title(catalogue: Catalogue, service_id: str, then: Text | None) -> Text:
    """What the service is called; what it was called where it is not done here any more."""
    service = catalogue.services.get(service_id)
    return service.title if service else then or untranslated(service_id)


def _lines(number: str, title: Text, status: Text, note: str, texts: Texts) -> Iterator[AnswerLine]:
    if note:
        told = untranslated(note)
        yield AnswerLine(texts.text("answer.todo"), told, aloud=(told,))
    yield AnswerLine(texts.text("receipt.number"), untranslated(receipt_number.KIND.grouped(number)))
    yield AnswerLine(title, status, aloud=(title, status))


QUERY = Query(ask, EXAMPLES)
