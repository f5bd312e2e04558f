"""Choosing several things, and going on without choosing."""

import every_kind
import pytest

from forms import Catalogue
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Button
from kiosk.testing.rehearsal import Rehearsal
from kiosk.texts.strings import Texts


@pytest.fixture
def asked(request: pytest.FixtureRequest, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable) -> Rehearsal:
    """Before the one question that the test names, with what it says otherwise."""
    name, more = request.param
    return every_kind.asked(catalogue, texts, pinyin, every_kind.step(name, **more))


def chosen(rehearsal: Rehearsal) -> list[str]:
    return [one.label for one in rehearsal.session.screen().choices if one.selected]


def button(rehearsal: Rehearsal, label: str) -> Button:
    return next(one for one in rehearsal.session.screen().choices if one.label == label)


def touch(rehearsal: Rehearsal, *labels: str) -> None:
    for label in labels:
        one = button(rehearsal, label)
        rehearsal.session.do(one.action, one.value)


SEVERAL = [("income_from", {})]
OPTIONAL = [("hearing_aid", {})]


@pytest.mark.parametrize("asked", SEVERAL, indirect=True)
def test_each_touch_takes_one_or_leaves_it_and_says_what_is_chosen(asked: Rehearsal) -> None:
    touch(asked, "种地养殖", "养老金")
    assert chosen(asked) == ["养老金", "种地养殖"]
    assert asked.session.to_say() == ("现在选了：", "养老金", "种地养殖")
    touch(asked, "种地养殖")
    assert chosen(asked) == ["养老金"]
    touch(asked, "养老金")
    assert asked.session.to_say() == ("现在一个都没选。",)


@pytest.mark.parametrize("asked", SEVERAL, indirect=True)
def test_none_of_these_takes_the_others_away(asked: Rehearsal) -> None:
    touch(asked, "养老金", "以上都没有")
    assert chosen(asked) == ["以上都没有"]
    touch(asked, "养老金")
    assert chosen(asked) == ["养老金"]


@pytest.mark.parametrize("asked", SEVERAL, indirect=True)
def test_they_are_said_too_by_name_or_place(asked: Rehearsal) -> None:
    asked.session.hear("养老金")
    asked.session.hear(None, dictated="第二个")
    assert chosen(asked) == ["养老金", "种地养殖"]
    asked.session.hear("选好了")
    assert asked.session.screen().rows[0].value == "养老金、种地养殖"
    assert asked.session.state.visit
    assert asked.session.state.visit.answers["income_from"] == "pension farming"


@pytest.mark.parametrize("asked", SEVERAL, indirect=True)
def test_something_has_to_be_chosen(asked: Rehearsal) -> None:
    asked.session.do("next")
    assert "还没有选" in asked.session.screen().error


@pytest.mark.parametrize("asked", [("income_from", {"max": 2})], indirect=True)
def test_no_more_than_so_many(asked: Rehearsal) -> None:
    touch(asked, "养老金", "种地养殖", "打工的工钱")
    assert chosen(asked) == ["养老金", "种地养殖"]
    assert "最多选2个" in asked.session.screen().error
    assert asked.session.to_say() == (asked.session.screen().error,)
    touch(asked, "以上都没有")
    assert chosen(asked) == ["以上都没有"]


@pytest.mark.parametrize("asked", [("income_from", {"required": False})], indirect=True)
def test_several_that_may_be_left_empty(asked: Rehearsal) -> None:
    primary = asked.session.screen().primary
    assert primary
    assert primary.label == "不用选，接着办"
    asked.session.do("next")
    assert asked.session.screen().rows[0].value == "没有填"


@pytest.mark.parametrize("asked", OPTIONAL, indirect=True)
@pytest.mark.parametrize("said", ["不用选", "跳过", "下一步"])
def test_one_may_go_on_without_choosing(asked: Rehearsal, said: str) -> None:
    assert "不用选，接着办" in asked.session.screen().say
    asked.session.hear(said)
    assert asked.session.screen().rows[0].value == "没有填"
    asked.session.do("change", "hearing_aid")
    assert chosen(asked) == ["不用选，接着办"]
    touch(asked, "左耳的")
    assert asked.session.screen().rows[0].value == "左耳的"


@pytest.mark.parametrize("asked", OPTIONAL, indirect=True)
def test_next_keeps_what_was_chosen_and_the_button_takes_it_away(asked: Rehearsal) -> None:
    touch(asked, "左耳的")
    asked.session.do("change", "hearing_aid")
    asked.session.hear("下一步")
    assert asked.session.screen().rows[0].value == "左耳的"
    asked.session.do("change", "hearing_aid")
    touch(asked, "不用选，接着办")
    assert asked.session.screen().rows[0].value == "没有填"
