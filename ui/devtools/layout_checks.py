"""What is wrong with a drawn screen, in plain sentences: too small, too close, too pale, cut, or never heard."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from kiosk.screens.common.model import Screen
from kiosk.texts.words import Words
from ui.devtools.geometry import Meaning, Measured, measure_meaning
from ui.layout.frame import HUGE_KINDS
from ui.look.theme import BODY_FLOOR_MM, CONTRAST_LEAST, GAP_FLOOR_MM, PRIMARY_MM, TARGET_MM, TITLE_FLOOR_MM
from ui.widgets.button import BigButton
from ui.widgets.label import Label
from ui.widgets.part import Backdrop, Part
from ui.window.view import View

ROUNDING_MM = 0.05  # lost to whole pixels
LEAST_ROWS = 3  # of answers to be checked, on a page: so few where several notices stand beside large text


@dataclass(frozen=True)
class LayoutProblem:
    """`what` on the screen `screen` is `value`, and `wanted` would be right."""

    screen: str
    what: str
    value: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.screen}: {self.what} is {self.value}; wanted: {self.wanted}."


Sides = tuple[int, int, int, int]  # left, top, right, bottom of a rectangle in pixels
Found = Iterator[tuple[str, str, str]]  # what, its value, what is wanted


class Inspection:
    """What is wrong with the screens that `view` shows one after another."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._places: dict[
            tuple[str, str], QRect
        ] = {}  # of what may never move: where it stood on the first screen that had it
        self._error = ""  # of the screen before
        self._turner = ("", QRect())  # the step of the walk in which pages were turned last, and where
        self.meaning: Meaning

    def problems(self, label: str, screen: Screen, measured: Measured, said: Sequence[str]) -> list[LayoutProblem]:
        """`measured`: ui.devtools.geometry.measure() of `screen`; `said`: what was spoken since the one before.

        Afterwards `meaning` tells of the text that people came to read, and the view has to be drawn again.
        """
        view = self._view
        checks = (
            _texts(screen, measured),
            _whole_words(view.theme.words, measured),
            _help_colour(screen, view, measured),
            _one_size(view),
            _targets(measured),
            _rooms(view),
            _reach(view),
            _order(view),
            _pages(screen, view),
            _heard(screen, view, said),
            self._error_said(screen, said),
            self._still(screen),
            self._where_pages_turn(label.partition(",")[0]),
            self._largest(),
        )
        return [LayoutProblem(label, *found) for check in checks for found in check]

    def _largest(self) -> Found:
        """The text that people came to read is as large as there is room for."""
        self.meaning = meaning = measure_meaning(self._view)
        if meaning.next_step_fits and not meaning.at_cap:
            yield (
                f"the em of “{meaning.string}”",
                f"{meaning.em_mm} mm",
                "the next larger step, for which there is room",
            )

    def _error_said(self, screen: Screen, said: Sequence[str]) -> Found:
        """A new error on the screen is spoken as well."""
        new, self._error = screen.error != self._error, screen.error
        if screen.error and new and screen.error not in said:
            yield f"the error “{screen.error}”", "shown and not spoken", "both"

    def _still(self, screen: Screen) -> Found:
        """Help is on every screen, back and the primary button where there is one, each always in its place."""
        targets, huge = self._view.targets(), screen.kind if screen.kind in HUGE_KINDS else ""
        found = {("help", ""): [one for one in targets if one.button == screen.help.button]}
        if screen.secondary:
            found["back", huge] = [one for one in targets if one.button == screen.secondary[0]]
        if screen.primary:
            found["primary", huge] = [one for one in targets if one.style_.primary]
        for what, ones in found.items():
            if len(ones) != 1:
                yield f"the number of {what[0]} buttons", str(len(ones)), "one"
            elif (place := ones[0].geometry()) != self._places.setdefault(what, place):
                yield f"the place of the {what[0]} button", "another", "the same as on the screens before"

    def _where_pages_turn(self, step: str) -> Found:
        """A finger that turns pages again and again meets nothing else on the last one."""
        targets = self._view.targets()
        if self._turner[0] != step:
            self._turner = ("", QRect())
        name, place = self._turner
        for one in targets:
            turns = (one.button.action, one.button.value) == ("page", "1")
            if turns and one.isEnabled():
                self._turner = (step, one.geometry())
            elif name == step and not turns and one.geometry().intersects(place):
                yield f"the place of “{_name(one)}”", "where the page was turned before", "another"


