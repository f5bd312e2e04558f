"""What each kind of field (kiosk/entry/fields/) says of itself: how it is put in, dictated, shown and said."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Literal, Protocol

from forms import Field
from forms.discovery import discover
from kiosk.devices.cards import Card
from kiosk.entry import privacy
from kiosk.entry.date_steps import DateSteps
from kiosk.entry.dictated import Take, take_digits
from kiosk.entry.strokes import Stroke
from kiosk.texts.languages import Lang
from kiosk.texts.strings import Texts

# Characters are written by hand or spelled with letters; a date is taken from cards or typed as digits; one signs.
InputMethod = Literal["hand", "letters", "cards", "digits", "sign"]


@dataclass(frozen=True)
class Offer:
    """A button of a question beside those of its choices: `text` and `phrases` are keys of strings.yaml."""

    text: str
    icon: str
    phrases: str
    value: str | None
    action: Literal["answer", "help", "decline"] = "answer"


_CALL = Offer("help.call", "help", "call", None, action="help")  # to who has no card with them


class Hand(Protocol):
    """The walk through all screens (kiosk.walk), as far as a kind of field needs it to show its own."""

    def do(
        self,
        action: Literal["calendar", "step", "way", "letter", "rub_out", "erase", "clear", "next"],
        value: str | None = None,
    ) -> None: ...

    def write(self, stroke: Stroke) -> None:
        """Draw a line, and wait until it was read."""


def _as_it_is(field: Field, value: str, texts: Texts, lang: Lang) -> str:
    return field.kind.in_words(field, value, lang)


def _nothing(field: Field) -> None:
    return None


@dataclass(frozen=True)
class FieldInput:
    """What the kiosk knows of one kind of field. The defaults are those of a long number that is typed."""

    methods: tuple[InputMethod, ...] = ("digits",)  # the usual one first; none: one touches what the screen offers
    keys: tuple[str, ...] = ()  # beside the digits or letters
    word_keys: bool = False  # whether there are the field's `keys` beside the digits
    offers: tuple[Offer, ...] = ()
    steps: Callable[[Field, date], DateSteps] | None = None  # where there are cards
    placeholder: Callable[[Field], str] = lambda field: ""  # an example of what to type
    dictation: Callable[[Field], str | None] = _nothing  # one of voice.recognition.dictation.KINDS
    take: Take = take_digits  # what was dictated; None when it makes no sense
    shown: Callable[[Field, str, Texts, Lang], str] = _as_it_is  # an answer as people read it
    said: Callable[[str, Lang], str] = privacy.last_two  # a private answer as the loudspeaker may say it
    read_back: Callable[[Field, str, Lang], str] = privacy.group_back  # what was just dictated, as it may be said
    from_card: Literal["name", "number"] | None = None  # what of an ID card answers it
    begins_with: str = ""  # what an answer begins with, by what that is about: it stands there when it is asked
    from_receipt: bool = False  # whether a scanned receipt answers it
    leading: int = 0  # how many of the choices stand above the others: those come in pairs
    several: bool = False  # whether several of the choices may be touched, and then the button that goes on
    drop_sure: str = "no_phone.sure"  # what is asked before "there is none" takes the place of an answer
    agreement: bool = False  # whether it is given anew each time and no answer to look at
    walk: Callable[[Hand, Field], Iterator[str]] = lambda hand, field: iter(())  # names of pictures, each once it shows


@cache
def _inputs() -> Mapping[str, FieldInput]:
    return discover("kiosk.entry.fields", "INPUT", FieldInput)


def on_card(field: Field, card: Card) -> str:
    """What an ID card answers to a field; "" for nothing."""
    match input_of(field).from_card:
        case "name":
            return card.name
        case "number":
            return card.number
        case None:
            return ""


def input_of(field: Field) -> FieldInput:
    """How a field is put in; KeyError when its kind has no module here."""
    put_in = _inputs()[field.type]
    return replace(put_in, methods=(), keys=(), offers=(_CALL,), dictation=_nothing) if field.card_itself else put_in
