"""The middle of each kind of screen: what is asked, and what to answer with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast

from kiosk.screens.common.model import Button, Row, Screen
from kiosk.texts.strings import Translate
from ui.layout.asked import BIG_ICONS, CENTRE, PICTURES, AskedBuilder
from ui.layout.boxes import Box, Framed, Grid, HBox, Middle, Space, VBox
from ui.layout.keypad import WORD_KEY, Keypad
from ui.layout.paged import Page, Paged, PagedItem
from ui.look.palette import Contrast, Role
from ui.look.theme import TARGET_MM, FontRole, TextSize, Theme
from ui.widgets.button import BigButton, Style
from ui.widgets.label import Label
from ui.widgets.pictures import QrCode
from ui.widgets.pool import Pool
from ui.widgets.signature import SignatureDrawing

MOST_CHOICES = 12  # at a time: more than that nobody looks through

LIST_KINDS = ("home", "errands", "which", "practice")  # here what is to be chosen says more than the title
HOME_MOST_MM = 72  # of a card
ROW_MOST_MM = {"home": HOME_MOST_MM, "check": 0, "prerequisites": 90, "errand": 60, "answer": 60, "card": 60}
TIGHT = 3  # tightness of a theme from which a receipt needs all its width

SpareTo = Literal["answers", "head", "both"]


@dataclass(frozen=True)
class Content:
    """`head` says what is asked, `answers` is what to answer with; `paged` is the list in it that may be split.

    `meaning` is the text that people came to read: the question, an answer, a number to keep.
    """

    head: Box
    answers: Box | None
    meaning: Label | BigButton
    paged: Paged | None = None
    spare_to: SpareTo = "answers"  # height that is left over, upright


def _as_chosen(theme: Theme, setting: Button) -> Theme:
    """How a screen would look by this setting: its button shows it. Compact panels have one size for all."""
    name, _, value = (setting.value or "").partition("=")
    if name == "contrast":
        return replace(theme, contrast=cast(Contrast, value))
    if name == "text" and not theme.compact:
        return replace(theme, text=cast(TextSize, value))
    return theme


@dataclass(frozen=True)
class Paging:
    """Where the page of a long list begins (from 0); `turned` is told what of it is shown then."""

    first: int
    turned: Callable[[Page], None]


class ContentBuilder(AskedBuilder):
    """Makes the parts of one screen. `wide` puts lists in more columns, to save height."""

    def __init__(self, pool: Pool, screen: Screen, translate: Translate, paging: Paging, *, wide: bool) -> None:
        super().__init__(pool, screen)
        self.translate, self.paging, self.wide = translate, paging, wide
        self.paged: Paged | None = None

    def build(self) -> Content:
        screen = self.screen
        if screen.kind in (*PICTURES, *BIG_ICONS) and not (screen.rows or screen.choices):
            return Content(self.poster(), None, self.meaning)
        answered = bool(screen.entry or screen.groups or screen.choices or screen.rows)
        # Errors and notices stand under the answers where no room is kept for them above.
        below = answered and self.wide and not self.theme.portrait and not screen.may_say
        head = self.head(strips=not below)
        if drawing := self.drawing():
            head = VBox([head, drawing], self.theme.gap, grow=[drawing])
        answers = self.answers()
        if answers and below:
            grow = [] if screen.qr and not self._is_full_receipt else [answers]
            answers = VBox([answers, *self.strips()], self.theme.gap, grow)
        spare: SpareTo = "head" if self.keys_at_foot else "both" if drawing else "answers"
        return Content(head, answers, self.meaning, self.paged, spare)

    def answers(self) -> Box | None:
        screen = self.screen
        if screen.entry and screen.entry.kind != "choice":
            with self.pool.themed(self.theme.with_text(0)):  # the keys stand still
                keypad = Keypad(self.pool, screen.entry, self.translate)
                return keypad.box(lambda: [self.choice(one) for one in screen.choices], tallest=self.keys_at_foot)
        if screen.groups:
            return self.groups()
        if screen.choices:
            cards = [self.choice(one) for one in screen.choices]
            if screen.kind in LIST_KINDS:
                self.meaning = cards[0]
            if screen.leading and (screen.kind == "home" or self.theme.portrait):  # lying, it would take a row of few
                return self.with_leading(cards)
            return self.listed([PagedItem(card, [card]) for card in cards], self.choice_columns())
        if screen.qr:
            return self.receipts() if any(row.change for row in screen.rows) else self.receipt()
        if screen.rows:
            return self.listed([self.row(at, row) for at, row in enumerate(screen.rows)], columns=1)
        return None

    def choice_columns(self) -> int:
        if self.screen.kind == "which":
            return 1  # there is nothing else on this screen
        if self.screen.kind == "home":
            return 2 if self.wide and not (self.theme.portrait and len(self.screen.choices) <= 5) else 1
        many = len(self.screen.choices)
        if not self.theme.portrait and many <= 3:
            return 1  # a lying panel has room for their height, and beside each other they would be narrow
        return 2 if many > (6 if self.theme.portrait else 4) or self.wide else 1

    def with_leading(self, cards: Sequence[BigButton]) -> Box:
        """The leading ones each in a row of its own, the others in two columns below."""
        many, gap, home = self.screen.leading, self.theme.gap, self.screen.kind == "home"
        leading = Grid(cards[:many], 1, gap, self.theme.mm(HOME_MOST_MM) if home else 0)
        others = self.listed([PagedItem(card, [card]) for card in cards[many:]], columns=2)
        return VBox([leading, others], gap, grow=[leading, others] if home else [others])

    def choice(self, button: Button) -> BigButton:
        theme, entry = self.theme, self.screen.entry
        if self.wide and theme.tightness > 1:
            button = replace(button, detail="")  # rather than a second page
        least = (
            theme.by_tightness(50, 36, 24, TARGET_MM)
            if self.screen.kind == "which"
            else theme.by_tightness(30, 24, 20, TARGET_MM)
        )
        style = Style("card", "row", "choice", least)
        if button.detail or (button.icon and (entry or self.screen.kind == "help")):
            icon_mm = theme.by_tightness(36, 26, 20, 16)
            style = Style("card", "row", "choice", icon_mm + 6, icon_mm, tile=True)
        if theme.compact and self.has_keys:
            style = WORD_KEY  # beside the keys
        return self.pool.button(("choice", button.action, button.value), button, style)

    def row(self, at: int, row: Row) -> PagedItem:
        pool, theme = self.pool, self.theme
        start = len(pool.used)
        if self.screen.kind == "prerequisites":
            return PagedItem(self.listed_paper(at, row), pool.used[start:])
        role: Role = "notice" if row.to_look_at else "card"
        label = [pool.label(("label", at), row.label, "detail", role, readable=True)] if row.label else []
        font: FontRole = "label" if self.screen.kind == "check" and not row.heading else "choice"
        if self.screen.kind == "help":  # a number to phone
            font = "number"
        both: Box = Middle(VBox([*label, self.value(at, row, font, role)], 0))
        if row.ink:
            drawing = pool.part(SignatureDrawing, ("ink", at))
            drawing.set(row.ink, row.value)
            both = HBox([both, drawing], theme.gap, (1, 1))
        if row.change:
            style = Style("tool", font="detail")
            change = pool.button(("change", at), replace(row.change, icon=row.change.icon or "edit"), style)
            inner: Box = HBox([both, change], theme.gap, (5, 2))
        else:
            inner = both
        if row.heading:  # on the page itself, above the cards that it is about
            return PagedItem(inner, pool.used[start:], with_next=True)
        backdrop = pool.backdrop(("row", at), role)
        return PagedItem(Framed(backdrop, inner, theme.mm(theme.by_tightness(4, 3, 2.5, 2))), pool.used[start:])

    def listed_paper(self, at: int, row: Row) -> Box:
        """One of the papers to have at hand, on the page itself: nothing here is to be pressed."""
        has_room = self.theme.tightness < 2 or (not self.theme.portrait and len(self.screen.rows) <= 3)
        with_drawings = has_room and any(one.picture for one in self.screen.rows)
        drawing: Box = Space()
        if with_drawings and row.picture:
            drawing = self.pool.drawing(("drawing", at), row.picture)
        name = self.pool.label(("label", at), row.label, "choice", icon="item", readable=True)
        if at == 0:
            self.meaning = name
        shares = (2, 3) if self.theme.portrait else (1, 2)
        return HBox([drawing, Middle(name)], self.theme.gap, shares) if with_drawings else name

    def listed(self, items: Sequence[PagedItem], columns: int, together: Box | None = None) -> Paged:
        """A list with its pager; where a primary button waits for the last page, the pager stands out."""
        pool, gap = self.pool, self.theme.gap
        start = len(pool.used)
        onward = replace(WORD_KEY, role="primary") if self.screen.primary else WORD_KEY
        turn = {
            "-1": (Button("page", self.translate("ui.page_back"), "-1", icon="back"), WORD_KEY),
            "1": (Button("page", self.translate("ui.page_next"), "1", icon="next"), onward),
        }
        keys = {by: pool.button(("page", by), *looks) for by, looks in turn.items()}
        longest = self.translate("ui.page", at=len(items), of=len(items))  # room is kept for it on every page
        where = pool.label("page", longest, "detail", align=CENTRE)

        def turned(page: Page) -> None:
            where.set(self.translate("ui.page", at=page.number, of=page.pages), "detail", align=CENTRE)
            for by, key in keys.items():
                button, style = turn[by]
                key.set(replace(button, enabled=0 < page.number + int(by) <= page.pages), style)
            self.paging.turned(page)

        pager = PagedItem(HBox([keys["-1"], Middle(where), keys["1"]], gap, (1, 1, 1)), pool.used[start:])
        few = len(items) <= 4  # their cards are as high as those on the home screen
        rows = self.screen.kind in ("check", "answer", "prerequisites", "errand", "receipt")
        most = len(items) if rows else MOST_CHOICES
        tallest = 0 if together else self.theme.mm(ROW_MOST_MM.get(self.screen.kind, HOME_MOST_MM if few else 44))
        self.paged = Paged(items, columns, gap, tallest, most, pager, turned, self.paging.first, together=together)
        self.paged.stacked = self.screen.kind in ("check", "answer")
        return self.paged

    def groups(self) -> Box:
        theme = self.theme
        groups: list[Box] = []
        for at, group in enumerate(self.screen.groups):
            buttons = []
            for one in group.buttons:
                chosen = _as_chosen(theme, one)
                role: Role = "card" if chosen.contrast == theme.contrast else "page"  # a white one would look like help
                with self.pool.themed(chosen):
                    button = self.pool.button(
                        (at, one.value),
                        replace(one, icon="tick" if one.selected and not theme.compact else ""),
                        Style(role, least_mm=theme.by_tightness(26, 22, 18, TARGET_MM), font="label"),
                    )
                buttons.append(button)
            if at == 0:
                self.meaning = buttons[0]
            title = Middle(self.pool.label(("group", at), group.title, "label"))
            answers = Middle(Grid(buttons, len(buttons), self.theme.gap))
            groups.append(HBox([title, answers], self.theme.gap, (2, 5) if theme.compact else (1, 4)))
        return VBox(groups, self.theme.gap)

    @property
    def _is_full_receipt(self) -> bool:
        """A slip has a longer number, which needs the width itself, and fewer facts."""
        return self.screen.kind == "receipt" and self.theme.tightness >= TIGHT

    def receipt(self) -> Box:
        """The receipt card: the number to keep, large, and as a QR code; the rest over pages where there is no room."""
        pool, theme = self.pool, self.theme
        backdrop = pool.backdrop("receipt", "card", strong=True)
        number, *rest = [self.fact(at, row) for at, row in enumerate(self.screen.rows)]
        code = pool.part(QrCode, "qr")
        code.set(self.screen.qr)
        columns = 3 if self._is_full_receipt else 2 if theme.compact or self.wide else 1
        boxes: list[Box] = [*(item.box for item in rest), *[Space()] * (-len(rest) % columns)]
        facts = [HBox(boxes[at : at + columns], theme.gap, (1,) * columns) for at in range(0, len(boxes), columns)]
        together = VBox(facts, theme.mm(theme.by_tightness(3, 3, 3, 1)))
        padding = theme.mm(theme.by_tightness(7, 5, 4, 3))
        if self._is_full_receipt:  # the code stands beside the number: all the width is for the facts
            listed = self.listed(rest, columns, together)
            first = HBox([Middle(number.box), Middle(code)], theme.gap, (3, 1))
            return Framed(backdrop, VBox([first, listed], theme.mm(1), grow=[listed]), padding)
        side_by_side = HBox([Middle(together), Middle(code)], theme.gap, (3 * columns, 2))
        inner = VBox([number.box, side_by_side], theme.mm(theme.by_tightness(5, 4, 3, 2)))
        return VBox([Framed(backdrop, inner, padding)], 0)

    def receipts(self) -> Box:
        """Several numbers to keep, each leading to its form; the code of all stands beside what follows the first."""
        first, then, *rest = [self.row(at, row) for at, row in enumerate(self.screen.rows)]
        code = self.pool.part(QrCode, "qr")
        code.set(self.screen.qr)
        with_code = HBox([then.box, Middle(code)], self.theme.gap, (3, 1))
        return self.listed([first, PagedItem(with_code, [*then.parts, code]), *rest], columns=1)

    def fact(self, at: int, row: Row) -> PagedItem:
        start = len(self.pool.used)
        label = self.pool.label(("label", at), row.label, "detail", "card")
        font: FontRole = "number" if at == 0 else "choice"
        return PagedItem(VBox([label, self.value(at, row, font)], 0), self.pool.used[start:])

    def value(self, at: int, row: Row, font: FontRole, role: Role = "card") -> Label:
        """A screen reader outside is told only what may be said aloud: it has a loudspeaker too."""
        text = self.pool.label(("value", at), row.value, font, role)
        text.setAccessibleName(" ".join(row.say[1 if row.label else 0 :]) or row.label)
        if at == next(place for place, one in enumerate(self.screen.rows) if not one.heading):
            self.meaning = text
        return text