def _texts(screen: Screen, measured: Measured) -> Found:
    for text in measured.texts:
        least = TITLE_FLOOR_MM if text.string == screen.title and not screen.rows else BODY_FLOOR_MM
        if text.em_mm < least - ROUNDING_MM:
            yield f"the em of “{text.string}”", f"{text.em_mm} mm", f"{least:g} mm or more"
        if text.contrast < CONTRAST_LEAST:
            yield f"the contrast of “{text.string}”", f"{text.contrast}:1", f"{CONTRAST_LEAST:g}:1 or more"
        if text.clipped:
            yield f"“{text.string}”", "cut off", "all of it inside its place and the panel"


def _whole_words(words: Words, measured: Measured) -> Found:
    for text in measured.texts:
        line_ends, at = set(accumulate(map(len, text.lines))), 0
        for word in words.split("".join(text.lines)):
            if not line_ends.isdisjoint(range(at + 1, at + len(word))):
                yield f"the word “{word}” in “{text.string}”", "broken", "all on one line"
            at += len(word)


def _help_colour(screen: Screen, view: View, measured: Measured) -> Found:
    """The button that calls for help and what has become of the call have one colour, and nothing else has it."""
    colour, button, message = view.theme.paint("help").fill, screen.help.button.label, screen.help.message
    for text in measured.texts:
        if text.string == button or (text.string == message and screen.kind != "help"):
            if text.ground != colour:
                yield f"the colour behind “{text.string}”", text.ground, f"{colour}, as of all help"
        elif text.ground == colour:
            yield f"the colour behind “{text.string}”", colour, "another than that of help"


def _one_size(view: View) -> Found:
    """Small print has one size on a screen, and the pictures beside it, and those of the main buttons."""
    sizes: dict[str, set[int]] = defaultdict(set)
    for part in view.pool.used:
        if isinstance(part, BigButton | Label) and not part.isHidden():
            ems = [text.em_px for text in part.painted()]
            sizes["small print"].update(ems if part.font_role == "detail" else ems[1:])
            on_tile = isinstance(part, BigButton) and part.style_.icon_mm
            if part.icon_side() and not on_tile and part.font_role in ("detail", "frame"):
                sizes[f"pictures beside {part.font_role} words"].add(part.icon_side())
    for what, found in sizes.items():
        if len(found) > 1:
            millimetres = [f"{one / view.theme.px_per_mm:.1f} mm" for one in sorted(found)]
            yield f"the size of {what}", " and ".join(millimetres), "one"


def _targets(measured: Measured) -> Found:
    for one in measured.targets:
        least = PRIMARY_MM if one.primary else TARGET_MM
        if min(one.w_mm, one.h_mm) < least - ROUNDING_MM:
            yield f"the target “{one.name}”", f"{one.w_mm:g} x {one.h_mm:g} mm", f"{least:g} mm or more each way"
    if (many := sum(one.primary for one in measured.targets)) > 1:
        yield "the number of primary buttons", str(many), "one at most"


