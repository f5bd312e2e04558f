"""Mistakes that people make in a county's folder, each with the file and the line that has to be named."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GOOD = ("good-one", "good-two")

# Things to name services after: no two sound alike.
_NOUNS = re.findall(
    "..",
    "茶壶板凳雨伞毛巾脸盆灯泡风筝算盘棉被竹篮水桶扁担镰刀斗笠蓑衣磨盘石臼火柴油灯砂锅蒸笼碗柜"
    "屏风门帘窗花年画对联鞭炮锣鼓二胡笛子唢呐皮影剪刀顶针纽扣围裙布鞋棉袄手套耳罩拐杖躺椅摇篮"
    "木马陀螺弹弓象棋围棋麻将蜂蜜核桃红枣花生芝麻豆腐粉条腊肉",
)

_SERVICE = """\
id: ID
version: 1
group: other
icon: item
title: {zh: 领NOUN, en: "Get NAME"}
summary: {zh: 给村里的老人, en: "For old people of the village"}
phrases:
  zh: [领NOUN, 我要NOUN]
  en: [NAME]
prerequisites:
  - {zh: 身份证, en: "Your ID card", picture: id-card}
steps:
  - use: resident_id
  - id: way
    type: choice
    tier: L2
    label: {zh: 怎么拿, en: "way"}
    question: {zh: 您怎么拿？, en: "How do you take it?"}
    example: self
    choices:
      - {id: self, icon: person, label: {zh: 自己拿, en: "Myself"}, phrases: {zh: [自己拿, 我来拿]}}
      - {id: sent, icon: home, label: {zh: 送到家, en: "To my home"}, phrases: {zh: [送到家, 送上门]}}
  - id: day
    type: date
    tier: L2
    label: {zh: 哪天, en: "day"}
    question: {zh: 您想哪天拿？, en: "On which day?"}
    min: 2020-01-01
    example: "2026-05-01"
    relevant: {eq: {field: way, value: self}}
  - use: phone
  - use: consent
checks:
  - id: old_enough
    field: resident_id
    expect: {age_at_least: {field: resident_id, years: 60}}
    message: {zh: 您可能还没到年纪，工作人员会看。, en: "You may be too young; a staff member will look."}
next: {zh: "我们会告诉您。", en: "We will tell you."}
outcomes:
  - relevant: {eq: {field: phone, value: none}}
    next: {zh: 请过几天来问一问。, en: "Please come and ask in a few days."}
"""


_CHOICE_OF_A_LIST = """\
  - id: where
    type: choice
    tier: L2
    label: {zh: 在哪里, en: "where"}
    question: {zh: 您在哪里拿？, en: "Where do you take it?"}
    choices_from: twons
    example: chengguan
  - use: phone"""
_REPEATS = """\
  - repeat: outer
    label: {zh: 家人, en: "relative"}
    more: {zh: 还有吗？, en: "Anybody else?"}
    steps:
      - repeat: inner
        label: {zh: 朋友, en: "friend"}
        max: 1
        steps: [{use: name}]
  - use: phone"""
_EXPECTED = "expect: {age_at_least: {field: resident_id, years: 60}}"
_CALCULATED = """\
calculate:
  - id: twice
    type: amount
    label: {zh: 两倍, en: "twice"}
    calculation: {product: [{field: rent}, 2]}
