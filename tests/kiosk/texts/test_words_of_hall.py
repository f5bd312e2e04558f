"""What a county writes for its hall is recorded with `make prompts COUNTY=DIR` in place of what is shipped."""

from pathlib import Path

from project import ASSETS

from kiosk.texts.prompts import all_fixed_utterances

SHIPPED, OWN = "还差材料，补上就能接着办。", "还差一样东西，拿来就行。"


def test_reasons_and_states_of_a_county(tmp_path: Path) -> None:
    files = {
        "decisions.yaml": f"reasons:\n  paper_missing: {{kinds: [more], zh: {OWN}, en: Something is missing.}}\n",
        "progress.yaml": "received: {zh: 收好了, en: It is here}\n",
    }
    (tmp_path / "hall").mkdir()
    for name, text in files.items():
        (tmp_path / "hall" / name).write_text(text, "utf-8")
    shipped, own = ({*all_fixed_utterances(ASSETS, county)["zh"]} for county in (None, tmp_path))
    assert own - shipped == {OWN, "收好了"}
    assert shipped - own == {SHIPPED, "已经收到，正在排队"}
