"""A form for several people: each is asked for by turn, one can be added, changed, taken out and had back."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest

from forms import Catalogue, Service
from kiosk.devices.cards import Card
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens import result
from kiosk.screens.common.model import Row
from kiosk.screens.common.offered import buttons
from kiosk.session.session import Session
from kiosk.state.visit import Visit
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.prompts import fixed_utterances
from kiosk.texts.strings import Texts

ID = "11010519491231002X"
Begin = Callable[[], Rehearsal]


@pytest.fixture
def begin(household: Catalogue, texts: Texts, pinyin: PinyinTable) -> Begin:
    return lambda: Rehearsal(household, texts, pinyin)


@pytest.fixture
def session(begin: Begin) -> Session:
    session = begin().session
    start(session)
    return session


def start(session: Session) -> None:
    session.do("start")
    session.do("choose", "household")
    session.do("next")


def visit(session: Session) -> Visit:
    assert session.state.visit
    return session.state.visit


def give(session: Session, text: str | None = None) -> None:
    """Answer the present question; with its example where nothing else is told. What is known is taken over."""
    if visit(session).stage == "known":
        session.do("reuse")
        return
    field = visit(session).field
    text = text or field.example
    if visit(session).choices() or field.type == "consent":
        session.do("answer", text)
        return
    session.do("clear")
    session.state.entry.add(text)
    session.do("next")


def until(session: Session, screen: str) -> None:
    while session.screen().name != screen:
        give(session)


def with_two(session: Session) -> None:
    """At the check screen, 王秀英 and 李建国 are in."""
    until(session, "question-members.1.more")
    give(session, "yes")
    give(session, "李建国")
    until(session, "check")


def plain(text: str) -> str:
    return text.replace("\u2060", "")


def names(session: Session) -> list[str]:
    repeat = visit(session).service.repeats["members"]
    answers = visit(session).answers
    return [answers.get(f"members.{place}.name", "") for place in range(1, repeat.count(answers) + 1)]


def row(session: Session, label: str) -> Row:
    return next(row for row in session.screen().rows if label in (row.label, row.value))


def test_each_question_says_of_whom_it_is_asked(session: Session) -> None:
    until(session, "question-members.1.name")
    shown = session.screen()
    assert shown.lines[0] == "第 1 位家人"
    assert shown.say[:2] == ("第 1 位家人", "这位家人叫什么名字？")
    give(session)
    shown = session.screen()
    assert plain(shown.lines[0]) == "第 1 位家人：王秀英"
    assert "王秀英" not in plain("".join(shown.say)), "a name is not said aloud"
    assert shown.lines[0] in shown.private


def test_after_each_it_says_who_is_in_and_asks_one_question(
    session: Session, household: Catalogue, texts: Texts
) -> None:
    until(session, "question-members.1.more")
    shown = session.screen()
    assert (shown.title, plain(shown.lines[0])) == ("还有别的家人吗？", "现在有 1 位：王秀英")
    assert [(one.label, one.value) for one in shown.choices] == [("有", "yes"), ("没有", "no")]
    give(session, "yes")
    give(session, "李建国")
    until(session, "question-members.2.more")
    assert plain(session.screen().lines[0]) == "现在有 2 位：王秀英、李建国"
    assert "现在有 2 位" in session.screen().say
    assert {"现在有 2 位", "第 2 位家人"} <= set(fixed_utterances(household, texts, "zh")), "in one recorded voice"
    give(session, "no")
    assert session.screen().name == "question-helpers.0.more"


def test_no_more_than_there_may_be(session: Session) -> None:
    for place in range(1, 4):
        until(session, f"question-members.{place}.more")
        give(session, "yes")
    until(session, "question-helpers.0.more")
    until(session, "check")
    assert row(session, "家人").change is None
    assert row(session, "家人").value == "现在有 4 位"


def test_nobody(session: Session) -> None:
    until(session, "question-helpers.0.more")
    give(session, "no")
    until(session, "check")
    assert row(session, "帮手").value == "一位也没有"
    session.do("add_member", "helpers")
    assert session.screen().name == "question-helpers.1.name"


def test_steps_count_those_who_are_there(session: Session) -> None:
    until(session, "question-members.1.more")
    assert session.screen().progress
    of = visit(session).step[1]
    give(session, "yes")
    assert visit(session).step == (11, of + 7)


def test_the_check_screen_groups_by_member(session: Session) -> None:
    with_two(session)
    rows = session.screen().rows
    at = [number for number, one in enumerate(rows) if one.heading]
    assert [rows[one].value for one in at] == ["您填的", "第 1 位家人", "第 2 位家人", "第 1 位帮手"]
    assert rows[at[2] + 1].label == "第 2 位家人：姓名"
    assert rows[at[2] + 1].value == "李建国"
    assert not any("more" in str(one.change.value) for one in rows if one.change)


def test_one_answer_of_one_member_is_changed(session: Session) -> None:
    with_two(session)
    session.do("change", "members.1.income")
    give(session, "700")
    assert session.screen().name == "check"
    assert visit(session).answers["members.1.income"] == "700.00"
    assert visit(session).answers["members.2.income"] == "1500.00"
    session.do("undo")
    assert visit(session).answers["members.1.income"] == "1500.00"


def test_a_change_can_open_a_question_of_that_member_alone(session: Session) -> None:
    with_two(session)
    session.do("change", "live")
    give(session, "rented")
    assert session.screen().name == "question-members.1.pays_rent"
    give(session)
    assert session.screen().name == "question-members.2.pays_rent"
    give(session)
    assert session.screen().name == "check"


def test_one_more_is_added_from_the_check_screen_with_nothing_filled_in(session: Session) -> None:
    with_two(session)
    session.hear("再加一位家人")
    assert session.screen().name == "question-members.3.name"
    assert session.screen().entry
    assert not session.state.entry.text
    give(session, "赵敏")
    until(session, "question-members.3.more")
    give(session, "no")
    assert session.screen().name == "check"
    assert names(session) == ["王秀英", "李建国", "赵敏"]


def test_who_was_added_by_mistake_is_gone_by_going_back(session: Session) -> None:
    with_two(session)
    session.do("add_member", "members")
    session.do("back")
    assert session.screen().name == "question-members.2.more"
    give(session, "no")
    assert session.screen().name == "check"
    assert names(session) == ["王秀英", "李建国"]


def test_one_is_taken_out_when_asked_twice_and_can_be_had_back(session: Session) -> None:
    with_two(session)
    session.do("change", "members.2.income")
    give(session, "88")
    before, of_li = dict(visit(session).answers), people(visit(session))["李建国"]
    typed = dict(visit(session).typed)
    said: list[tuple[str, ...]] = []
    session.on_speak(lambda _, parts: said.append(parts))
    session.do("remove_member", "members.1")
    assert names(session) == ["王秀英", "李建国"]
    assert session.screen().remark.startswith("第 1 位家人：这一位填的都会去掉")
    assert said[-1] == ("第 1 位家人", "这一位填的都会去掉。真的要去掉，请再按一次。"), "it is heard of whom"
    session.do("remove_member", "members.1")
    assert people(visit(session)) == {"李建国": of_li}
    assert session.screen().name == "check"
    assert visit(session).report().ok
    assert row(session, "第 1 位家人").change is None, "the last one stays"
    session.do("undo")
    assert (visit(session).answers, visit(session).typed) == (before, typed)
    assert names(session) == ["王秀英", "李建国"]


def test_another_press_between_asks_anew(session: Session) -> None:
    with_two(session)
    session.do("remove_member", "members.1")
    session.do("remove_member", "members.2")
    session.do("repeat")
    session.do("remove_member", "members.2")
    assert len(names(session)) == 2


def test_who_takes_the_place_of_one_taken_out_is_asked_everything(session: Session) -> None:
    with_two(session)
    session.do("remove_member", "members.2")
    session.do("remove_member", "members.2")
    session.do("add_member", "members")
    assert (session.screen().name, session.state.entry.text) == ("question-members.2.name", "")


def test_no_is_taken_back_on_the_way_and_all_is_still_there(session: Session) -> None:
    with_two(session)
    while session.screen().name != "question-members.1.more":
        session.do("back")
    give(session, "no")
    session.do("back")
    give(session, "yes")
    assert session.state.entry.text == "李建国"
    until_asked = ["members.2.name", "members.2.resident_id", "members.2.works", "members.2.income"]
    for one in until_asked:
        assert visit(session).field_id == one
        session.do("answer", visit(session).typed[one]) if visit(session).choices() else session.do("next")


def test_a_card_answers_for_the_present_member(session: Session) -> None:
    until(session, "question-members.1.more")
    give(session, "yes")
    session.equip(card_reader=True)
    session.card_read(Card(ID, "李建国"))
    assert [one.label for one in session.screen().rows] == ["姓名", "身份证号码"]
    session.do("take_card")
    assert session.screen().name == "question-members.2.works"
    assert visit(session).answers["members.2.name"] == "李建国"
    assert visit(session).answers["members.1.name"] == "王秀英"


def test_the_receipt_is_the_applicants_and_says_how_many(session: Session, begin: Begin) -> None:
    with_two(session)
    session.do("send")
    rows = {one.label: one.value for one in session.screen().rows}
    assert (rows["姓名"], rows["家人"], rows["帮手"]) == ("王**", "一共 2 位", "一共 1 位")
    lines = result.paper(session._presenter.composer(), visit(session)).lines
    assert "家人：一共 2 位" in lines
    assert not any("李" in line for line in lines)


def test_the_same_household_with_one_more_is_known_to_be_sent_again(session: Session, texts: Texts) -> None:
    until(session, "check")
    session.do("send")
    session.do("another")
    session.do("choose", "household")
    session.do("next")
    with_two(session)
    assert texts("check.sent_other", "zh") in session.screen().lines


def test_a_form_for_several_is_saved_and_taken_up(session: Session, begin: Begin) -> None:
    until(session, "question-members.1.more")
    give(session, "yes")
    give(session, "李建国")
    for digit in "1101":
        session.do("type", digit)
    before, shown = session.draft(), session.screen()
    later = begin().session
    later.restore(before)
    assert (later.screen().name, later.state.entry.text) == ("question-members.2.resident_id", "1101")
    assert later.screen().lines == shown.lines
    assert visit(later).answers == visit(session).answers
    later.do("save")
    later.do("carry_on")
    later.state.entry.add(ID[4:])
    later.do("next")
    until(later, "check")
    assert names(later) == ["王秀英", "李建国"]


def test_a_form_that_asks_more_by_now_asks_each_member_only_that(
    session: Session, household: Catalogue, texts: Texts, pinyin: PinyinTable
) -> None:
    with_two(session)
    newer = household.service("household").model_dump(by_alias=True, exclude_defaults=True)
    newer["version"] = 2
    repeat = next(step for step in newer["steps"] if step.get("repeat") == "members")
    repeat["steps"] = [*repeat["steps"], {**newer["steps"][0], "id": "school"}]
    changed = replace(household, services={"household": Service.model_validate(newer)})
    later = Rehearsal(changed, texts, pinyin).session
    later.restore(session.draft())
    asked = []
    while later.screen().name != "check":
        asked.append(visit(later).field_id)
        give(later)
    assert asked == ["members.1.school", "members.2.school", "consent"]
    assert names(later) == ["王秀英", "李建国"]
    kept = {name: value for name, value in visit(later).answers.items() if "school" not in name}
    assert kept == visit(session).answers


PRESSED = ("back", "undo", "change", "add_member", "remove_member", "answer", "next", "explain", "resume", "save",
           "carry_on", "lang", "repeat", "clear", "erase", "take_card", "refuse_card")  # fmt: skip

OFTEN = ("remove_member", "add_member", "undo", "answer")


def people(one: Visit) -> dict[str, dict[str, str]]:
    """What is known of each member who has a name."""
    found = {}
    repeat = one.service.repeats["members"]
    for place in range(1, repeat.count(one.answers) + 1):
        own = {field.own_id: one.answers[field.id] for field in repeat.of_member(place) if field.id in one.answers}
        own.pop("more", None)
        if name := own.get("name"):
            found[name] = own
    return found


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_pressed_no_member_who_is_still_there_loses_an_answer(begin: Begin, seed: int) -> None:
    """One press answers or changes one field of one member at most; all else of who is still there stays."""
    random, session = Random(seed), begin().session
    called = iter([first + second for first in "王李张刘陈杨赵黄周吴" for second in "敏静丽强磊军洋勇艳杰"])
    start(session)
    until(session, "question-members.1.name")
    for number in range(3):
        give(session, next(called))
        until(session, f"question-members.{number + 1}.income")
        give(session, str(100 + number))
        until(session, f"question-members.{number + 1}.more")
        give(session, "yes" if number < 2 else "no")
    until(session, "check")
    for _ in range(80):
        before, one = people(visit(session)), visit(session)
        field = one.field if one.stage == "question" else None
        if field and not one.choices() and field.type != "consent" and random.random() < 0.7:
            give(session, next(called) if field.type == "person_name" else None)
        elif random.random() < 0.05:
            draft, session = session.draft(), begin().session
            session.restore(draft)
        else:
            offered = [button for button in buttons(session.screen()) if button.action in PRESSED]
            weights = [5 if one.action in OFTEN else 1 for one in offered]
            pressed = random.choices(offered, weights)[0]
            session.do(pressed.action, pressed.value)
            if pressed.action == "remove_member":
                session.do(pressed.action, pressed.value)
        after = people(visit(session))
        session.screen()
        visit(session).report()
        changed = [
            (name, own)
            for name in before.keys() & after.keys()
            for own in before[name].keys() | after[name].keys()
            if before[name].get(own) != after[name].get(own)
        ]
        others = {own for _, own in changed} - {"town", "village"}  # a village goes with its town
        assert len(others) <= 1, (seed, changed)
        assert len({name for name, _ in changed}) <= 1, (seed, changed)


def test_what_is_to_be_looked_at_stands_there_while_one_is_asked_to_be_sure(session: Session) -> None:
    with_two(session)
    first = session.screen().rows[0]
    assert (first.label, first.value) == ("第 2 位家人：身份证号码", "身份证号码和前面一位的一样，请再看一遍。")
    assert first.change
    assert first.change.value == "members.2.resident_id"
    session.do("remove_member", "members.1")
    session.do("repeat")
    assert session.screen().notices == ("第 1 位家人：这一位填的都会去掉。真的要去掉，请再按一次。",)
    assert session.screen().rows[0] == first
