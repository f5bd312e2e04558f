"""A service that computes: a subsidy by rent and income, with an end of its own for those who may get it."""

from dataclasses import replace
from typing import Any

from every_kind import every_kind

from forms import Catalogue
from forms.expressions.parameters import Parameter

ANSWERS = {"name": "王秀英", "income": "600.00", "rent": "350.00", "kind": "flat", "moved_in": "2021-05-01"}
PARAMETERS = {
    "rent_share": Parameter.model_validate(
        {
            "values": [
                {"from": "2024-01-01", "value": 0.5, "source": "一号文件，第三条"},
                {"from": "2027-01-01", "value": 0.8, "source": "县政办〔2027〕1号，第三条"},
            ],
            "review_by": "2026-06-30",
        }
    ),
    "income_limit": Parameter.model_validate(
        {
            "unit": {"zh": "元", "en": "yuan"},
            "values": [{"from": "2024-01-01", "value": 1000, "source": "一号文件"}],
        }
    ),
}


def _text(zh: str, en: str = "English") -> dict[str, str]:
    return {"zh": zh, "en": en}


def _step(name: str, kind: str, example: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    text = _text(zh, en)
    return {"id": name, "type": kind, "tier": "L3", "label": text, "question": text, "example": example, **more}


CHOICES = [
    {"id": "flat", "label": _text("楼房", "A flat"), "phrases": {"zh": ["楼房"]}},
    {"id": "house", "label": _text("平房，收入不到{income_limit}", "A house, income below {income_limit}")},
]
SERVICE: dict[str, Any] = {
    "steps": [
        _step("name", "person_name", "王秀英", "姓名", "name"),
        _step("income", "amount", "600", "月收入", "income"),
        _step(
            "rent",
            "amount",
            "350",
            "{name}，房租多少？收入是{income}。",
            "{name}, the rent? Income: {income}.",
        )
        | {"label": _text("房租", "rent")},
        _step("kind", "choice", "flat", "住的是哪种房子", "kind of home", choices=CHOICES),
        _step("moved_in", "date", "2021-05-01", "搬来的日子", "day of moving in"),
        _step("landlord", "person_name", "李建国", "房东", "landlord", required=False)
        | {"relevant": {"more_than": [{"field": "subsidy"}, 100]}},
    ],
    "calculate": [
        {
            "id": "half_rent",
            "type": "amount",
            "label": _text("房租的一部分", "part of the rent"),
            "calculation": {"product": [{"field": "rent"}, {"parameter": "rent_share"}]},
        },
        {
            "id": "subsidy",
            "type": "amount",
            "label": _text("每月大约补贴", "subsidy a month, about"),
            "shown": True,
            "calculation": {
                "choose": [
                    {
                        "when": {"less_than": [{"field": "income"}, {"parameter": "income_limit"}]},
                        "value": {"smallest": [{"field": "half_rent"}, 500]},
                    },
                    {"otherwise": 0},
                ]
            },
        },
        {
            "id": "left",
            "type": "amount",
            "tier": "L3",
            "label": _text("付完房租还剩", "left after the rent"),
            "shown": True,
            "calculation": {"difference": [{"field": "income"}, {"field": "rent"}]},
        },
    ],
    "checks": [
        {
            "id": "income",
            "field": "income",
            "expect": {"less_than": [{"field": "income"}, {"parameter": "income_limit"}]},
            "message": _text("收入是{income}，线是{income_limit}。", "Income {income}, the line {income_limit}."),
        },
        {
            "id": "later",
            "field": "income",
            "from": "2027-01-01",
            "expect": {"less_than": [{"field": "income"}, 1]},
            "message": _text("明年的规定。", "The rule of next year."),
        },
        {
            "id": "before",
            "field": "income",
            "until": "2026-11-22",
            "expect": {"less_than": [{"field": "income"}, 1]},
            "message": _text("去年的规定。", "The rule of last year."),
        },
    ],
    "next": _text("工作人员会看。", "Staff will look."),
    "handled": _text("住房窗口，十天以内", "Housing counter, 10 days"),
    "outcomes": [
        {"relevant": {"answered": "rent"}, "until": "2026-01-01", "next": _text("过去的结果。", "An end of the past.")},
        {
            "relevant": {"more_than": [{"field": "subsidy"}, 0]},
            "next": _text("每月大约{subsidy}，从{moved_in}算起。", "About {subsidy} a month, from {moved_in} on."),
            "papers": [_text("租房合同", "the lease"), _text("{kind}的照片", "a picture: {kind}")],
            "handled": _text("住房窗口，三天以内", "Housing counter, 3 days"),
        },
    ],
}


def rent_subsidy(catalogue: Catalogue, **more: Any) -> Catalogue:
    """A catalogue with this service alone; its id is every_kind.ID."""
    made = every_kind(catalogue, **SERVICE, **more)
    return replace(made, parameters={**catalogue.parameters, **PARAMETERS})
