"""What a walk through every screen finds: whether all texts are there, and what may be said where."""

from forms import Catalogue
from kiosk.derived.results import DerivedResults
from kiosk.entry.pinyin import PinyinTable
from kiosk.state.look import Look
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts
from kiosk.walk.walk import walk, walk_in_brief
from kiosk.walk.walked_terminal import WalkedTerminal


def check_texts(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, derived: DerivedResults | None = None) -> None:
    """Show every text once in both languages, to nobody: CatalogueError when one is missing or wrong.

    With `derived` only when something has changed since all was right.
    """
    sources = repr((catalogue, texts)).encode()
    if derived and derived.get("texts-checked", sources) is not None:
        return
    terminal = WalkedTerminal(catalogue, texts, pinyin)
    for _ in walk_in_brief(terminal):
        terminal.session.screens()
    if derived:
        derived.put("texts-checked", sources, b"")


def phrases_by_screen(catalogue: Catalogue, texts: Texts, pinyin: PinyinTable, lang: Lang) -> dict[str, list[str]]:
    """What may be said on each screen; a question's screen is known by its full label and by its plain name."""
    phrases: dict[str, list[str]] = {}
    for label, screen in walk(WalkedTerminal(catalogue, texts, pinyin, Look(lang=lang))):
        said = [phrase.text for phrase in screen.phrases]
        phrases[label] = said
        plain = phrases.setdefault(label.rpartition(":")[2], [])
        plain += [phrase for phrase in said if phrase not in plain]
    return phrases
