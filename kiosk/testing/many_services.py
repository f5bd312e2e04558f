"""A folder of sixteen services, as a whole county would offer them, made from the old-age allowance."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from forms.reference.manifest import manifest

MANY = 16
# The shipped ones among them. Others give way, so that what is tested here stays as it is with each new service.
KEPT = (
    *("old-age-allowance", "pension-certification", "social-security-card", "disability-subsidy"),
    *("minimum-living-allowance", "progress-query", "opening-hours"),
)
# id, group, Chinese and English title, icon.
OTHERS = (
    ("disability-subsidy", "money", "残疾人两项补贴", "Disability subsidies", "person"),
    ("minimum-living-allowance", "money", "最低生活保障", "Minimum living allowance", "family"),
    ("funeral-allowance", "money", "丧葬补助", "Funeral allowance", "couple"),
    ("medical-insurance-payment", "health", "交城乡居民医保", "Pay health insurance", "insurance"),
    ("out-of-area-medical", "health", "异地就医备案", "Treatment in another place", "travel"),
    ("chronic-illness", "health", "慢性病门诊待遇", "Long illness, outpatient", "clock"),
    ("social-security-card", "cards", "社会保障卡", "Social security card", "id"),
    ("senior-card", "cards", "老年人优待证", "Senior citizen card", "item"),
    ("residence-permit", "cards", "居住证", "Residence permit", "pin"),
    ("home-repair", "housing", "农村危房改造", "Home repair", "home"),
    ("land-subsidy", "housing", "耕地地力补贴", "Farm land subsidy", "factory"),
    ("balance-query", "ask", "查个人账户余额", "Account balance", "question"),
)
_SAID = {
    "zh": ("我想办{0}，{1}{2}", "{1}{2}，听说有{0}", "{0}怎么办，{1}要不要{2}", "村里说{1}可以办{0}，{2}"),
    "en": ("I came for the {0}, {1} {2}", "{1} {2}, is there a {0}", "how do I get {0} with {1} {2}"),
}
_WORDS = {
    "zh": "老伴 儿子 去年 今年 村里 医院 银行 手机 户口 存折 干部 邻居 女儿 下雨 过年 种地 看病 吃药 坐车 打工",
    "en": "wife son last year village hospital bank phone card book neighbour daughter rain farm ill walk bus work",
}


def sixteen(assets: Path, requests: int = 0) -> None:
    """Make it sixteen services in `assets`, a copy. Each asks what the old-age allowance asks, and is
    asked for in so many ways in each language."""
    body: dict[str, Any] = yaml.safe_load((assets / "services" / "old-age-allowance.yaml").read_text("utf-8"))
    for path in (assets / "services").glob("*.yaml"):
        if path.stem not in KEPT:
            path.unlink()
    missing = [one for one in OTHERS if one[0] not in KEPT][: MANY - len(KEPT)]
    for order, (name, group, zh, en, icon) in enumerate(missing, 30):
        made = body | {"id": name, "group": group, "order": order, "icon": icon, "title": {"zh": zh, "en": en}}
        made["phrases"] = {"zh": [zh], "en": [en.lower()]}
        made["requests"] = {"zh": [*_requests(zh, "zh", requests)], "en": [*_requests(en.lower(), "en", requests)]}
        (assets / "services" / f"{name}.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), "utf-8")
    (assets / "rules.json").write_text(manifest(assets), "utf-8")


def _requests(title: str, lang: str, many: int) -> Iterator[str]:
    dice = random.Random(title)
    for _ in range(many):
        yield dice.choice(_SAID[lang]).format(title, *dice.sample(_WORDS[lang].split(), 2))
