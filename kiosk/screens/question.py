"""The errand as it is asked: what to have at hand, then one question at a time."""

from collections import Counter

from forms import Choice, Field
from forms.values.days import day_in_words
from kiosk.entry import date_steps
from kiosk.entry.answer_entry import Way, grouped
from kiosk.entry.dictation import kind_of
from kiosk.entry.spoken import short_name
from kiosk.screens.composer import Composer
from kiosk.screens.model import Button, Entry, EntryKind, Phrase, Progress, Row, Screen
from kiosk.state.visit import Visit
from kiosk.texts.privacy import read_back

# The dot in the middle joins the parts of many peoples' names.
_EXTRA_KEYS = {"resident_id": ("X",), "amount": (".",), "person_name": ("·",)}
_ENTRY_KINDS: dict[Way, EntryKind] = {"hand": "hand", "letters": "name", "cards": "date", "digits": "digits"}
_WAY_ICONS: dict[Way, str] = {"hand": "edit", "letters": "letters", "cards": "touch", "digits": "digits"}


def prerequisites(c: Composer, visit: Visit) -> Screen:
    service = visit.service
    needed = tuple(Row(label=c.text(one), value="", say=(one.said(c.lang),)) for one in service.prerequisites)
    return c.make(
        "prerequisites",
        "prerequisites",
        "prerequisites.title",
        rows=needed,
        lines=("prerequisites.line",),
        say_between=tuple(part for row in needed for part in row.say),
        primary=c.button("next", "prerequisites.start", icon="next"),
        secondary=(c.back(),),
        phrases=c.phrases("ready", "next", shown=True) + c.phrases("back", "back"),
    )


def question(c: Composer, visit: Visit) -> Screen:
    field = visit.field
    step, of = visit.step
    choices, phrases = answers_to_choose(c, visit, field)
    by_pad = field.type not in ("choice", "consent")
    kind = entry_kind(field, c.state.entry.way)
    if by_pad:
        phrases += c.phrases("next", "next", shown=True)
    hint = (field.hint.written(c.lang),) if field.hint else ()
    by_card = ("card.offer",) if c.state.card_reader and visit.identity_fields() else ()
    how = {"hand": ("ui.write",), "name": ("ui.spell",)}.get(kind, ())
    asked = (c.t(f"date.{c.state.entry.steps.step}"),) if kind == "date" else ()
    also = by_the_sun(c) if kind == "date" else ()
    return c.make(
        f"question-{field.id}",
        "question",
        c.text(field.question),
        title_said=(field.question.said(c.lang),),
        lines=by_card,
        written_lines=(*hint, *also, *asked),
        private=() if c.headset else also,
        say_between=(
            *((field.hint.said(c.lang),) if field.hint else ()),
            *(also_said(c, field) if also else ()),
            *asked,
        ),
        say_after=(
            *(c.said(key) for key in how),
            *(c.choices_aloud([one.label for one in visit.choices()]) if field.type == "choice" else ()),
        ),
        progress=Progress(step, of, c.t("progress", step=step, of=of)),
        entry=entry(c, visit, field, kind),
        dictation=(kind_of(field) or "") if c.lang == "zh" else "",
        choices=choices,
        primary=c.button("next", "next", icon="next") if by_pad else None,
        secondary=(c.back(), c.button("explain", "explain.button", icon="info"), *c.aside()),
        error=c.text(visit.problem.message) if visit.problem else "",
        phrases=[
            *phrases,
            *c.phrases("back", "back", shown=True),
            *c.phrases("explain", "explain"),
            *c.aside_phrases(),
        ],
    )


