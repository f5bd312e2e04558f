"""What a screen shows, as plain frozen data: `Session.screen()` makes it, `ui` draws it, tests read it."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.entry.strokes import Stroke
from kiosk.state.actions import AnyAction
from protocol.calls.states import CallState

Kind = Literal[
    "attract", "home", "errands", "errand", "prerequisites", "question", "check", "receipt", "answer", "goodbye",
    "help", "idle", "settings", "trouble", "which", "explain", "card", "practice", "slip", "come-back",
]  # fmt: skip
# Actions that cannot be taken back. By key they have to be pressed twice, since the screen may not be seen. EASILY_LOST
# stand where other screens have harmless buttons: they have to be pressed twice by touch as well.
EASILY_LOST = ("clear", "cancel_help")
IRREVERSIBLE = (*EASILY_LOST, "send", "finish", "restart", "quit")
EntryKind = Literal["digits", "address", "name", "hand", "date", "sign", "choice"]
BY_DIGITS: tuple[EntryKind, ...] = ("digits", "address", "date")  # these take digits from a keyboard and a voice too


@dataclass(frozen=True)
class Button:
    """One thing a person can touch or say; touching it calls `Session.do(action, value)`."""

    action: AnyAction
    label: str
    value: str | None = None
    detail: str = ""  # a second, smaller line on the same button
    icon: str = ""  # file stem in assets/icons
    selected: bool = False
    enabled: bool = True
    called: tuple[str, ...] = ()  # said instead of label and detail, where these are clear only to the eye


@dataclass(frozen=True)
class Group:
    """A titled row of buttons of which one is selected (settings)."""

    title: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Entry:
    """How the answer is put in, and what the keys beside it send to `Session.do`.

    digits   a keypad: `type` a digit or one of `extra_keys` such as "X", `erase`, `clear`; `mend` one of the `groups`
    address  the same, with words as `extra_keys`
    name     `letter` of the alphabet, `pick` one of `candidates`, `type` one of `extra_keys`; `erase` takes back a
             letter, else a character
    hand     lines are drawn (`Session.write`), then `pick` and `type` as above; `erase` takes back a line, else a
             character; `rub_out` all lines
    date     `step` is one of `cards`, the next part of the date; `erase` takes a part back
    sign     lines are drawn (`Session.write`), in millimetres; `erase` takes back a line, `clear` all
    a long list is searched by name and hand: each of `cards` is an answer
    choice   no keypad: the screen's `choices` are the answer
    """

    field: str
    kind: EntryKind
    value: str = ""  # what is typed so far, as typed
    display: str = ""  # the same, grouped for reading
    groups: int = 0  # of a number: how many there are in `display` that can be touched, to be put in anew
    said: str = ""  # how much of it there is: all that is said of a private answer
    placeholder: str = ""
    extra_keys: tuple[str, ...] = ()
    composing: str = ""  # pinyin letters not yet turned into a character
    candidates: tuple[str, ...] = ()
    more_candidates: bool = False  # `do("more")` shows the next ones
    strokes: tuple[Stroke, ...] = ()  # of the character (heights of the field) or signature (mm) that is being written
    cards: tuple[Button, ...] = ()
    found: int | None = None  # of a list that is searched: how many of its names fit; `cards` are the first of them


@dataclass(frozen=True)
class Picture:
    """A drawing of assets/pictures, and what it shows, for who cannot see it."""

    name: str
    shows: str


@dataclass(frozen=True)
class Row:
    """One line of the check or receipt screen."""

    label: str
    value: str
    say: tuple[str, ...] = ()  # read aloud when it is touched: never a private answer in full
    change: Button | None = None
    picture: Picture | None = None
    ink: tuple[Stroke, ...] = ()  # of a signature, in millimetres
    heading: bool = False  # of the lines that follow
    to_look_at: bool = False  # what is missing or should be looked at, and the answer that it is about


@dataclass(frozen=True)
class Progress:
    step: int  # from 1
    of: int
    text: str  # "第 3 步，共 7 步"


@dataclass(frozen=True)
class HelpBar:
    """The call for a staff member, on every screen: its button and what has become of the call. While one of them helps
    here, who it is, and the button that ends it."""

    state: CallState | Literal["idle"]
    button: Button
    message: str = ""  # "" while nobody is called


@dataclass(frozen=True)
class Phrase:
    """What may be said on this screen, and what it does."""

    text: str
    action: AnyAction
    value: str | None = None
    shown: bool = False  # listed under "您可以说…"


@dataclass(frozen=True)
class Screen:
    name: str  # unique and stable: "home", "question-resident_id"
    kind: Kind
    title: str
    help: HelpBar
    lines: tuple[str, ...] = ()
    private: tuple[str, ...] = ()  # those of the lines that are not said aloud
    progress: Progress | None = None
    entry: Entry | None = None
    choices: tuple[Button, ...] = ()
    leading: int = 0  # how many of the choices stand above the others, each in a row of its own
    by_voice: tuple[Button, ...] = ()  # what may be asked for here and has no button
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()
    picture: Picture | None = None  # of what is asked for or spoken of
    records: bool = False  # what is said now is kept, and no phrase is listened for
    qr: str = ""  # payload of the QR code, "" for none
    primary: Button | None = None
    secondary: tuple[Button, ...] = ()  # back, start over …, in reading order
    tools: tuple[Button, ...] = ()  # repeat, settings, language: the bar on top
    reach: Button | None = None  # brings what is touched down, or back; None on a panel that is low
    error: str = ""  # one plain sentence about the last answer
    remark: str = ""  # the first of the notices, where it is about what was just done
    notices: tuple[str, ...] = ()  # what does not work just now, said honestly
    may_say: tuple[str, ...] = ()  # what may come as error or remark: its room is kept, so that no key moves
    say: tuple[str, ...] = ()  # utterances read aloud when the screen opens, in order
    phrases: tuple[Phrase, ...] = field(default=())
    dictation: str = ""  # a kind of voice.recognition.dictation that is heard beside the phrases, "" for none
