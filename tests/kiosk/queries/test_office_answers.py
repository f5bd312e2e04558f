"""What another office told, as lines of a screen: what is private, what is missing, and who is away."""

from collections.abc import Mapping

import pytest
from pydantic import BaseModel

from forms import Catalogue
from kiosk.hall.in_memory import InMemoryHall
from kiosk.hall.service import HallAway
from kiosk.queries import Asked, query_named
from kiosk.state.query_answer import QueryAnswer
from kiosk.texts.strings import Texts
from protocol.levels import By, Claim
from protocol.queries import Office

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "medical_insurance": {"resident_id": "11010519491231002X", "period": "this_year", "consent": "yes"},
    "farm_subsidy": {"resident_id": "11010519491231002X", "year": "this_year", "item": "all", "consent": "yes"},
    "utility_bill": {"account_number": "1000000012", "utility": "water", "consent": "yes"},
}


@pytest.fixture
def hall() -> InMemoryHall:
    return InMemoryHall()


@pytest.fixture
def ask(hall: InMemoryHall, catalogue: Catalogue, texts: Texts) -> "Ask":
    return Ask(hall, catalogue, texts)


class Ask:
    def __init__(self, hall: InMemoryHall, catalogue: Catalogue, texts: Texts) -> None:
        self.hall, self.catalogue, self.texts = hall, catalogue, texts

    def __call__(self, query: str, answer: BaseModel | str = "found") -> QueryAnswer:
        told = query_named(query).examples[answer] if isinstance(answer, str) else answer
        self.hall.answers[query] = told
        asked = Asked(ANSWERS[query], self.catalogue, self.texts, lambda number: Claim(By.CARD))
        return query_named(query).ask(self.hall, asked)


def shown(answer: QueryAnswer) -> list[tuple[str, str]]:
    return [(line.label.zh, line.value.zh) for line in answer.lines]


def test_the_balance_is_told_with_its_day_and_what_moved(ask: Ask) -> None:
    assert shown(ask("medical_insurance")) == [
        ("个人账户还有", "1,834.20元"),
        ("算到哪一天", "2026年11月20日"),
        ("这段时间一共进来", "285元"),
        ("这段时间一共花掉", "120.50元"),
        ("11月12日 门诊", "花掉45.50元"),
        ("11月1日 个人账户划入", "进来95元"),
        ("10月9日 药店买药", "花掉75元"),
    ]


def test_subsidies_are_told_with_their_sum_their_land_and_their_day(ask: Ask) -> None:
    assert shown(ask("farm_subsidy")) == [
        ("哪一年的", "2026年"),
        ("一共", "449.40元"),
        ("耕地地力保护补贴（4.2亩）", "399元，6月18日发的"),
        ("种粮补贴（4.2亩）", "50.40元，没写哪天发"),
    ]


def test_every_amount_is_private(ask: Ask) -> None:
    for query in ANSWERS:
        for line in ask(query).lines:
            assert line.private == ("元" in line.value.zh), line.label.zh


def test_what_was_not_told_is_said_and_never_nought(ask: Ask) -> None:
    for query in ANSWERS:
        first = ask(query, "missing").lines[0]
        assert (first.value.zh, first.private) == ("那边没有说", False)
        assert first.value in first.aloud
    assert shown(ask("utility_bill", "owes_nothing"))[0] == ("要交", "0元"), "which is told, and not missing"


def test_nothing_on_record_shows_no_line(ask: Ask) -> None:
    for query in ANSWERS:
        found = ask(query, "nothing")
        assert (found.lines, found.nothing) == ((), f"{query}.none")
    assert ask("farm_subsidy", "others").nothing == "farm_subsidy.others"


@pytest.mark.parametrize(("office", "why"), [(Office.AWAY, "office"), (Office.NOT_ASKED, "staff")])
def test_an_office_that_is_away_may_be_asked_again_and_one_that_is_not_asked_is_for_staff(
    ask: Ask, office: Office, why: str
) -> None:
    for query in ANSWERS:
        answer = query_named(query).examples["away"].model_copy(update={"office": office})
        with pytest.raises(HallAway) as away:
            ask(query, answer)
        assert away.value.why == why


def test_the_hall_is_told_of_the_card_and_asked_with_the_consent(ask: Ask, hall: InMemoryHall) -> None:
    ask("medical_insurance")
    assert hall.asked is not None
    inputs, claim = hall.asked
    assert (inputs.model_dump()["consent"], claim) == ("yes", Claim(By.CARD))