"""
_LONG = "写得很长很长，连十五寸的屏幕也放不下了，" * 5

# A name; what is changed in the service, and into what; where it has to be told; what has to be said of it.
_CHANGES = (
    ("misspelt-key", "summary:", "sumary:", "sumary:", "summary"),
    ("misspelt-key-of-a-field", "question: {zh: 您想", "qestion: {zh: 您想", "qestion:", "question"),
    ("key-missing", "icon: item\n", "", "id:", "icon"),
    ("language-missing", ', en: "How do you take it?"', "", "您怎么拿", "en"),
    ("empty-text", "zh: 给村里的老人", 'zh: ""', "summary:", "empty"),
    ("no-number", "version: 1", "version: one", "version:", "number"),
    ("number-too-small", "version: 1", "version: 0", "version:", "1"),
    (
        "text-alone",
        'summary: {zh: 给村里的老人, en: "For old people of the village"}',
        "summary: 给村里的老人",
        "summary:",
        "zh",
    ),
    ("no-such-kind-of-field", "type: date", "type: dat", "type: dat", "date"),
    ("no-such-tier", "tier: L2\n    label: {zh: 哪天", "tier: L5\n    label: {zh: 哪天", "tier: L5", "L1"),
    ("bare-yes", "{id: self,", "{id: yes,", "id: yes", "quotes"),
    ("bare-number", "example: self", "example: 1", "example: 1", "quotes"),
    ("capitals", "id: way", "id: Way", "id: Way", "small letters"),
    ("other-id", "id: other-id", "id: another-id", "id: another-id", "other-id"),
    ("no-such-group", "group: other", "group: othr", "group:", "other"),
    ("no-such-icon", "icon: item", "icon: itm", "icon:", "item"),
    ("no-such-icon-of-a-choice", "icon: person", "icon: persom", "persom", "person"),
    ("no-such-picture", "picture: id-card", "picture: id-crad", "id-crad", "id-card"),
    ("field-twice", "id: day", "id: way", "id: way(?=\\n    type: date)", "twice"),
    ("choice-twice", "{id: sent,", "{id: self,", "送到家", "twice"),
    ("key-twice", "version: 1", "version: 1\nversion: 2", "version: 2", "twice"),
    ("no-such-shared-field", "use: phone", "use: phoen", "phoen", "phone"),
    ("no-such-list", "  - use: phone", _CHOICE_OF_A_LIST, "twons", "towns"),
    ("choice-without-phrases", ", phrases: {zh: [送到家, 送上门]}", "", "送到家", "phrases"),
    ("service-without-phrases", "zh: [领NOUN, 我要NOUN]", "zh: []", "phrases:|zh: \\[\\]", "phrases"),
    ("one-phrase-for-two-choices", "送上门", "我来拿", "送到家", "我来拿"),
    ("a-word-of-a-button", "我要NOUN", "下一步", "下一步", "下一步"),
    ("a-phrase-of-another-service", "我要NOUN", "高龄津贴", "高龄津贴", "old-age-allowance"),
    ("sounds-like-another-service", "我要NOUN", "高零津贴", "高零津贴", "高龄津贴"),
    ("cannot-be-heard", "我要NOUN", "WELCOME", "WELCOME", "WELCOME"),
    (
        "asked-before-it-is-known",
        "example: self",
        "example: self\n    relevant: {answered: day}",
        "answered: day",
        "day",
    ),
    (
        "circle",
        "example: self",
        "example: self\n    relevant: {eq: {field: way, value: self}}",
        "relevant: .*way",
        "way",
    ),
    ("no-such-field", "field: way, value", "field: wey, value", "wey", "way"),
    ("no-such-condition", "relevant: {eq: {field: way", "relevant: {equals: {field: way", "equals", "eq"),
    ("no-such-choice", "value: self}", "value: selv}", "selv", "self"),
    ("age-of-a-phone", "age_at_least: {field: resident_id", "age_at_least: {field: phone", "age_at_least", "phone"),
    ("no-such-parameter", "years: 60", "years: old_age_allowance_yeers", "yeers", "old_age_allowance_years"),
    (
        "check-of-no-field",
        "field: resident_id\n    expect",
        "field: resident\n    expect",
        "field: resident\n",
        "resident_id",
    ),
    ("outcome-of-no-field", "{field: phone, value: none}", "{field: fone, value: none}", "fone", "phone"),
    ("no-such-bound", "min: 2020-01-01", "min: soon", "min: soon", "soon"),
    ("least-over-most", "min: 2020-01-01", "min: 2020-01-01\n    max: 2010-01-01", "max: 2010", "2010"),
    ("wrong-example", 'example: "2026-05-01"', 'example: "1.5.2026"', "1.5.2026", "1945-03-08"),
    ("setting-of-another-kind", "min: 2020-01-01", "keys: [号]", "keys:", "keys"),
    ("no-query", "version: 1", "version: 1\nkind: query", "kind:", "query"),
    ("repeat-in-a-repeat", "  - use: phone", _REPEATS, "repeat: inner", "repeat"),
    ("braces", "我们会告诉您。", "我们会告诉{naem}。", "naem", "naem"),
    ("broken-pattern", _EXPECTED, 'expect: {matches: {field: resident_id, pattern: "[0-9"}}', "matches", "[0-9"),
    ("a-day-and-an-amount", _EXPECTED, "expect: {at_most: [{field: day}, 5000]}", "at_most", "day"),
    ("computed-of-no-field", "checks:", _CALCULATED + "checks:", "rent", "rent"),
    ("too-long", "您怎么拿？", _LONG, "写得很长", "15 inch"),
    ("tab", "    tier: L2\n    label: {zh: 怎么拿", "\ttier: L2\n    label: {zh: 怎么拿", "\ttier", "tab"),
    ("chinese-colon", "\nversion: 1", "\nversion：1", "version：", "Chinese one"),
    ("quote-not-closed", 'en: "Get NAME"}', 'en: "Get NAME}', "title:|summary:", "quote"),
)


@dataclass(frozen=True)
class Mistake:
    """What is in the file, and which line has to be named; `word` has to be said of it."""

    name: str
    file: str
    content: bytes
    line: int
    word: str


def good(name: str, noun: str) -> str:
    """A service without a mistake."""
    return _filled(_SERVICE, name, noun).replace("ID", name, 1)


def mistakes() -> list[Mistake]:
    nouns = iter(_NOUNS)
    return [*_in_services(nouns), *_of_whole_files(nouns), *_in_other_files()]


def named(mistake: Mistake, problems: Sequence[Mapping[str, Any]]) -> bool:
    """Whether `kiosk catalogue --check` tells it: its file, its line, and what it is."""
    return any(
        (one["file"], one["line"]) == (mistake.file, mistake.line) and mistake.word in f"{one['message']} {one['hint']}"
        for one in problems
    )


def write(found: list[Mistake], county: Path) -> None:
    """Those, and a few services without one."""
    (county / "services").mkdir(parents=True)
    for name, noun in zip(GOOD, _NOUNS[::-1], strict=False):
        (county / "services" / f"{name}.yaml").write_text(good(name, noun), "utf-8")
    for one in found:
        path = county / one.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one.content)


def _in_services(nouns: Iterator[str]) -> Iterator[Mistake]:
    for name, old, new, at, word in _CHANGES:
        noun = next(nouns)
        whole, old, new = good(name, noun), _filled(old, name, noun), _filled(new, name, noun)
        assert old in whole, f"{name}: the service has no {old!r}"
        yield _made(name, f"services/{name}.yaml", whole.replace(old, new, 1), at, word)


def _of_whole_files(nouns: Iterator[str]) -> Iterator[Mistake]:
    gbk = good("from-an-old-editor", next(nouns))
    yield Mistake("gbk", "services/from-an-old-editor.yaml", gbk.encode("gbk"), 5, "UTF-8")
    yml = good("other-ending", next(nouns))
    yield Mistake("yml", "services/other-ending.yml", yml.encode(), 1, ".yaml")
    yield Mistake("empty", "services/empty.yaml", b"", 1, "empty")
    yield Mistake("binary", "services/binary.yaml", bytes(range(256)) * 20, 2, "UTF-8")
    yield Mistake("huge", "services/huge.yaml", good("huge", next(nouns)).encode() + b"# \n" * 400_000, 1, "1 MB")


def _in_other_files() -> Iterator[Mistake]:
    yield _made("no-such-file", "paramters.yaml", "parameters: {}\n", "parameters", "parameters.yaml")
    yield from _several("parameters.yaml", _PARAMETERS, ("past-review", "review_by: 2020", "2020-01-31"),
                        ("no-such-day", "2026-02-30", "does not exist"))  # fmt: skip
    yield from _several("regions.yaml", _REGIONS, ("list-choice-twice", "id: beijing, label: {zh: 天津", "twice"))
    yield from _several("county.yaml", "disable: [old-age-alowance]\n", ("takes-away-nothing", "disable", "allowance"))


_PARAMETERS = """\
parameters:
  heating:
    values: [{from: 2020-01-01, value: 600, source: 通知}]
    review_by: 2020-01-31
  cooling:
    values: [{from: 2026-02-30, value: 600, source: 通知}]
"""
_REGIONS = """\
lists:
  cities:
    - {id: beijing, label: {zh: 北京, en: "Beijing"}, phrases: {zh: [北京]}}
    - {id: beijing, label: {zh: 天津, en: "Tianjin"}, phrases: {zh: [天津]}}
"""


def _several(file: str, content: str, *found: tuple[str, str, str]) -> Iterator[Mistake]:
    for name, at, word in found:
        yield _made(name, file, content, at, word)


def _made(name: str, file: str, content: str, at: str, word: str) -> Mistake:
    found = re.search(at, content)
    assert found, f"{name}: nothing like {at!r} is in it"
    return Mistake(name, file, content.encode(), content.count("\n", 0, found.start()) + 1, word)


def _filled(text: str, name: str, noun: str) -> str:
    return text.replace("NOUN", noun).replace("NAME", name.replace("-", " "))