def _rooms(view: View) -> Found:
    scale, margin = view.theme.px_per_mm, view.theme.margin
    room = view.rect().adjusted(margin, margin, -margin, -margin)
    shown = [part for part in view.pool.used if not part.isHidden() and not isinstance(part, Backdrop)]
    for part in shown:
        if not room.contains(part.geometry()):
            yield f"“{_name(part)}”", "in the margin or beyond", "inside the margin"
    places = (part.geometry() for part in shown)
    sides = [(one.left(), one.top(), one.right(), one.bottom()) for one in places]
    for (one, its), (other, others) in combinations(zip(shown, sides, strict=True), 2):
        gap = apart(its, others)
        least = GAP_FLOOR_MM - ROUNDING_MM if isinstance(one, BigButton) and isinstance(other, BigButton) else 0
        if gap >= least * scale:
            continue
        both = f"the room between “{_name(one)}” and “{_name(other)}”"
        if gap < 0:
            yield both, "none, they overlap", "room between them"
        else:
            yield both, f"{gap / scale:.2f} mm", f"{GAP_FLOOR_MM:g} mm or more"
    for area in view.window().findChildren(QAbstractScrollArea):
        yield f"a {type(area).__name__}", "something that scrolls", "all on one page, or pages that are turned"


def _reach(view: View) -> Found:
    """For who sits, all that can be touched stands in the lower half."""
    middle = view.rect().center().y()
    for target in view.targets():
        if view.theme.lower and target.isEnabled() and target.geometry().top() <= middle:
            yield f"the target “{_name(target)}”", "in the upper half", "in the lower half"


def _order(view: View) -> Found:
    reading = [target for target in view.targets() if target.isEnabled()]
    tabbed = tab_order(view)
    if tabbed != reading:
        yield "the focus order", ", ".join(map(_name, tabbed)), "the reading order " + ", ".join(map(_name, reading))


def _pages(screen: Screen, view: View) -> Found:
    """Nothing is sent unseen, nor by a finger that turns pages; of what is to be checked, much is seen at a time."""
    targets = view.targets()
    for one in targets:
        if one.style_.primary and view.page_left and one.isEnabled():
            yield f"the primary button “{_name(one)}”", "free", "held back until the last page was shown"
        if one.style_.primary and one.button.action == "page":
            yield "the primary button", f"“{_name(one)}”", "never what turns the page"
    page = view.page
    says_why = any(row.to_look_at for row in screen.rows[page.first : page.until])  # in sentences: saying it goes first
    if screen.kind == "check" and view.page_left and not says_why:
        rows = page.until - page.first
        had_room = rows + (page.until < page.total and screen.rows[page.until].heading)  # it goes to the next page
        least = LEAST_ROWS - bool(screen.notices)  # which stand there for a moment
        if had_room < least:
            yield "the number of answers on the page", str(rows), f"{least} or more"


def _heard(screen: Screen, view: View, said: Sequence[str]) -> Found:
    """Every question, error and notice is read aloud by itself, or when it is touched."""
    spoken = " ".join([*screen.say, *said])
    lines = (line for line in screen.lines if line not in screen.private)
    matters = (screen.title, *lines, screen.error, "\n".join(screen.notices))
    if not screen.say:
        yield "what is read aloud", "nothing", "at least one sentence"
    for part in view.pool.used:
        painted = () if part.isHidden() else part.painted()
        if not painted:
            continue
        if not part.accessibleName():
            yield f"the accessible name of “{painted[0].string}”", "empty", "what it says"
        if isinstance(part, Label) and part.string in matters and not part.readable and part.string not in spoken:
            yield f"“{part.string}”", "never heard", "in what is read aloud, or read when it is touched"


def tab_order(view: View) -> list[BigButton]:
    """The enabled buttons as the tab key really visits them, from the first that is read."""
    targets = view.targets()
    able = {target for target in targets if target.isEnabled()}
    at: QWidget | None = targets[0] if targets else None
    order: list[BigButton] = []
    while at is not None and at not in order:
        if at in able:
            order.append(at)
        at = at.nextInFocusChain()
        if at is targets[0]:
            break
    return order


def apart(one: Sides, other: Sides) -> int:
    """Pixels between two rectangles, along the axis on which they are further apart; less than 0: they overlap."""
    across = max(one[0], other[0]) - min(one[2], other[2]) - 1
    down = max(one[1], other[1]) - min(one[3], other[3]) - 1
    return max(across, down)


def _name(part: Part) -> str:
    return part.button.label if isinstance(part, BigButton) else part.accessibleName() or type(part).__name__
