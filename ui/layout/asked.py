"""What a screen asks or says: the title, its lines, the error and the notices, and what it is about as a picture."""

from PySide6.QtCore import Qt

from kiosk.screens.common.model import Screen
from ui.layout.boxes import Box, HBox, Middle, Tall, VBox
from ui.layout.frame import strip
from ui.layout.messages import Hideable, MessageRoom
from ui.look.palette import Role
from ui.look.theme import FontRole
from ui.widgets.button import BigButton
from ui.widgets.indicators import StepBar
from ui.widgets.label import Label
from ui.widgets.pictures import Drawing, Picture
from ui.widgets.pool import Pool

LEFT, CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter

PICTURES = {"attract": "welcome", "goodbye": "goodbye"}
BIG_ICONS: dict[str, tuple[str, Role]] = {
    "help": ("help", "help"),
    "idle": ("clock", "selected"),
    "trouble": ("warning", "notice"),
    "answer": ("progress", "selected"),
    "explain": ("info", "selected"),
}
MOST_BARS = 16  # that are told apart where they stand beside their text
SENTENCE_KINDS = ("attract", "goodbye", "idle")  # one sentence says it all here
PRIVATE_KINDS = ("check", "receipt", "answer", "slip", "card")  # here a touched line is not read aloud by itself


class AskedBuilder:
    """Makes what is above the answers. `meaning` is the text that people came to read."""

    def __init__(self, pool: Pool, screen: Screen) -> None:
        self.pool, self.screen, self.theme = pool, screen, pool.theme
        self.meaning: Label | BigButton

    @property
    def has_keys(self) -> bool:
        return self.screen.entry is not None and self.screen.entry.kind != "choice"

    @property
    def keys_at_foot(self) -> bool:
        """Keys that are as tall as they ever are stand in one place, however much is said above them."""
        return self.has_keys and self.theme.portrait and not self.theme.lower and self.theme.larger > 0

    def drawing(self) -> Drawing | None:
        """Of what is asked for, where there may be room for it."""
        picture = self.screen.picture if self.theme.tightness < 2 else None
        return self.pool.drawing("drawing", picture) if picture else None

    def head(self, align: Qt.AlignmentFlag = LEFT, *, strips: bool = True) -> Box:
        screen, pool = self.screen, self.pool
        boxes: list[Box] = []
        if screen.progress:
            bar = pool.part(StepBar, "steps")
            bar.set(screen.progress.step, screen.progress.of)
            steps = pool.label("progress", screen.progress.text, "detail")
            beside = HBox([steps, Middle(bar)], self.theme.gap, (2, 3))
            below = VBox([steps, bar], self.theme.mm(1))
            boxes.append(beside if self.theme.compact and screen.progress.of <= MOST_BARS else below)
        font: FontRole = "title" if align is LEFT else "headline"
        with pool.themed(self.theme.to_read):
            self.meaning = pool.label("title", screen.title, font, align=align, readable=True)
            boxes.append(self.meaning)
            start = len(pool.used)
            lines = self.lines(align)
        gap = self.theme.mm(self.theme.by_tightness(5, 4, 3, 2))
        if strips and screen.may_say:
            return VBox([*boxes, self.message_room(Hideable(VBox(lines, gap), pool.used[start:]), gap)], gap)
        return VBox([*boxes, *lines, *(self.strips() if strips else [])], gap)

    def lines(self, align: Qt.AlignmentFlag) -> list[Box]:
        screen = self.screen
        boxes: list[Box] = []
        readable = screen.kind not in PRIVATE_KINDS
        font: FontRole = "body" if align is LEFT else "message"
        for at, line in enumerate(screen.lines):
            private = line in screen.private
            text = self.pool.label(("line", at), line, font, align=align, readable=readable and not private)
            if align is CENTRE and at == 0 and screen.kind not in SENTENCE_KINDS:
                self.meaning = text
            if private:
                text.setAccessibleName(screen.title)
            boxes.append(text)
        return boxes

    def message_room(self, lines: Hideable, gap: int) -> MessageRoom:
        """The lines, with the error and the notices in the room that is kept for them."""
        screen, pool = self.screen, self.pool
        found: list[Hideable] = []
        if screen.error:
            start = len(pool.used)
            found.append(Hideable(strip(pool, "error", "warning", screen.error), pool.used[start:]))
        for at, notice in enumerate(screen.notices):
            start = len(pool.used)
            found.append(Hideable(strip(pool, "notice", "info", notice, key=("notice", at)), pool.used[start:]))
        font: FontRole = "body" if self.has_keys else "detail"
        shared = screen.entry is not None and self.theme.tightness > 1
        return MessageRoom(
            self.theme, lines, found, screen.may_say, font, gap, shared, bool(screen.error or screen.remark)
        )

    def strips(self) -> list[Box]:
        """The error and the notices."""
        error, notices = self.screen.error, self.screen.notices
        strips = [strip(self.pool, "error", "warning", error)] if error else []
        return [*strips, strip(self.pool, "notice", "info", "\n".join(notices))] if notices else strips

    def poster(self) -> Box:
        """A screen that says one thing: a picture where there is room, a large sentence, a few words."""
        kind = self.screen.kind
        head = self.head(CENTRE)
        if self.theme.tightness > 3:
            return Middle(head)
        gap = self.theme.mm(self.theme.by_tightness(12, 8, 5, 3))
        if drawing := self.drawing():
            least = Tall(drawing, self.theme.mm(60))
            return Middle(VBox([least, head], gap, grow=[least]), spare=self.theme.mm(70))
        picture = self.pool.part(Picture, "picture")
        if kind in PICTURES:
            picture.set(PICTURES[kind], self.theme.mm(self.theme.by_tightness(190, 130, 70, 30)))
            return Middle(VBox([head, picture], gap))
        icon, role = BIG_ICONS[kind]
        picture.set(icon, self.theme.mm(self.theme.by_tightness(90, 60, 40, 24)), role)
        return Middle(VBox([picture, head], gap))
