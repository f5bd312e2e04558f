"""The middle of each kind of screen: what is asked, and what to answer with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt

from kiosk.screens import Button, Entry, Screen
from kiosk.screens import Row as Line
from ui.boxes import Box, Column, Framed, Grid, Middle, Row, Space, Tall
from ui.button import BigButton, Shape, Style
from ui.furniture import Words, strip
from ui.handwriting import MOST_MM, WritingField
from ui.paged import Item, Paged
from ui.palette import Role
from ui.parts import AnswerField, Picture, QrCode, Steps, Text
from ui.pool import Pool
from ui.theme import TARGET_MM, FontRole

KEY = Style("key", least_mm=TARGET_MM, font="entry")
WORD_KEY = Style("key", "centred", least_mm=TARGET_MM, font="detail")
CANDIDATE = Style("selected", least_mm=TARGET_MM, font="entry")
MORE = Style("key", "stack", least_mm=TARGET_MM, font="detail")
LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
LETTERS = "abcdefghijklmnopqrstuvwxyz"
LETTER_COLUMNS = 9
CANDIDATES = 8
KEY_MOST_MM = 40
MOST_CHOICES = 12  # at a time: more than that nobody looks through

PICTURES = {"attract": "welcome", "goodbye": "goodbye"}
BIG_ICONS: dict[str, tuple[str, Role]] = {
    "help": ("help", "help"),
    "idle": ("clock", "selected"),
    "trouble": ("warning", "notice"),
    "answer": ("progress", "selected"),
    "explain": ("info", "selected"),
}
PRIVATE_KINDS = ("check", "receipt", "answer", "slip", "card")  # here a touched line is not read aloud by itself


@dataclass(frozen=True)
class Body:
    """`head` says what is asked, `content` is what to answer with; `paged` is the list in it that may be split."""

    head: Box
    content: Box | None
    paged: Paged | None = None


@dataclass(frozen=True)
class Turning:
    """Which page of a long list is shown, and what to do when it was settled."""

    page: int
    turned: Callable[[int, int], None]


class Composer:
    """Makes the parts of one screen. `wide` puts lists in more columns, to save height."""

    def __init__(self, pool: Pool, screen: Screen, words: Words, turning: Turning, *, wide: bool) -> None:
        self.pool, self.screen, self.words, self.turning, self.wide = pool, screen, words, turning, wide
        self.theme = pool.theme

    def body(self) -> Body:
        screen = self.screen
        if screen.kind in (*PICTURES, *BIG_ICONS) and not screen.rows:
            return Body(self.poster(), None)
        answered = bool(screen.entry or screen.groups or screen.choices or screen.rows)
        below = answered and self.wide and not self.theme.portrait  # errors and notices, under the answers
        head = self.head(strips=not below)
        content = self.content()
        paged = content if isinstance(content, Paged) else None
        if content and below:
            content = Column([content, *self.strips()], self.theme.gap, grow=[] if screen.qr else [content])
        return Body(head, content, paged)

    def content(self) -> Box | None:
        screen = self.screen
        if screen.entry and screen.entry.kind != "choice":
            return self.entry(screen.entry)
        if screen.groups:
            return self.groups()
        if screen.choices:
            return self.listed([self.choice(at, one) for at, one in enumerate(screen.choices)], self.choice_columns())
        if screen.qr:
            return self.receipt()
        if screen.rows:
            return self.listed([self.row(at, row) for at, row in enumerate(screen.rows)], columns=1)
        return None

    # what is asked

    def head(self, align: Qt.AlignmentFlag = LEFT, *, strips: bool = True) -> Box:
        screen, pool = self.screen, self.pool
        boxes: list[Box] = []
        if screen.progress:
            bar = pool.part(Steps, "steps")
            bar.set(screen.progress.step, screen.progress.of)
            steps = pool.text("progress", screen.progress.text, "detail")
            beside = Row([steps, Middle(bar)], self.theme.gap, (2, 3))
            boxes.append(beside if self.theme.compact else Column([steps, bar], self.theme.mm(1)))
        font: FontRole = "title" if align is LEFT else "headline"
        boxes.append(pool.text("title", screen.title, font, align=align, readable=True))
        readable = screen.kind not in PRIVATE_KINDS
        for at, line in enumerate(screen.lines):
            private = line in screen.private
            text = pool.text(("line", at), line, "body", align=align, readable=readable and not private)
            if private:
                text.setAccessibleName(screen.title)
            boxes.append(text)
        return Column([*boxes, *(self.strips() if strips else [])], self.theme.mm(self.theme.eased(5, 4, 3, 2)))

    def strips(self) -> list[Box]:
        """What was wrong, and what does not work; where there is no room, what came of the answer alone."""
        error, notices = self.screen.error, self.screen.notices
        if self.screen.entry and self.theme.tightness > 3:
            notices = () if error else notices[:1]
        strips = [strip(self.pool, "error", "warning", error)] if error else []
        return [*strips, strip(self.pool, "notice", "info", "\n".join(notices))] if notices else strips

    def poster(self) -> Box:
        """A screen that says one thing: a picture where there is room, a large sentence, a few words."""
        kind = self.screen.kind
        head = self.head(CENTRE)
        if self.theme.tightness > 3:
            return Middle(head)
        picture = self.pool.part(Picture, "picture")
        if kind in PICTURES:
            picture.set(PICTURES[kind], self.theme.mm(self.theme.eased(190, 130, 70, 30)))
            return Middle(Column([head, picture], self.theme.mm(self.theme.eased(12, 8, 5, 3))))
        icon, role = BIG_ICONS[kind]
        picture.set(icon, self.theme.mm(self.theme.eased(90, 60, 40, 24)), role)
        return Middle(Column([picture, head], self.theme.mm(self.theme.eased(12, 8, 5, 3))))

    # lists

    def choice_columns(self) -> int:
        if self.screen.kind == "which":
            return 1  # nothing else has to find room here
        many = len(self.screen.choices) > (6 if self.theme.portrait else 4)
        return 2 if many or self.wide else 1

    def choice(self, at: int, button: Button) -> Item:
        theme = self.theme
        least = (
            theme.eased(50, 36, 24, TARGET_MM) if self.screen.kind == "which" else theme.eased(30, 24, 20, TARGET_MM)
        )
        style = Style("card", "row", "choice", least)
        if button.detail:
            icon_mm = theme.eased(36, 26, 20, 16)
            style = Style("card", "row", "choice", icon_mm + 6, icon_mm, tile=True)
        card = self.pool.button(("choice", button.action, button.value), button, style)
        return Item(card, [card])

    def row(self, at: int, row: Line) -> Item:
        pool, theme = self.pool, self.theme
        start = len(pool.used)
        panel = pool.panel(("row", at), "card")
        if not row.value and not row.change:
            inner: Box = pool.text(("label", at), row.label, "choice", "card", icon="item", readable=True)
        else:
            label = [pool.text(("label", at), row.label, "detail", "card", readable=True)] if row.label else []
            both: Box = Middle(Column([*label, self.value(at, row, "label")], 0))
            if row.change:
                style = Style("tool", font="detail")
                change = pool.button(("change", row.change.value), replace(row.change, icon="edit"), style)
                inner = Row([both, change], theme.gap, (5, 2))
            else:
                inner = both
        return Item(Framed(panel, inner, theme.mm(theme.eased(4, 3, 2.5, 2))), pool.used[start:])

    def listed(self, items: Sequence[Item], columns: int) -> Paged:
        """A list with its pager; where there is a primary button, that turns to the next page."""
        pool, gap = self.pool, self.theme.gap
        start = len(pool.used)
        turn = {"-1": Button("page", self.words("ui.page_back"), "-1", icon="back")}
        if not self.screen.primary:
            turn["1"] = Button("page", self.words("ui.page_next"), "1", icon="next")
        keys = {by: pool.button(("page", by), button, WORD_KEY) for by, button in turn.items()}
        where = pool.text("page", "", "detail", align=CENTRE)

        def turned(page: int, pages: int) -> None:
            where.set(f"{page + 1} / {pages}", "detail", align=CENTRE)
            for by, key in keys.items():
                key.set(replace(turn[by], enabled=0 <= page + int(by) < pages), WORD_KEY)
            self.turning.turned(page, pages)

        pager = Item(Row([keys["-1"], Middle(where), keys.get("1", Space())], gap, (3, 1, 3)), pool.used[start:])
        tallest = self.theme.mm(64 if self.screen.kind == "home" else 44)
        rows = self.screen.kind in ("check", "answer", "prerequisites")
        most = len(items) if rows else MOST_CHOICES
        return Paged(items, columns, gap, 0 if rows else tallest, most, pager, turned, self.turning.page)

    def groups(self) -> Box:
        theme = self.theme
        groups: list[Box] = []
        for at, group in enumerate(self.screen.groups):
            buttons = [
                self.pool.button(
                    (at, one.value), one, Style("card", least_mm=theme.eased(26, 22, 18, TARGET_MM), font="label")
                )
                for one in group.buttons
            ]
            title = Middle(self.pool.text(("group", at), group.title, "label"))
            groups.append(Row([title, Grid(buttons, len(buttons), self.theme.gap)], self.theme.gap, (1, 4)))
        return Column(groups, self.theme.gap)

    def receipt(self) -> Box:
        """The receipt card: the number to keep, large, then the rest and all of it as a QR code."""
        pool, theme = self.pool, self.theme
        panel = pool.panel("receipt", "card", strong=True)
        number, *rest = [self.fact(at, row) for at, row in enumerate(self.screen.rows)]
        code = pool.part(QrCode, "qr")
        code.set(self.screen.qr)
        side_by_side = Row([Middle(Column(rest, theme.mm(3))), Middle(code)], theme.gap, (3, 2))
        inner = Column([number, side_by_side], theme.mm(theme.eased(5, 4, 3, 2)))
        return Column([Framed(panel, inner, theme.mm(theme.eased(7, 5, 4, 3)))], 0)

    def fact(self, at: int, row: Line) -> Box:
        label = self.pool.text(("label", at), row.label, "detail", "card")
        font: FontRole = "title" if at == 0 else "choice"
        return Column([label, self.value(at, row, font)], 0)

    def value(self, at: int, row: Line, font: FontRole) -> Text:
        """Screen readers have loudspeakers too: they are told only what may be said of it."""
        text = self.pool.text(("value", at), row.value, font, "card")
        text.setAccessibleName(" ".join(row.say[1 if row.label else 0 :]) or row.label)
        return text

    # putting in

    def entry(self, entry: Entry) -> Box:
        pool, gap = self.pool, self.theme.gap
        field = pool.part(AnswerField, "answer")
        field.set(entry.display or entry.value, entry.composing, entry.placeholder)
        field.setAccessibleName(entry.said)
        back = self.words("ui.step_back" if entry.kind == "date" else "ui.erase")
        erase = Button("erase", back, icon="erase", enabled=bool(entry.value or entry.composing))
        clear = Button("clear", self.words("ui.clear"), icon="clear", enabled=bool(entry.value))
        side = pool.button("side", clear if entry.kind == "digits" else erase, WORD_KEY)
        top = Row([field, side], gap, (3, 1) if self.theme.portrait else (5, 2))
        pads: dict[str, Callable[[], Box]] = {
            "digits": lambda: self.digits(entry, erase),
            "date": lambda: self.cards(entry),
            "name": lambda: self.letters(entry),
            "hand": lambda: self.writing(entry),
        }
        pad = pads[entry.kind]()
        most = MOST_MM + 58 if entry.kind == "hand" else 4 * KEY_MOST_MM
        below = self.extras(entry)
        return Column(
            [top, pad, below] if below else [top, pad], gap, grow=[pad], grow_to=self.theme.mm(most) + 3 * gap
        )

    def extras(self, entry: Entry) -> Box | None:
        """Other ways to answer; on a compact panel also what stands beside the writing field elsewhere."""
        choices, gap = self.screen.choices, self.theme.gap
        if not self.theme.compact:
            cards = [self.choice(at, one).box for at, one in enumerate(choices)]
            return Grid(cards, len(cards), gap) if cards else None
        keys = self.writing_keys(entry, "centred") if entry.kind == "hand" else []
        keys += [self.pool.button(("choice", one.action, one.value), one, WORD_KEY) for one in choices]
        return Row(keys, gap, [6 + len(key.button.label.encode("gb18030")) for key in keys]) if keys else None

    def cards(self, entry: Entry) -> Box:
        """The next step of a date, as many cards in a row as their words allow."""
        longest = max((len(card.label.encode("gb18030")) for card in entry.cards), default=0)
        columns = 3 if longest > 6 else 4 if len(entry.cards) <= 13 else 8
        style = replace(KEY, font="label")
        keys = [self.pool.button(("step", card.value), card, style) for card in entry.cards]
        return self.keys(keys, columns, self.key_gap)

    def writing(self, entry: Entry) -> Box:
        """What it may be over the field; beside the field, how to take back."""
        pool, gap = self.pool, self.theme.gap
        tray = self.tray(entry, "ui.write")
        paper = pool.part(WritingField, "paper")
        paper.set(entry.strokes, self.words("ui.write"))
        board: Box = paper
        if not self.theme.compact:
            board = Row([paper, Column(self.writing_keys(entry, "stack"), gap)], gap, (4, 1))
        return Column([tray, board], gap, grow=[board], grow_to=self.theme.mm(MOST_MM))

    def writing_keys(self, entry: Entry, shape: Shape) -> list[BigButton]:
        pool, ink, style = self.pool, bool(entry.strokes), replace(MORE, shape=shape)
        undo = Button("undo_stroke", self.words("ui.undo_stroke"), icon="undo", enabled=ink)
        again = Button("rub_out", self.words("ui.rub_out"), icon="clear", enabled=ink)
        dots = [pool.button(("key", one), Button("type", one, one), KEY) for one in entry.extra_keys]
        return [pool.button("undo_stroke", undo, style), pool.button("rub_out", again, style), *dots]

    def digits(self, entry: Entry, erase: Button) -> Box:
        pool = self.pool
        keys: list[Box] = [pool.button(("key", digit), Button("type", digit, digit), KEY) for digit in "123456789"]
        extra = entry.extra_keys[:1]
        names = {".": self.words("ui.point")}
        keys += [pool.button(("key", key), Button("type", names.get(key, key), key), KEY) for key in extra] or [Space()]
        keys += [pool.button(("key", "0"), Button("type", "0", "0"), KEY), pool.button("erase", erase, WORD_KEY)]
        return self.keys(keys, 3, self.theme.gap)

    def letters(self, entry: Entry) -> Box:
        """The candidates over the letters; before the first letter, how it is done."""
        pool, gap = self.pool, self.key_gap
        letters = [pool.button(("key", one), Button("letter", one, one), KEY) for one in LETTERS]
        letters += [pool.button(("key", one), Button("type", one, one), KEY) for one in entry.extra_keys]
        pad = self.keys(letters, LETTER_COLUMNS, gap)
        return Column([self.tray(entry, "ui.spell"), pad], gap, grow=[pad])

    def tray(self, entry: Entry, hint_key: str) -> Box:
        """The candidates, larger where there is room for two rows; before there are any, how it is done."""
        pool, theme = self.pool, self.theme
        gap, rows = self.key_gap, int(theme.eased(2, 2, 1, 1))
        least = theme.mm(theme.eased(24, 20, TARGET_MM, TARGET_MM))
        if entry.candidates:
            row: list[Box] = [
                pool.button(("candidate", at), Button("pick", character, character), CANDIDATE)
                for at, character in enumerate(entry.candidates)
            ]
            row += [Space()] * (CANDIDATES - len(row))
            icon = "" if theme.compact else "more"
            more = Button("more", self.words("more"), icon=icon, enabled=entry.more_candidates)
            row.append(pool.button("more", more, MORE))
            inner = self.keys(row, 5, gap) if rows == 2 else Row(row, gap, (*[1] * CANDIDATES, 1.2))
        else:
            hint = pool.text("spell", self.words(hint_key), "body", "quiet", icon="info", readable=True)
            inner = Framed(pool.panel("spell", "quiet"), Middle(hint), theme.mm(3))
        return Tall(inner, rows * (least + gap) - gap)

    @property
    def key_gap(self) -> int:
        """Pixels between keys, of which many stand in a row."""
        return self.theme.frame_gap if self.theme.compact else min(self.theme.gap, self.theme.mm(4))

    def keys(self, keys: Sequence[Box], columns: int, gap: int) -> Box:
        return Grid(keys, columns, gap, tallest=self.theme.mm(KEY_MOST_MM), narrowest=self.theme.mm(TARGET_MM))
