"""From what the session is doing to the screen that shows it: one function a kind of screen, no state of its own."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from decimal import Decimal
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Any

from kiosk import date_steps
from kiosk.catalogue import Choice, Field, Service, Text, mask
from kiosk.catalogue.bounds import day_in_words
from kiosk.desk import StaffCall
from kiosk.dictating import kind_of
from kiosk.pad import Way, grouped
from kiosk.peripherals.printers import Paper
from kiosk.rules_of_speech import spoken_value
from kiosk.screens import Button, Entry, EntryKind, Group, HelpBar, Kind, Lang, Phrase, Progress, Row, Screen
from kiosk.slips import Slip, in_fours
from kiosk.spoken import short_name
from kiosk.visit import Visit
from kiosk.which import Option

if TYPE_CHECKING:
    from kiosk.session import Session

SHOWN_PHRASES = 10  # more than that nobody reads
_PAD_ACTIONS: dict[EntryKind, set[str]] = {
    "digits": {"type", "erase", "clear"},
    "name": {"type", "letter", "pick", "more", "erase", "clear"},
    "hand": {"type", "letter", "pick", "more", "undo_stroke", "rub_out", "erase", "clear"},
    "date": {"type", "step", "erase", "clear"},
    "choice": set(),
}
# The dot in the middle joins the parts of many peoples' names.
_EXTRA_KEYS = {"resident_id": ("X",), "amount": (".",), "person_name": ("·",)}
_ENTRY_KINDS: dict[Way, EntryKind] = {"hand": "hand", "letters": "name", "cards": "date", "digits": "digits"}
# The way that is not being used, the text of its button, and its picture.
_OTHER_WAYS: dict[Way, tuple[Way, str, str]] = {
    "hand": ("letters", "way.letters", "letters"),
    "letters": ("hand", "way.hand", "edit"),
    "cards": ("digits", "way.digits", "digits"),
    "digits": ("cards", "way.cards", "touch"),
}
_SETTINGS = {
    "text": ("S", "M", "L"),
    "contrast": ("default", "dark", "yellow"),
    "speed": ("slow", "normal", "fast"),
    "volume": ("soft", "normal", "loud"),
}


def screen(session: "Session") -> Screen:
    """The screen of this moment."""
    return _Composer(session).screen()


def offers(shown: Screen, action: str, value: str | None) -> bool:
    """True when the screen has this to do: a late press on a button that is gone is none of its business."""
    if shown.entry and action in _PAD_ACTIONS[shown.entry.kind]:
        return value in _keys(shown.entry, action)
    return any(button.action == action and button.value == value and button.enabled for button in buttons(shown))


def _keys(entry: Entry, action: str) -> Collection[str | None]:
    """The values that the pad's keys for an action have just now."""
    keys: dict[str, Collection[str | None]] = {
        "type": [*(digits if entry.kind in ("digits", "date") else ""), *entry.extra_keys],
        "letter": [*ascii_lowercase],
        "pick": entry.candidates,
        "step": [card.value for card in entry.cards],
    }
    return keys.get(action, [None])


def buttons(shown: Screen) -> list[Button]:
    """Every button of a screen, in reading order."""
    found = [*shown.tools, *(shown.entry.cards if shown.entry else ()), *shown.choices]
    found += [button for group in shown.groups for button in group.buttons]
    found += [row.change for row in shown.rows if row.change]
    found += [*shown.secondary, *([shown.primary] if shown.primary else []), shown.help.button]
    return found


def call_news(session: "Session", call: StaffCall | None) -> tuple[str, ...]:
    """What to say when a call has changed by itself."""
    return _Composer(session).call_news(call)


def paper(session: "Session", slip: Slip) -> Paper:
    """What is printed of a slip."""
    return _Composer(session).paper(slip)