def answers_to_choose(c: Composer, visit: Visit, field: Field) -> tuple[tuple[Button, ...], list[Phrase]]:
    chosen = visit.typed.get(field.id, "")
    if field.type == "consent":
        agree = c.button("answer", "consent.yes", "yes", icon="yes", selected=chosen == "yes")
        refuse = c.button("help", "consent.no", icon="help")
        phrases = c.phrases("consent_yes", "answer", "yes", shown=True)
        return (agree, refuse), phrases + c.phrases("consent_no", "help", shown=True)
    if len(c.state.entry.ways) > 1:
        return other_ways(c)
    if field.type == "phone":
        none = c.button("answer", "no_phone", "none", icon="no-phone", selected=chosen == "none")
        return (none,), c.phrases("no_phone", "answer", "none", shown=True)
    offered = visit.choices()
    buttons = tuple(
        Button(
            "answer",
            c.text(one.label),
            one.id,
            detail=c.text(one.detail) if one.detail else "",
            icon=one.icon,
            selected=chosen == one.id,
        )
        for one in offered
    )
    short = Counter(short_name(c.text(one.label)) for one in offered)
    return buttons, [phrase for one in offered for phrase in choice_phrases(c, one, short)]


def other_ways(c: Composer) -> tuple[tuple[Button, ...], list[Phrase]]:
    """The other ways to put in a name, an address or a date, and the other calendar."""
    pad, found = c.state.entry, []
    if pad.way == "cards":
        calendar = "sun" if pad.steps.moon else "moon"
        found.append(c.button("calendar", f"date.{calendar}", calendar, icon="calendar"))
    found += [c.button("way", f"way.{way}", way, icon=_WAY_ICONS[way]) for way in pad.ways if way != pad.way]
    return tuple(found), [p for one in found for p in c.phrases(str(one.value), one.action, one.value)]


def choice_phrases(c: Composer, choice: Choice, short: Counter[str]) -> list[Phrase]:
    """What a choice is called, and its name without its kind (城关 for 城关镇) where no other has that name."""
    label = c.text(choice.label)
    said = [*choice.phrases.of(c.lang), label]
    if choice.id in ("yes", "no"):
        said += c.texts.phrases(choice.id, c.lang)
    if short[short_name(label)] == 1:
        said.append(short_name(label))
    return c.own_phrases(list(dict.fromkeys(said)), "answer", choice.id, shown=1)


def entry_kind(field: Field, way: Way) -> EntryKind:
    if field.type in ("choice", "consent"):
        return "choice"
    return "address" if field.type == "address" and way == "digits" else _ENTRY_KINDS[way]


def entry(c: Composer, visit: Visit, field: Field, kind: EntryKind) -> Entry:
    pad = c.state.entry
    if kind == "choice":
        return Entry(field.id, kind)
    text = "" if pad.text == "none" else pad.text
    if kind == "date":
        return date_by_cards(c, field, text)
    return Entry(
        field.id,
        kind,
        value=text,
        display=pad.display if text else "",
        placeholder=date_example(c, field) if field.type == "date" else "",
        extra_keys=tuple(field.keys) if kind == "address" else _EXTRA_KEYS.get(field.type, ()),
        composing=pad.letters,
        candidates=pad.candidates,
        more_candidates=pad.more_candidates,
        strokes=pad.strokes,
    )


def by_the_sun(c: Composer) -> tuple[str, ...]:
    """The solar date of a lunar one, as it will be sent."""
    steps = c.state.entry.steps
    return (c.t("date.is", day=day_in_words(steps.day.isoformat(), c.lang)),) if steps.moon and steps.day else ()


def also_said(c: Composer, field: Field) -> tuple[str, ...]:
    """The same as it may be said aloud: a birthday is nobody else's business."""
    day = c.state.entry.steps.day
    if day is None:
        return ()
    iso = day.isoformat()
    return (c.t("date.is", day=day_in_words(iso, c.lang) if c.headset else read_back(field, iso, c.lang)),)


def date_by_cards(c: Composer, field: Field, text: str) -> Entry:
    pad = c.state.entry
    steps = pad.steps
    return Entry(
        field.id,
        "date",
        value=text or date_steps.in_words(steps, c.lang),
        display=pad.display if pad.marked else date_steps.in_words(steps, c.lang),
        placeholder=date_example(c, field),
        cards=tuple(
            Button("step", date_steps.label(steps, steps.step, number, c.lang), str(number))
            for number in steps.options()
        ),
    )


def date_example(c: Composer, field: Field) -> str:
    return c.t("such_as", example=grouped("date", field.example.replace("-", "")))
