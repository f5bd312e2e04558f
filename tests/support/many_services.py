"""A catalogue of sixteen services, as a whole county would offer them, made of the three that there are."""

from pathlib import Path
from typing import Any

import yaml

# id, group, Chinese and English title, icon: of the usual length.
OTHERS = (
    ("disability-subsidy", "money", "残疾人两项补贴", "Disability subsidies", "person"),
    ("minimum-living-allowance", "money", "最低生活保障", "Minimum living allowance", "family"),
    ("funeral-allowance", "money", "丧葬补助", "Funeral allowance", "couple"),
    ("medical-insurance-fee", "health", "医保缴费", "Medical insurance fee", "service"),
    ("hospital-elsewhere", "health", "异地就医备案", "Hospital in another place", "bus"),
    ("chronic-illness", "health", "慢性病门诊待遇", "Long illness, outpatient", "clock"),
    ("social-security-card", "cards", "社会保障卡", "Social security card", "id"),
    ("senior-card", "cards", "老年人优待证", "Senior citizen card", "item"),
    ("residence-permit", "cards", "居住证", "Residence permit", "pin"),
    ("home-repair", "housing", "农村危房改造", "Repair of an unsafe home", "home"),
    ("land-subsidy", "housing", "耕地地力补贴", "Farm land subsidy", "factory"),
    ("balance-query", "ask", "查个人账户余额", "Account balance", "question"),
)


def sixteen(assets: Path) -> None:
    """Add services to `assets`, a copy, until there are sixteen. Each asks what the old-age allowance asks."""
    body: dict[str, Any] = yaml.safe_load((assets / "services" / "old-age-allowance.yaml").read_text("utf-8"))
    known = {path.stem for path in (assets / "services").glob("*.yaml")}
    places = 16 - len(known)
    for order, (name, group, zh, en, icon) in enumerate([one for one in OTHERS if one[0] not in known][:places], 30):
        made = body | {"id": name, "group": group, "order": order, "icon": icon, "title": {"zh": zh, "en": en}}
        made |= {"phrases": {"zh": [zh], "en": [en.lower()]}, "requests": {"zh": []}}
        (assets / "services" / f"{name}.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), "utf-8")