class _Composer:
    def __init__(self, session: "Session") -> None:
        self.session = session
        self.lang: Lang = session.look.lang
        self.call = session.staff_call()

    def screen(self) -> Screen:
        session = self.session
        if session.overlay:
            overlays: dict[str, Callable[[], Screen]] = {
                "help": self.help,
                "idle": self.idle,
                "settings": self.settings,
                "trouble": self.trouble,
                "which": self.which,
                "explain": self.explain,
                "card": self.identity_card,
                "maintenance": self.maintenance,
            }
            return overlays[session.overlay]()
        return self.beneath()

    def beneath(self) -> Screen:
        """The screen without what lies over it."""
        session = self.session
        if session.place == "visit" and session.visit:
            return self.of_visit(session.visit)
        places: dict[str, Callable[[], Screen]] = {
            "attract": self.attract,
            "home": self.home,
            "slip": self.slip,
            "come-back": self.come_back,
            "goodbye": self.goodbye,
        }
        return places[session.place]()

    def of_visit(self, visit: Visit) -> Screen:
        if visit.stage == "sent":
            return self.answer(visit) if visit.service.kind == "query" else self.receipt(visit)
        stages: dict[str, Callable[[Visit], Screen]] = {
            "prerequisites": self.prerequisites,
            "question": self.question,
            "check": self.check,
        }
        return stages[visit.stage](visit)

    # places

    def attract(self) -> Screen:
        start = self.button("start", "attract.start", icon="touch")
        phrases = self.phrases("start", "start", shown=True)
        for service in self.session.catalogue.services.values():
            phrases += self.own_phrases(service.phrases.of(self.lang), "start", None)
        return self.make("attract", "attract", "attract.title", lines=("attract.line",), primary=start, phrases=phrases)

    def home(self) -> Screen:
        services = self.session.catalogue.services.values()
        phrases: list[Phrase] = []
        for service in services:
            phrases += self.own_phrases(service.phrases.of(self.lang), "choose", service.id, shown=1)
        return self.make(
            "home",
            "home",
            "home.title",
            lines=("home.line",),
            choices=tuple(
                Button("choose", self.text(one.title), one.id, detail=self.text(one.summary), icon=one.icon)
                for one in services
            ),
            secondary=(
                self.button("finish", "home.end", icon="leave"),
                self.button("come_back", "come_back.button", icon="slip"),
            ),
            phrases=phrases + self.phrases("home", "finish") + self.phrases("come_back", "come_back"),
        )

    def goodbye(self) -> Screen:
        return self.make(
            "goodbye",
            "goodbye",
            "goodbye.title",
            lines=("goodbye.line",),
            secondary=(self.button("home", "goodbye.home", icon="home"),),
            phrases=self.phrases("another", "home"),
        )

    # the visit

    def prerequisites(self, visit: Visit) -> Screen:
        service = visit.service
        needed = tuple(Row(label=self.text(one), value="", say=(one.said(self.lang),)) for one in service.prerequisites)
        return self.make(
            "prerequisites",
            "prerequisites",
            "prerequisites.title",
            rows=needed,
            lines=("prerequisites.line",),
            say_between=tuple(part for row in needed for part in row.say),
            primary=self.button("next", "prerequisites.start", icon="next"),
            secondary=(self.back(),),
            phrases=self.phrases("ready", "next", shown=True) + self.phrases("back", "back"),
        )

    def question(self, visit: Visit) -> Screen:
        field = visit.field
        step, of = visit.step
        choices, phrases = self.answers_to_choose(visit, field)
        by_pad = field.type not in ("choice", "consent")
        kind: EntryKind = _ENTRY_KINDS[self.session.pad.way] if by_pad else "choice"
        if by_pad:
            phrases += self.phrases("next", "next", shown=True)
        hint = (field.hint.written(self.lang),) if field.hint else ()
        asked = (self.t(f"date.{self.session.pad.steps.step}"),) if kind == "date" else ()
        also = self.by_the_sun() if kind == "date" else ()
        return self.make(
            f"question-{field.id}",
            "question",
            self.text(field.question),
            title_said=(field.question.said(self.lang),),
            written_lines=(*hint, *also, *asked),
            say_between=(*((field.hint.said(self.lang),) if field.hint else ()), *asked),
            progress=Progress(step, of, self.t("progress", step=step, of=of)),
            entry=self.entry(visit, field, kind),
            dictation=(kind_of(field) or "") if self.lang == "zh" else "",
            choices=choices,
            primary=self.button("next", "next", icon="next") if by_pad else None,
            secondary=(self.back(), self.button("explain", "explain.button", icon="info"), *self.aside()),
            error=self.text(visit.problem.message) if visit.problem else "",
            phrases=[
                *phrases,
                *self.phrases("back", "back", shown=True),
                *self.phrases("explain", "explain"),
                *self.aside_phrases(),
            ],
        )

    @property
    def can_save(self) -> bool:
        visit = self.session.visit
        return self.session.place == "visit" and visit is not None and visit.can_be_saved

    def aside(self) -> tuple[Button, ...]:
        """What may be done on the way besides going on: take the last answer back, save all for another day."""
        visit, found = self.session.visit, []
        if visit and visit.can_undo:
            found.append(self.button("undo", "undo.button", icon="undo"))
        if self.can_save:
            found.append(self.button("save", "save.button", icon="slip"))
        return tuple(found)

    def aside_phrases(self) -> list[Phrase]:
        return [phrase for button in self.aside() for phrase in self.phrases(button.action, button.action)]

    def answers_to_choose(self, visit: Visit, field: Field) -> tuple[tuple[Button, ...], list[Phrase]]:
        chosen = visit.typed.get(field.id, "")
        if field.type == "consent":
            agree = self.button("answer", "consent.yes", "yes", icon="yes", selected=chosen == "yes")
            refuse = self.button("help", "consent.no", icon="help")
            phrases = self.phrases("consent_yes", "answer", "yes", shown=True)
            return (agree, refuse), phrases + self.phrases("consent_no", "help", shown=True)
        if field.type in ("person_name", "date"):
            return self.other_ways()
        if field.type == "phone":
            none = self.button("answer", "no_phone", "none", icon="no-phone", selected=chosen == "none")
            return (none,), self.phrases("no_phone", "answer", "none", shown=True)
        offered = visit.choices()
        buttons = tuple(Button("answer", self.text(one.label), one.id, selected=chosen == one.id) for one in offered)
        short = Counter(short_name(self.text(one.label)) for one in offered)
        return buttons, [phrase for one in offered for phrase in self.choice_phrases(one, short)]

    def other_ways(self) -> tuple[tuple[Button, ...], list[Phrase]]:
        """The other way to put in a name or a date, and the other calendar."""
        pad, found = self.session.pad, []
        if pad.way == "cards":
            calendar = "sun" if pad.steps.moon else "moon"
            found.append(self.button("calendar", f"date.{calendar}", calendar, icon="calendar"))
        way, key, icon = _OTHER_WAYS[pad.way]
        if way != "hand" or pad.by_hand:
            found.append(self.button("way", key, way, icon=icon))
        return tuple(found), [p for one in found for p in self.phrases(str(one.value), one.action, one.value)]

    def choice_phrases(self, choice: Choice, short: Counter[str]) -> list[Phrase]:
        """What a choice is called, and its name without its kind (城关 for 城关镇) where no other has that name."""
        label = self.text(choice.label)
        said = [*choice.phrases.of(self.lang), label]
        if choice.id in ("yes", "no"):
            said += self.session.texts.phrases(choice.id, self.lang)
        if short[short_name(label)] == 1:
            said.append(short_name(label))
        return self.own_phrases(list(dict.fromkeys(said)), "answer", choice.id, shown=1)

    def entry(self, visit: Visit, field: Field, kind: EntryKind) -> Entry:
        pad = self.session.pad
        if kind == "choice":
            return Entry(field.id, kind)
        text = "" if pad.text == "none" else pad.text
        if kind == "date":
            return self.date_by_cards(field, text)
        return Entry(
            field.id,
            kind,
            value=text,
            display=pad.display if text else "",
            placeholder=self.date_example(field) if field.type == "date" else "",
            extra_keys=_EXTRA_KEYS.get(field.type, ()),
            composing=pad.letters,
            candidates=pad.candidates,
            more_candidates=pad.more_candidates,
            strokes=pad.strokes,
        )

    def by_the_sun(self) -> tuple[str, ...]:
        """The solar date of a lunar one, as it will be sent; shown only, a birthday is nobody else's business."""
        steps = self.session.pad.steps
        return (
            (self.t("date.is", day=day_in_words(steps.day.isoformat(), self.lang)),) if steps.moon and steps.day else ()
        )

    def date_by_cards(self, field: Field, text: str) -> Entry:
        pad = self.session.pad
        steps = pad.steps
        return Entry(
            field.id,
            "date",
            value=text or date_steps.in_words(steps, self.lang),
            display=pad.display if pad.marked else date_steps.in_words(steps, self.lang),
            placeholder=self.date_example(field),
            cards=tuple(
                Button("step", date_steps.label(steps, steps.step, number, self.lang), str(number))
                for number in steps.options()
            ),
        )

    def date_example(self, field: Field) -> str:
        return self.t("such_as", example=grouped("date", field.example.replace("-", "")))

    def check(self, visit: Visit) -> Screen:
        rows = tuple(self.row(visit, field) for field in visit.fields() if field.type != "consent")
        warnings = tuple(problem.message for problem in visit.report().warnings)
        look = (self.t("check.look"), *(self.text(one) for one in warnings)) if warnings else ()
        query = visit.service.kind == "query"
        act = self.button("ask", "check.ask", icon="next") if query else self.button("send", "check.send", icon="send")
        return self.make(
            "check",
            "check",
            "check.title",
            lines=("check.line",),
            written_lines=look,
            say_after=(self.said("check.look"), *(one.said(self.lang) for one in warnings)) if warnings else (),
            rows=rows,
            primary=act,
            secondary=(self.back(), *self.aside()),
            phrases=[
                *self.phrases(act.action, act.action, shown=True),
                *self.phrases("back", "back", shown=True),
                *self.aside_phrases(),
            ],
        )

    def row(self, visit: Visit, field: Field) -> Row:
        value = visit.answers.get(field.id, "")
        shown = self.value_text(visit, field, value)
        label = self.label(field)
        public = field.type == "choice" or mask(field, value) == value
        said = shown if public else spoken_value(field, value, self.lang)
        return Row(
            label=label,
            value=shown,
            say=(label, said),
            change=self.button("change", "change", field.id),
        )

    def label(self, field: Field) -> str:
        label = self.text(field.label)
        return label[0].upper() + label[1:]  # labels are written for the middle of a sentence

    def value_text(self, visit: Visit, field: Field, value: str) -> str:
        if not value:
            return self.t("empty")
        if field.type == "phone" and value == "none":
            return self.t("no_phone")
        for choice in self.session.catalogue.choices(field, visit.answers) if field.type == "choice" else ():
            if choice.id == value:
                return self.text(choice.label)
        if field.type == "date":
            return day_in_words(value, self.lang)
        if field.type == "amount":
            return self.t("yuan", amount=f"{Decimal(value):,}")
        return grouped(field.type, value)

    def receipt(self, visit: Visit) -> Screen:
        number = self.session.receipt_number
        state = self.session.desk.receipt_state(number)
        rows = (
            self.plain_row("receipt.number", grouped("receipt_number", number)),
            self.plain_row("receipt.service", self.text(visit.service.title)),
            self.plain_row("receipt.state", self.t(f"receipt.{state}")),
        )
        return self.make(
            f"receipt-{state}",
            "receipt",
            f"receipt.title.{state}",
            title_said=(self.said(f"receipt.{state}"),),
            lines=(f"receipt.{state}_line", "receipt.keep"),
            written_lines=(self.text(visit.service.next),),
            say_after=(visit.service.next.said(self.lang),),
            rows=rows,
            qr=f"YLK1:{number}",
            primary=self.button("finish", "receipt.finish", icon="yes"),
            secondary=(self.button("another", "receipt.another", icon="home"),),
            phrases=self.phrases("finish", "finish", shown=True) + self.phrases("another", "another", shown=True),
        )

    def answer(self, visit: Visit) -> Screen:
        found = self.session.found
        finish = self.button("finish", "receipt.finish", icon="yes")
        again = self.button("ask", "answer.again", icon="progress")
        common: dict[str, Any] = {
            "secondary": (self.back(), self.button("another", "receipt.another", icon="home")),
            "phrases": [
                *(
                    self.phrases("again", "ask", shown=True)
                    if found == "offline"
                    else self.phrases("finish", "finish", shown=True)
                ),
                *self.phrases("another", "another", shown=True),
                *self.phrases("back", "back", shown=True),
            ],
        }
        if found == "looking":
            phrases = self.phrases("back", "back", shown=True)
            return self.make("answer-looking", "answer", "answer.looking", secondary=(self.back(),), phrases=phrases)
        if found == "offline":
            lines = ("answer.offline_line",)
            return self.make("answer-offline", "answer", "answer.offline", lines=lines, primary=again, **common)
        if found == "staff":
            lines = ("answer.staff_line",)
            return self.make("answer-staff", "answer", "answer.staff", lines=lines, primary=finish, **common)
        if not found:
            lines = ("answer.none_line",)
            return self.make("answer-none", "answer", "answer.none", lines=lines, primary=finish, **common)
        rows: list[Row] = []
        said: list[str] = []
        for line in found:
            service: Service | None = self.session.catalogue.services.get(line.service_id)
            title = self.text(service.title) if service else line.service_id
            status = self.text(line.status) if line.status else self.t("answer.here")
            rows += [
                self.plain_row("receipt.number", grouped("receipt_number", line.receipt_number)),
                Row(title, status, say=(title, status)),
            ]
            said += [title, status]
            if line.note:
                rows.append(Row("", line.note, say=(line.note,)))
                said.append(line.note)
        written = (self.text(visit.service.next),)
        return self.make(
            "answer-found",
            "answer",
            "answer.title",
            rows=tuple(rows),
            say_between=(*said, visit.service.next.said(self.lang)),
            written_lines=written,
            primary=finish,
            **common,
        )

    # going on another day

    def slip(self) -> Screen:
        """The only copy of the key: shown until the visitor has it, then forgotten."""
        session = self.session
        slip, visit = session.slip, session.visit
        assert slip is not None, "this place is never shown without its slip"
        assert visit is not None, "what was saved is still here"
        printing = (f"slip.{session.printing}",) if session.printing else ()
        rows = (
            Row(self.t("slip.number"), in_fours(slip.code)),
            self.plain_row("receipt.service", self.text(visit.service.title)),
            self.plain_row("slip.until", self.until(slip)),
        )
        return self.make(
            "slip",
            "slip",
            "slip.title",
            lines=(*printing, "slip.keep", "slip.how", "slip.secret"),
            rows=rows,
            qr=slip.qr,
            primary=self.button("finish", "slip.finish", icon="yes"),
            secondary=(self.button("carry_on", "slip.carry_on", icon="back"),),
            phrases=self.phrases("slip_finish", "finish", shown=True) + self.phrases("resume", "carry_on", shown=True),
        )

    def paper(self, slip: Slip) -> Paper:
        visit = self.session.visit
        assert visit is not None, "a slip is printed while its visit is there"
        until = f"{self.t('slip.until')}{'：' if self.lang == 'zh' else ': '}{self.until(slip)}"
        lines = (self.text(visit.service.title), until, self.t("slip.how"), self.t("slip.secret"))
        return Paper(self.t("slip.paper"), in_fours(slip.code), slip.qr, lines)

    def until(self, slip: Slip) -> str:
        return day_in_words(slip.until.isoformat(), self.lang)

    def come_back(self) -> Screen:
        pad = self.session.pad
        return self.make(
            "come-back",
            "come-back",
            "come_back.title",
            lines=("come_back.line",),
            entry=Entry("slip_code", "digits", value=pad.text, display=in_fours(pad.text)),
            primary=self.button("next", "next", icon="next"),
            secondary=(self.back(),),
            error=self.session.wrong_code,
            phrases=self.phrases("next", "next", shown=True) + self.phrases("back", "back", shown=True),
        )

    # overlays

    def explain(self) -> Screen:
        """What the present question is for and where the answer is found, in plain words."""
        visit = self.session.visit
        assert visit is not None, "only questions are explained"
        field, key = visit.field, f"explain.{visit.field.type}"
        own = field.explain
        return self.make(
            f"explain-{field.id}",
            "explain",
            self.text(field.question),
            title_said=(own.said(self.lang) if own else self.said(key),),
            written_lines=(self.text(own) if own else self.t(key),),
            primary=self.button("resume", "explain.done", icon="yes"),
            phrases=self.phrases("explained", "resume", shown=True),
        )

    def identity_card(self) -> Screen:
        """What an ID card says, to be agreed to before any of it is used."""
        visit, card = self.session.visit, self.session.card
        assert visit is not None, "a card is used in a visit only"
        assert card is not None, "this overlay is never shown without its card"
        told = {"person_name": card.name, "resident_id": card.number}
        rows = tuple(
            Row(self.label(field), grouped(field.type, told[field.type]), say=(self.label(field),))
            for field in visit.identity_fields()
            if told[field.type]
        )
        return self.make(
            "card",
            "card",
            "card.title",
            rows=rows,
            primary=self.button("take_card", "card.yes", icon="yes"),
            secondary=(self.button("refuse_card", "card.no", icon="no"),),
            phrases=self.phrases("card_yes", "take_card", shown=True)
            + self.phrases("card_no", "refuse_card", shown=True),
        )

    def help(self) -> Screen:
        state = self.call.state if self.call else "local"
        if not self.call or state in ("closed", "cancelled"):
            title, line = "help.button", "help.closed" if self.call else "help.local"
        else:
            title = f"help.title.{state}"
            reached = self.call.reached_hall or state != "requested"
            line = f"help.line.{state}" if reached else "help.offline"
        staff = self.call.staff if self.call else ""
        open_call = bool(self.call) and state not in ("closed", "cancelled")
        return self.make(
            "help" if line != "help.offline" else "help-offline",
            "help",
            self.t(title, staff=staff),
            title_said=self.who_comes(self.call) if self.call and open_call else (self.said(title),),
            lines=(line,),
            primary=self.button("resume", "help.resume", icon="next"),
            secondary=(self.button("cancel_help", "help.cancel", icon="no"),) if open_call else (),
            phrases=self.phrases("resume", "resume", shown=True)
            + (self.phrases("cancel_help", "cancel_help", shown=True) if open_call else []),
        )

    def call_news(self, call: StaffCall | None) -> tuple[str, ...]:
        if call is None or call.state == "cancelled":
            return ()
        if call.state == "closed":
            return (self.said("help.closed"),)
        if call.state == "requested":
            return (self.said("help.bar.requested" if call.reached_hall else "help.offline"),)
        return (*self.who_comes(call), self.said(f"help.line.{call.state}"))

    def who_comes(self, call: StaffCall) -> tuple[str, ...]:
        """The state of a call aloud; a name is said by the live voice, the words around it are recorded."""
        if call.state == "acknowledged":
            return (self.said("help.coming"), call.staff)
        return (self.said(f"help.title.{call.state}"),)

    def idle(self) -> Screen:
        save = self.button("save", "save.button", icon="slip")
        line = "idle.line" if self.can_save else "idle.line_nothing"
        return self.make(
            "idle",
            "idle",
            "idle.title",
            written_lines=(self.t(line, seconds=self.session.seconds_left),),
            title_said=(self.said("idle.say"),),
            primary=self.button("still_here", "idle.button", icon="yes"),
            secondary=(save,) if self.can_save else (),
            phrases=self.phrases("still_here", "still_here", shown=True)
            + (self.phrases("save", "save", shown=True) if self.can_save else []),
        )

    def settings(self) -> Screen:
        look = self.session.look
        groups = tuple(
            Group(
                self.t(f"settings.{name}"),
                tuple(
                    self.button(
                        "set", f"settings.{name}.{value}", f"{name}={value}", selected=getattr(look, name) == value
                    )
                    for value in values
                ),
            )
            for name, values in _SETTINGS.items()
        )
        done = self.button("resume", "settings.done", icon="yes")
        return self.make(
            "settings",
            "settings",
            "settings.title",
            groups=groups,
            primary=done,
            phrases=self.phrases("next", "resume"),
        )

    def trouble(self) -> Screen:
        in_visit = self.session.place == "visit"
        action = (
            self.button("resume", "back", icon="back") if in_visit else self.button("home", "trouble.home", icon="home")
        )
        return self.make(
            f"trouble-{self.session.trouble}",
            "trouble",
            "trouble.title",
            lines=(f"trouble.{self.session.trouble}",),
            primary=action,
            phrases=self.phrases("back", action.action),
        )

    def maintenance(self) -> Screen:
        assert self.session.maintenance is not None, "this overlay is never shown without it"
        shown = self.session.maintenance.screen(self.t, self.help_bar())
        phrases = self.phrases("back", "resume", shown=True) + self.phrases("help", "help", shown=True)
        return replace(shown, tools=self.tools("trouble"), phrases=self.sayable(phrases, can_repeat=True))

    def which(self) -> Screen:
        """One plain question about what was just said; every answer is a huge button, and so is none of them."""
        asked, beneath = self.session.which, self.beneath()
        assert asked is not None, "this overlay is never shown without its question"
        if asked.kind == "said":
            options = [self.option(one, beneath) for one in asked.options]
            labels = [one.label for one in options]
            title = self.t(f"which.{len(options)}", **{f"label{at}": label for at, label in enumerate(labels, 1)})
            others = tuple(part for label in labels[1:] for part in (self.said("which.or"), label))
            said = (self.said("which.said"), labels[0], *others)
            no = self.button("none_of_them", "which.none" if len(options) > 1 else "which.not_it", icon="no")
        else:
            options = [self.button("help", "which.call", icon="help")]
            title, said = f"which.{asked.kind}", ()
            no = self.button("none_of_them", "which.no", icon="no")
        order = ("which_first", "which_second", "which_third") if len(options) > 1 else ("which_yes",)
        refusal = "which_none" if len(options) > 1 else "which_no"
        phrases: list[Phrase] = []
        for key, one in zip(order, options, strict=False):
            same = [other.text for other in beneath.phrases if (other.action, other.value) == (one.action, one.value)]
            phrases += self.own_phrases([one.label, *same], one.action, one.value, shown=1)
            phrases += self.phrases(key, one.action, one.value, shown=True)
        return self.make(
            f"which-{asked.kind}",
            "which",
            title,
            title_said=said,
            choices=(*options, no),
            phrases=[*phrases, *self.phrases(refusal, "none_of_them", shown=True)],
        )

    def option(self, option: Option, beneath: Screen) -> Button:
        """The button of the screen beneath that does this, to be pressed here."""
        same = (one for one in buttons(beneath) if (one.action, one.value) == (option.action, option.value))
        return replace(next(same), detail="", selected=False)

    # parts

    def make(
        self,
        name: str,
        kind: Kind,
        title: str,
        *,
        phrases: list[Phrase],
        lines: tuple[str, ...] = (),
        written_lines: tuple[str, ...] = (),
        title_said: tuple[str, ...] = (),
        say_between: tuple[str, ...] = (),
        say_after: tuple[str, ...] = (),
        **rest: Any,
    ) -> Screen:
        """A screen with what every screen has: help, tools, notices, and all of it as speech.

        `title` and `lines` are text keys where there are such keys; other titles and `written_lines` are text already.
        """
        keyed = self.session.texts.has(title)
        spoken = (
            *(title_said or (self.said(title),)),
            *say_between,
            *(self.said(line) for line in lines),
            *say_after,
        )
        return Screen(
            name=name,
            kind=kind,
            title=self.t(title) if keyed else title,
            lines=(*(self.t(line) for line in lines), *written_lines),
            help=self.help_bar(),
            tools=self.tools(kind),
            notices=(
                *([self.session.remark] if self.session.remark else []),
                *(self.t(f"notice.{key}") for key in self.session.desk.notices()),
            ),
            say=spoken,
            phrases=self.sayable([*phrases, *self.phrases("help", "help", shown=True)], can_repeat=kind != "attract"),
            **rest,
        )

    def tools(self, kind: Kind) -> tuple[Button, ...]:
        other = "en" if self.lang == "zh" else "zh"
        language = self.button("lang", "tool.language", other, icon="language")
        if kind == "attract":
            return (language,)
        repeat = self.button("repeat", "tool.repeat", icon="repeat")
        if kind in ("settings", "idle", "trouble", "which", "explain", "card"):
            return (repeat, language)
        return (repeat, self.button("settings", "tool.settings", icon="settings"), language)

    def help_bar(self) -> HelpBar:
        call = self.call
        if call is None or call.state == "closed" or call.state == "cancelled":
            return HelpBar("idle", self.button("help", "help.button", icon="help"))
        key = "offline" if call.state == "requested" and not call.reached_hall else call.state
        button = self.button("help", "help.button_called", icon="help")
        return HelpBar(call.state, button, self.t(f"help.bar.{key}", staff=call.staff))

    def back(self) -> Button:
        return self.button("back", "back", icon="back")

    def button(
        self, action: str, key: str, value: str | None = None, *, icon: str = "", selected: bool = False
    ) -> Button:
        return Button(action, self.t(key), value, icon=icon, selected=selected)

    def plain_row(self, label_key: str, value: str) -> Row:
        label = self.t(label_key)
        return Row(label, value, say=(label, value))

    def phrases(self, key: str, action: str, value: str | None = None, *, shown: bool = False) -> list[Phrase]:
        return self.own_phrases(self.session.texts.phrases(key, self.lang), action, value, shown=int(shown))

    def own_phrases(self, said: list[str], action: str, value: str | None, *, shown: int = 0) -> list[Phrase]:
        """Phrases for one action, the first `shown` of them listed under 您可以说."""
        return [Phrase(text, action, value, shown=place < shown) for place, text in enumerate(said)]

    def sayable(self, phrases: list[Phrase], can_repeat: bool) -> tuple[Phrase, ...]:
        """The first of each wording, asking for a repeat among them; the first ten of those to be listed are."""
        once: dict[str, Phrase] = {}
        for phrase in [*phrases, *(self.phrases("repeat", "repeat") if can_repeat else [])]:
            once.setdefault(phrase.text, phrase)
        listed = [phrase for phrase in once.values() if phrase.shown][:SHOWN_PHRASES]
        return tuple(replace(phrase, shown=phrase in listed) for phrase in once.values())

    def text(self, text: Text) -> str:
        return text.written(self.lang)

    def t(self, key: str, **values: Any) -> str:
        return self.session.texts(key, self.lang, **values)

    def said(self, key: str, **values: Any) -> str:
        return self.session.texts.said(key, self.lang, **values)
