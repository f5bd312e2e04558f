"""Every text is short, in both languages, and calls a thing by its one name; a county is warned, not stopped."""

import shutil
from pathlib import Path

import pytest
from project import ROOT

from forms import Catalogue, CatalogueError, Text
from forms.flaws.of_texts import placeholders
from kiosk.cli import main
from kiosk.entry.pinyin import PinyinTable
from kiosk.screens.common.model import Screen
from kiosk.state.look import Look
from kiosk.texts.languages import LANGS
from kiosk.texts.strings import Texts
from kiosk.texts.wording import Wording, remarks
from kiosk.walk.walk import walk_in_brief
from kiosk.walk.walked_terminal import WalkedTerminal

ASSETS = ROOT / "assets"
OTHER_LANGUAGE = "tool.language"  # a person who reads the other language has to find it


@pytest.fixture(scope="module")
def wording() -> Wording:
    return Wording.load(ASSETS)


@pytest.mark.parametrize(
    ("zh", "en", "fault"),
    [
        ("点一下，就好了。", "Touch it, and it is done.", None),
        ("网络断了。", "The line is down.", "“网络” is called “线路” here"),
        ("线路断了。", "The Network is down.", "“network” is called “the line” here"),
        ("线路断了。", "The networking is down.", None),
        ("线路断了,请等一下。", "The line is down.", "“了,” in Chinese takes the full-width stop"),
        ("线路断了。", "The line is down。", "“。” in English takes the half-width stop"),
        ("按“下一步”。", "Press 下一步.", "“下” is not English"),
        ("一" * 33 + "。", "Yes.", f"“{'一' * 33}” has 33 characters, at most 32"),
        ("一" * 30 + "。" + "二" * 30, "Yes.", None),
        ("好。", "a " * 21, f"“{('a ' * 21).strip()}” has 21 words, at most 20"),
        ("{label}还没填", "The {label} is empty", None),
    ],
)
def test_what_is_a_fault(wording: Wording, zh: str, en: str, fault: str | None) -> None:
    assert list(wording.faults(Text(zh=zh, en=en))) == ([fault] if fault else [])


def test_what_is_only_spoken_is_looked_at_too(wording: Wording) -> None:
    text = Text.model_validate({"zh": "好了", "en": "Done", "spoken": {"zh": "已经上传了"}})
    assert list(wording.faults(text)) == ["“上传” is called “交上去” here"]


def test_texts_of_the_project_have_no_fault(wording: Wording, catalogue: Catalogue) -> None:
    assert list(remarks(wording, catalogue)) == []
    texts = Texts.load(ASSETS)
    assert [
        (key, fault) for key, text in texts.items() if key != OTHER_LANGUAGE for fault in wording.faults(text)
    ] == []


def test_both_languages_fill_in_the_same(catalogue: Catalogue) -> None:
    texts = [*Texts.load(ASSETS).items(), *catalogue.messages.items()]
    assert [key for key, text in texts if placeholders(text.zh) != placeholders(text.en)] == []


@pytest.mark.parametrize("lang", LANGS)
def test_buttons_and_headings_are_taken_in_at_a_glance(
    wording: Wording, catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, lang: str
) -> None:
    def long_ones(screen: Screen) -> list[str]:
        buttons = [one for one in (screen.primary, *screen.secondary, *screen.tools) if one]
        return [
            *(f for one in buttons for f in wording.long_label(one.label, lang, "button")),
            *(f for one in screen.choices for f in wording.long_label(one.label, lang, "choice")),
        ]

    terminal = WalkedTerminal(catalogue, texts, pinyin, Look(lang=lang))
    walked = [terminal.session.screen() for _ in walk_in_brief(terminal)]  # it shows every button
    assert len(walked) > 30
    assert {screen.name: found for screen in walked if (found := long_ones(screen))} == {}


def test_a_county_is_warned_and_its_service_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ASSETS, tmp_path / "assets", ignore=shutil.ignore_patterns("prompts", "voice_model", "fonts"))
    path = tmp_path / "assets" / "services" / "old-age-allowance.yaml"
    content = path.read_text(encoding="utf-8")
    assert "津贴打到谁的卡上？" in content
    path.write_text(content.replace("津贴打到谁的卡上？", "请输入津贴打到谁的卡上？"), encoding="utf-8")
    monkeypatch.setenv("YINLING_ASSETS", str(tmp_path / "assets"))
    assert main(["catalogue"]) == 0
    shown = capsys.readouterr()
    assert "old-age-allowance.yaml: steps > account_holder > question: “输入” is called “填” here." in shown.err
    assert "old-age-allowance\t" in shown.out


def test_broken_wording_is_one_plain_sentence(tmp_path: Path) -> None:
    (tmp_path / "wording.yaml").write_text("terms: []", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"^wording\.yaml:1: longest is missing.*\.$"):
        Wording.load(tmp_path)


def test_the_guide_lists_every_term(wording: Wording) -> None:
    guide = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
    assert [term.zh for term in wording.terms if f"| {term.zh} | {term.en} |" not in guide] == []
