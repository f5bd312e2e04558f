"""A folder of sixteen services, as a whole county would offer them, made from the old-age allowance."""

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


def sixteen(assets: Path) -> None:
    """Make it sixteen services in `assets`, a copy. Each asks what the old-age allowance asks."""
    body: dict[str, Any] = yaml.safe_load((assets / "services" / "old-age-allowance.yaml").read_text("utf-8"))
    for path in (assets / "services").glob("*.yaml"):
        if path.stem not in KEPT:
            path.unlink()
    missing = [one for one in OTHERS if one[0] not in KEPT][: MANY - len(KEPT)]
    for order, (name, group, zh, en, icon) in enumerate(missing, 30):
        made = body | {"id": name, "group": group, "order": order, "icon": icon, "title": {"zh": zh, "en": en}}
        made["phrases"] = {"zh": [zh], "en": [en.lower()]}
        made["requests"] = {"zh": [], "en": []}
        (assets / "services" / f"{name}.yaml").write_text(yaml.safe_dump(made, allow_unicode=True), "utf-8")
    (assets / "rules.json").write_text(manifest(assets), "utf-8")
