"""A number of the queue, as a visitor draws it: shown, said, printed; nothing is made up without the hall."""

import pytest

from forms import Catalogue
from kiosk.devices.printers import Paper
from kiosk.queries import query_named
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts
from protocol.queries.queue_ticket import Answer, Inputs

EXAMPLES = query_named("queue_ticket").examples


class KeptPaper:
    def __init__(self, works: bool = True) -> None:
        self.works, self.pages = works, list[Paper]()

    def print(self, paper: Paper) -> bool:
        self.pages.append(paper)
        return self.works


def asked(rehearsal: Rehearsal, senior: str = "no", mobility: str = "none") -> None:
    session = rehearsal.session
    session.do("start")
    session.do("choose", "queue-ticket")
    session.do("next")
    for answer in ("cards", "now", senior, mobility):
        session.do("answer", answer)
    assert session.screen().primary.label == "都对，取号"  # type: ignore[union-attr]
    session.do("ask")


def drawn(rehearsal: Rehearsal, example: str = "drawn", **answers: str) -> None:
    rehearsal.hall.answers["queue_ticket"] = EXAMPLES[example]
    asked(rehearsal, **answers)
    rehearsal.finish_background()


def wanted(rehearsal: Rehearsal) -> Inputs:
    assert rehearsal.hall.asked is not None
    inputs = rehearsal.hall.asked[0]
    assert isinstance(inputs, Inputs)
    return inputs


def test_the_number_is_shown_said_and_printed(rehearsal: Rehearsal) -> None:
    printer = KeptPaper()
    session, said = rehearsal.session, list[tuple[str, ...]]()
    session.equip(printer=printer)
    session.on_speak(lambda _, parts: said.append(parts))
    drawn(rehearsal, mobility="wheelchair")
    assert session.screen().title == "您的号是 23 号"
    assert [parts[0] for parts in said[-2:]] == ["您的号是 23 号", "号打好了，请拿好。"]
    assert "正在打印您的号，请等一下。" in said[-2]
    assert "打好了" in session.screen().lines[0]
    (page,) = printer.pages
    assert (page.title, page.number, page.qr) == ("排队号", "23", "")
    assert page.lines == (
        "哪天用：11月23日 星期一 上午",
        "办什么：证件和卡",
        "要帮的：坐轮椅",
        "叫到您的号，请到窗口去。这个号只在这一天有用。",
    )


def test_who_goes_first_is_told_so_and_how_many_are_before(rehearsal: Rehearsal) -> None:
    drawn(rehearsal, "first", senior="yes")
    shown = rehearsal.session.screen()
    rows = {row.label: row.value for row in shown.rows}
    assert (rows["先后"], rows["前面还有"]) == ("您先办", "3 个人")
    assert "满 70 岁的先叫，请带好身份证。" in " ".join(shown.lines)


def test_a_number_that_does_not_print_still_counts(rehearsal: Rehearsal) -> None:
    rehearsal.session.equip(printer=KeptPaper(works=False))
    drawn(rehearsal)
    rehearsal.finish_background()
    assert "没打出来，照样有用" in rehearsal.session.screen().lines[0]
    assert rehearsal.session.screen().title == "您的号是 23 号"


def test_without_a_line_no_number_is_made_up_and_a_second_try_asks_for_the_same(rehearsal: Rehearsal) -> None:
    printer = KeptPaper()
    rehearsal.session.equip(printer=printer)
    asked(rehearsal)
    rehearsal.finish_background()
    shown, first = rehearsal.session.screen(), wanted(rehearsal)
    assert shown.title == "现在取不了号，线路断了"
    assert "请叫工作人员，给您写一个纸的号" in shown.lines[0]
    assert shown.primary is not None
    assert (shown.primary.action, shown.primary.label) == ("ask", "再取一次")
    assert printer.pages == []
    rehearsal.hall.answers["queue_ticket"] = EXAMPLES["drawn"]
    rehearsal.session.hear("再取一次")
    rehearsal.finish_background()
    assert wanted(rehearsal) == first
    assert rehearsal.session.screen().title == "您的号是 23 号"


def test_another_answer_or_another_visit_asks_for_another_number(rehearsal: Rehearsal) -> None:
    drawn(rehearsal)
    ids = [wanted(rehearsal).id]
    session = rehearsal.session
    session.do("back")
    session.do("change", "slot")
    session.do("answer", "afternoon")
    session.do("ask")
    rehearsal.finish_background()
    ids.append(wanted(rehearsal).id)
    session.do("finish")
    session.do("home")
    drawn(rehearsal)
    ids.append(wanted(rehearsal).id)
    assert len(set(ids)) == 3


def test_a_hall_that_cannot_give_one_leads_to_staff(rehearsal: Rehearsal) -> None:
    rehearsal.hall.why = "staff"
    asked(rehearsal)
    rehearsal.finish_background()
    shown = rehearsal.session.screen()
    assert shown.title == "这里取不了号"
    assert shown.primary is not None
    assert shown.primary.action == "help"


@pytest.mark.parametrize(
    ("example", "told"),
    [("closed", "11月23日 星期一 上午8点半到11点半"), ("closed-for-long", "请问工作人员")],
)
def test_when_the_hall_is_closed_the_next_hours_stand_there_and_no_number(
    rehearsal: Rehearsal, example: str, told: str
) -> None:
    printer = KeptPaper()
    rehearsal.session.equip(printer=printer)
    drawn(rehearsal, example)
    shown = rehearsal.session.screen()
    assert shown.title == "那个时候大厅不开门"
    assert [row.value for row in shown.rows] == [told]
    assert "没有取号" in shown.lines[0]
    assert printer.pages == []


def test_a_kiosk_that_was_begun_anew_asks_for_the_same_number(
    rehearsal: Rehearsal, catalogue: Catalogue, texts: Texts
) -> None:
    asked(rehearsal)
    rehearsal.finish_background()
    again = Rehearsal(catalogue, texts, rehearsal.pinyin)
    again.session.restore(rehearsal.session.draft())
    again.session.do("ask")
    again.finish_background()
    assert wanted(again) == wanted(rehearsal)


def test_every_answer_can_be_written_on_the_wire() -> None:
    for one in EXAMPLES.values():
        assert Answer.model_validate_json(one.model_dump_json()) == one
