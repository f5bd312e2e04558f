"""Putting in an answer: the field, and number keys, letters, a date's cards or a field to write on."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kiosk.entry.search import PAGE
from kiosk.screens.common.model import Button, Entry
from kiosk.texts.strings import Translate
from ui.layout.boxes import Box, Framed, Grid, HBox, Middle, Space, Tall, VBox
from ui.look.theme import TARGET_MM
from ui.widgets.button import BigButton, Shape, Style
from ui.widgets.pool import Pool
from ui.widgets.signature import SignaturePad
from ui.widgets.writing_field import MOST_MM, WritingField

KEY = Style("key", least_mm=TARGET_MM, font="entry")
WORD_KEY = Style("key", "centred", least_mm=TARGET_MM, font="detail")
CANDIDATE = Style("selected", least_mm=TARGET_MM, font="entry")
MORE = Style("key", "stack", least_mm=TARGET_MM, font="detail")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LETTER_COLUMNS = 9
CANDIDATES = 8
NAME = Style("selected", font="label")
KEY_MOST_MM = 40
PAD_MM = 130  # height to sign in, where there is room


class Keypad:
    def __init__(self, pool: Pool, entry: Entry, translate: Translate) -> None:
        self.pool, self.entry, self.translate = pool, entry, translate
        self.theme = pool.theme

    def box(self, besides: Callable[[], list[BigButton]], *, tallest: bool) -> Box:
        """The answer so far, the keys, and the buttons of `besides`: other ways to answer.

        `tallest`: with the keys as tall as they ever are, lest larger text takes from them.
        """
        pool, gap, entry = self.pool, self.theme.gap, self.entry
        if entry.kind == "sign":
            return self.signing(besides, tallest=tallest)
        field = pool.answer_field()
        field.set(entry.display or entry.value, entry.composing, entry.placeholder, groups=entry.groups)
        field.setAccessibleName(entry.said)
        one = self.translate("ui.erase_stroke" if entry.strokes else "ui.erase")
        erase = Button("erase", one, icon="erase", enabled=bool(entry.value or entry.composing or entry.strokes))
        clear = Button("clear", self.translate("ui.clear"), icon="clear", enabled=bool(entry.value))
        side = pool.button("side", clear if entry.kind in ("digits", "address") else erase, WORD_KEY)
        top = HBox([field, side], gap, (3, 1) if self.theme.portrait else (5, 2))
        boards: dict[str, Callable[[], Box]] = {
            "digits": lambda: self.digits(erase),
            "address": lambda: self.digits(erase),
            "date": lambda: self.cards(),
            "name": lambda: self.letters(),
            "hand": lambda: self.writing(),
        }
        most = self.theme.mm(MOST_MM + 58 if entry.kind == "hand" else 4 * KEY_MOST_MM) + 3 * gap
        board = Tall(boards[entry.kind](), most if tallest else 0)
        below = self.below(besides)
        return VBox([top, board, below] if below else [top, board], gap, grow=[board], grow_to=most)

    def below(self, besides: Callable[[], list[BigButton]]) -> Box | None:
        """Other ways to answer. On a compact panel the keys of the writing field stand in the same row."""
        gap = self.theme.gap
        if not self.theme.compact:
            cards = besides()
            return Grid(cards, len(cards), gap) if cards else None
        keys = self.writing_keys("centred") if self.entry.kind == "hand" else []
        keys += besides()
        return HBox(keys, gap, [6 + len(key.button.label.encode("gb18030")) for key in keys]) if keys else None

    def signing(self, besides: Callable[[], list[BigButton]], *, tallest: bool) -> Box:
        """The pad; below it the keys to take a line back and to begin anew, and what else may be answered."""
        pool, gap, ink = self.pool, self.theme.gap, bool(self.entry.strokes)
        pad = pool.writing_field(SignaturePad)
        pad.set(self.entry.strokes, self.entry.said or self.translate("sign.here"))
        erase = Button("erase", self.translate("ui.erase_stroke"), icon="erase", enabled=ink)
        clear = Button("clear", self.translate("sign.again"), icon="clear", enabled=ink)
        keys = [pool.button("erase", erase, WORD_KEY), pool.button("side", clear, WORD_KEY)]
        below: list[Box] = [Grid(keys, 2, gap)]
        if cards := besides():
            below.append(Grid(cards, len(cards), gap))
        paper = Tall(pad, self.theme.mm(PAD_MM) if tallest else 0)
        return VBox([paper, *below], gap, grow=[paper], grow_to=self.theme.mm(MOST_MM + 58))

    def cards(self) -> Box:
        """The next step of a date, as many cards in a row as their words allow."""
        longest = max((len(card.label.encode("gb18030")) for card in self.entry.cards), default=0)
        columns = 3 if longest > 6 else 4 if len(self.entry.cards) <= 13 else 8
        style = replace(KEY, font="label")
        keys = [self.pool.button(("step", card.value), card, style) for card in self.entry.cards]
        return self.keys(keys, columns, self.key_gap)

    def writing(self) -> Box:
        """The candidates above the writing field; beside it, the key to write the character again, and points."""
        pool, gap = self.pool, self.theme.gap
        tray = self.tray("ui.write")
        paper = pool.writing_field(WritingField)
        paper.set(self.entry.strokes, self.translate("ui.write"))
        board: Box = paper
        if not self.theme.compact:
            board = HBox([paper, VBox(self.writing_keys("stack"), gap)], gap, (4, 1))
        return VBox([tray, board], gap, grow=[board], grow_to=self.theme.mm(MOST_MM))

    def writing_keys(self, shape: Shape) -> list[BigButton]:
        pool, ink, style = self.pool, bool(self.entry.strokes), replace(MORE, shape=shape)
        again = Button("rub_out", self.translate("ui.rub_out"), icon="clear", enabled=ink)
        dots = [
            pool.button(("key", one), Button("type", f"{self.translate('ui.name_dot')} {one}", one), style)
            for one in self.entry.extra_keys
        ]
        return [pool.button("rub_out", again, style), *dots]

    def digits(self, erase: Button) -> Box:
        """The digits as on a telephone; the words of an address two in a row beside them."""
        names = {".": self.translate("ui.point")}
        extra = [Button("type", names.get(key, key), key) for key in self.entry.extra_keys]
        words = extra if self.entry.kind == "address" else []
        corner = None if words else next(iter(extra), None)
        rows: list[list[Button | None]] = [[Button("type", one, one) for one in row] for row in ("123", "456", "789")]
        rows.append([corner, Button("type", "0", "0"), erase])
        if words:
            rows = [[*row, *words[2 * at : 2 * at + 2]] for at, row in enumerate(rows)]
        columns = len(rows[0])
        keys = [self.key(key) if key else Space() for row in rows for key in row + [None] * (columns - len(row))]
        return self.keys(keys, columns, self.theme.gap)

    def key(self, button: Button) -> BigButton:
        if button.action == "erase":
            return self.pool.button("erase", button, MORE if self.entry.kind == "address" else WORD_KEY)
        return self.pool.button(("key", button.value), button, KEY)

    def letters(self) -> Box:
        """The candidates above the letters."""
        pool, gap = self.pool, self.key_gap
        letters = [pool.button(("key", one), Button("letter", one, one), KEY) for one in LETTERS]
        letters += [pool.button(("key", one), Button("type", one, one), KEY) for one in self.entry.extra_keys]
        board = self.keys(letters, LETTER_COLUMNS, gap)
        return VBox([self.tray("ui.spell"), board], gap, grow=[board])

    def tray(self, hint_key: str) -> Box:
        """The candidates, in two rows where there is room; before there are any, a hint how it is done.

        Of a long list, the names that fit: the tray is as tall as they need, also while a character is written.
        """
        pool, theme, entry = self.pool, self.theme, self.entry
        gap, searched = self.key_gap, entry.found is not None
        columns, rows = (5, 2) if theme.by_tightness(2, 2, 1, 1) == 2 else (CANDIDATES + 1, 1)
        least = theme.by_tightness(24, 20, TARGET_MM, TARGET_MM)
        name_columns = 2 if theme.portrait and not theme.lower else 3
        name_rows = -(-(PAGE + 1) // name_columns)
        inner: Box
        if entry.cards:
            style = replace(NAME, least_mm=least, font="choice" if theme.portrait else "label")
            names: list[Box] = [pool.button(("found", at), one, style) for at, one in enumerate(entry.cards)]
            names += [Space()] * (PAGE - len(names))
            inner = Grid([*names, self.more("search.more")], name_columns, gap)
        elif entry.candidates:
            row: list[Box] = [
                pool.button(("candidate", at), Button("pick", character, character), CANDIDATE)
                for at, character in enumerate(entry.candidates)
            ]
            row += [*[Space()] * (CANDIDATES - len(row)), self.more("more")]
            inner = self.keys(row, columns, gap) if rows == 2 else HBox(row, gap, (*[1] * CANDIDATES, 1.2))
        else:
            key = "search.nothing" if searched and not entry.strokes else hint_key
            hint = pool.label("spell", self.translate(key), "body", "quiet", icon="info", readable=True)
            inner = Framed(pool.backdrop("spell", "quiet"), Middle(hint), theme.mm(3))
        rows = name_rows if searched else rows
        return Tall(inner, rows * (theme.mm(least) + gap) - gap)

    def more(self, key: str) -> BigButton:
        """The key for the next candidates or names."""
        icon = "" if self.theme.compact else "more"
        return self.pool.button(
            "more", Button("more", self.translate(key), icon=icon, enabled=self.entry.more_candidates), MORE
        )

    @property
    def key_gap(self) -> int:
        """Pixels between keys, of which many stand in a row."""
        return self.theme.frame_gap if self.theme.compact else min(self.theme.gap, self.theme.mm(4))

    def keys(self, keys: Sequence[Box], columns: int, gap: int) -> Box:
        return Grid(keys, columns, gap, tallest=self.theme.mm(KEY_MOST_MM), narrowest=self.theme.mm(TARGET_MM))
