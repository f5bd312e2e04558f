"""One errand without screens: back and change lose nothing, answers open and close questions."""

from datetime import date

import pytest

from forms import Catalogue
from kiosk.state.visit import Visit

TODAY = date(2026, 11, 23)
EXAMPLES = {"town": "qinghe", "village": "qinghe_heyan"}


def visit(catalogue: Catalogue, service: str = "old-age-allowance") -> Visit:
    begun = Visit(catalogue, catalogue.service(service), lambda: TODAY)
    begun.begin()
    return begun


def for_oneself(catalogue: Catalogue) -> Visit:
    """At the name."""
    begun = visit(catalogue)
    assert give(begun, "self")
    return begun


def give(one: Visit, text: str | None = None) -> bool:
    one.type(EXAMPLES.get(one.field.id, one.field.example) if text is None else text)
    return one.answer()


def fill(one: Visit, until: str = "", **answers: str) -> Visit:
    """Answer question after question; with examples where nothing else is told."""
    while one.stage == "question" and one.field.id != until:
        assert give(one, answers.get(one.field.id)), one.problem
    return one


def test_from_the_first_question_to_the_check(catalogue: Catalogue) -> None:
    one = visit(catalogue)
    assert one.field.id == "for_whom"
    assert one.step == (1, 11)
    fill(one)
    assert one.stage == "check"
    assert one.report().ok


def test_back_shows_every_answer_again_and_on_needs_no_typing(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    before = dict(one.answers)
    passed = 0
    while one.stage != "prerequisites":
        assert one.back()
        passed += 1
    assert passed == 12
    assert not one.back(), "this is the first screen"
    one.begin()
    while one.stage == "question":
        assert one.typed[one.field.id]
        assert one.answer()
    assert one.answers == before


def test_a_wrong_answer_stays_to_be_mended(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue), "resident_id")
    assert not give(one, "110105194912310020")
    assert one.problem
    assert one.problem.code == "resident_id_check_digit"
    assert one.typed["resident_id"] == "110105194912310020"
    assert "resident_id" not in one.answers
    one.back()
    assert one.problem is None
    one.answer()
    assert one.field.id == "resident_id"
    assert one.typed["resident_id"] == "110105194912310020"


def test_mistakes_are_counted_for_one_question(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue), "resident_id")
    give(one, "1")
    give(one, "2")
    assert one.mistakes == 2
    assert give(one)
    assert one.mistakes == 0
    assert one.problem is None


def test_typing_takes_the_error_away(catalogue: Catalogue) -> None:
    one = for_oneself(catalogue)
    give(one, "")
    assert one.problem
    one.type("王")
    assert one.problem is None


def test_a_question_may_be_left_empty_where_that_is_fine(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue), house_number="")
    assert one.stage == "check"
    assert "house_number" not in one.report().normalised


def test_a_change_goes_straight_back_to_the_check(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    one.change("name")
    give(one, "李秀英")
    assert one.stage == "check"
    assert one.answers["name"] == "李秀英"


def test_a_change_thought_better_of_changes_nothing(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    before = dict(one.answers)
    one.change("name")
    assert not give(one, "王")
    assert one.back()
    assert one.stage == "check"
    assert one.answers == before


def test_a_changed_answer_opens_questions_and_closes_them(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    assert "account_holder_name" not in [field.id for field in one.fields()]
    one.change("account_holder")
    give(one, "family")
    assert one.field.id == "account_holder_name"
    give(one, "李强")
    assert one.field.id == "family_bank_card", "the one that was given before is another's"
    give(one, "6217001234567890122")
    assert one.stage == "check"
    assert one.report().normalised["account_holder_name"] == "李强"
    assert "bank_card" not in one.report().normalised
    one.change("account_holder")
    give(one, "own")
    assert one.stage == "check"
    assert "account_holder_name" not in one.report().normalised
    one.change("account_holder")
    give(one, "family")
    assert one.stage == "check", "the name and the card given before are still known"


def test_back_from_a_question_that_a_change_opened(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    one.change("account_holder")
    give(one, "family")
    assert one.back()
    assert one.field.id == "account_holder", "a back that stays where it is feels like a broken machine"
    give(one, "own")
    assert one.stage == "check"


def test_a_changed_town_drops_the_village(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    one.change("town")
    give(one, "shiqiao")
    assert one.field.id == "village"
    assert {choice.within for choice in one.choices()} == {"shiqiao"}
    assert "village" not in one.answers
    give(one, "shiqiao_wangzhuang")
    assert one.stage == "check"
    assert one.report().ok


def test_the_same_town_keeps_the_village(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    one.change("town")
    give(one, "qinghe")
    assert one.stage == "check"
    assert one.answers["village"] == "qinghe_heyan"


def test_the_usual_way_is_counted_from_the_first_question(catalogue: Catalogue) -> None:
    """Who answers as most do is told the same number of steps all along."""
    for service in (one.id for one in catalogue.services.values() if one.steps):
        one = visit(catalogue, service)
        _, of = one.step
        for step in range(1, of + 1):
            assert one.step == (step, of)
            give(one)
        assert one.stage == "check"


def test_steps_count_what_the_answers_open_and_close(catalogue: Catalogue) -> None:
    one = visit(catalogue, "progress-query")
    assert one.step == (1, 3)
    give(one, "receipt")
    assert one.step == (2, 3)
    one.back()
    give(one, "card")
    assert one.step == (2, 2)
    one = fill(visit(catalogue, "pension-certification"), until="method")
    assert one.step == (5, 7)
    give(one, "home")
    assert one.step == (6, 10)


# taking back


def test_a_wrong_choice_is_taken_back(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue), until="hukou_here")
    give(one, "elsewhere")
    assert one.undo().zh == "户口所在地"
    assert one.field.id == "hukou_here"
    assert not one.typed.get("hukou_here")
    assert one.step == (4, 11)


def test_what_was_typed_stays_to_be_mended(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue), until="hukou_here")
    one.undo()
    assert one.field.id == "resident_id"
    assert one.typed["resident_id"] == one.field.example
    one.undo()
    assert one.field.id == "name"
    one.undo()
    assert not one.can_undo


def test_a_change_is_undone_with_all_that_hung_on_it(catalogue: Catalogue) -> None:
    one = fill(visit(catalogue))
    one.change("town")
    give(one, "chengguan")  # the village is of another town now
    assert one.field.id == "village"
    one.undo()
    assert one.stage == "check"
    assert (one.answers["town"], one.answers["village"]) == ("qinghe", "qinghe_heyan")


def test_several_answers_at_once_stop_at_what_is_wrong(catalogue: Catalogue) -> None:
    one = for_oneself(catalogue)
    one.fill({"name": "王秀英", "resident_id": "11010519491231002X"})
    assert one.field.id == "hukou_here"
    other = for_oneself(catalogue)
    other.fill({"name": "王", "resident_id": "110105194912310020"})
    assert other.problem
    assert other.field.id == other.problem.field


@pytest.mark.parametrize("service", ["old-age-allowance", "pension-certification", "progress-query"])
def test_each_service_can_be_done_with_its_examples(catalogue: Catalogue, service: str) -> None:
    assert fill(visit(catalogue, service)).report().ok
