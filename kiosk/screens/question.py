"""What to have at hand, then one question at a time."""

from collections import Counter
from dataclasses import replace

from forms import Choice, Field
from forms.values.days import day_in_words
from kiosk.entry import date_steps, signing
from kiosk.entry.field_input import FieldInput, InputMethod, input_of
from kiosk.entry.search import PAGE, ListSearch
from kiosk.entry.spoken import short_name
from kiosk.screens import known, members
from kiosk.screens.common import left
from kiosk.screens.common.at_hand import at_hand
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Entry, EntryKind, Phrase, Progress, Screen
from kiosk.state import identity
from kiosk.state.actions import ActionName
from kiosk.state.visit import Visit

_ENTRY_KINDS: dict[InputMethod, EntryKind] = {
    "hand": "hand", "letters": "name", "cards": "date", "digits": "digits", "sign": "sign",
}  # fmt: skip
_METHOD_ICONS: dict[InputMethod, str] = {"hand": "edit", "letters": "letters", "cards": "touch", "digits": "digits"}

# What may come on any question, after a press, a card or a code.
_REMARKS = ("undo.done", "undo.changed", "card.not_here", "card.two_agents", "scan.unknown", "scan.busy",
            "slip.cannot_keep", "come_back.busy", "come_back.here", "come_back.changed",
            "name.pick_first", "name.cannot_read",
            "voice.not_understood", "voice.offer_help", "voice.take_your_time", "which.again",
            "help.closed", "help.cancelled", "help.cancelled_matter")  # fmt: skip


def prerequisites(c: Composer, visit: Visit) -> Screen:
    service = visit.service
    return at_hand(c, "prerequisites", service.title, "prerequisites.title", service.prerequisites)


def question(c: Composer, visit: Visit) -> Screen:
    field, put_in = visit.field, input_of(visit.field)
    step, of = (c.state.bundle or visit).step
    progress = c.t("progress", step=step, of=of)
    if c.state.bundle:
        progress = c.t("event.progress", errand=c.text(visit.service.title), step=step, of=of)
    choices, phrases = answers_to_choose(c, visit, field)
    choices = left.marked(c, field, choices)
    phrases = left.without_full(phrases, choices)
    choices = known.marked(visit, choices)
    kind = entry_kind(put_in, c.state.entry.method)
    put_in_so_far = entry(c, visit, field, kind)
    onward = way_on(c, field)
    may_reuse = bool(onward and visit.known_here and is_empty(c, put_in_so_far))
    if may_reuse:
        onward = c.button("reuse", "known.reuse", icon="yes")
        phrases += [*c.phrases("reuse", "reuse", shown=True), *c.phrases("next", "reuse")]
    elif onward:
        phrases += c.phrases("chosen.done" if put_in.several else "next", "next", shown=True)
    no_reader = field.card_itself and not c.state.card_reader
    hint = (c.text(field.hint),) if field.hint and not no_reader else ()
    skip = (c.said("chosen.skip"),) if may_skip(field) else ()
    several = ("chosen.how",) if put_in.several else ()
    can_show_card = c.state.card_reader and identity.at_question(visit) and not field.card_itself
    by_card = ("card.offer",) if can_show_card else ("card.by_staff",) if no_reader else ()
    search = ("search.how",) if c.state.entry.search else ()
    how = {"hand": ("ui.write",), "name": () if search else ("ui.spell",)}.get(kind, ())
    asked = (c.t(f"date.{c.state.entry.steps.step}"),) if kind == "date" else ()
    also = by_the_sun(c) if kind == "date" else ()
    told_before = known.line(c, visit)
    whose, whose_said = members.so_far(c, visit, field), members.so_far_said(c, field)
    return c.make(
        f"question-{field.id}",
        "question",
        "card.no_reader" if no_reader else c.text(field.question),
        title_said=(*filter(None, [whose_said]), c.said("card.no_reader") if no_reader else c.aloud(field.question)),
        lines=(*by_card, *several, *search, *left.line(c, field, choices)),
        written_lines=(*filter(None, [whose]), *told_before, *hint, *also, *asked),
        private=() if c.headset else (*told_before, *also, *([whose] if whose != whose_said else [])),
        say_between=(
            *((c.aloud(field.hint),) if hint and field.hint else ()),
            *(also_said(c, field) if also else ()),
            *asked,
        ),
        say_after=(
            *(c.said(key) for key in how),
            *([c.said("known.reuse")] if may_reuse else []),
            *c.choices_aloud([one.label for one in visit.choices()]),
            *(c.aloud(one.detail) for one in visit.choices() if one.detail and kind == "sign"),
            *skip,
        ),
        progress=Progress(step, of, progress),
        entry=put_in_so_far,
        picture=c.picture(field.picture),
        dictation=(put_in.dictation(field) or "") if c.lang == "zh" else "",
        choices=choices,
        leading=put_in.leading,
        primary=onward,
        secondary=(c.back(), c.button("explain", "explain.button", icon="info"), *c.aside()),
        error=c.text(visit.problem.message) if visit.problem and not c.state.remark else "",
        notices=(c.t("voice.take_your_time"),) if visit.problem and visit.mistakes > 1 else (),
        may_say=may_say(c, field),
        phrases=[
            *phrases,
            *c.phrases("back", "back", shown=True),
            *c.phrases("explain", "explain"),
            *c.aside_phrases(),
        ],
    )


def way_on(c: Composer, field: Field) -> Button | None:
    """The button that takes the answer, where touching one of the choices does not."""
    put_in = input_of(field)
    if put_in.several:
        left_empty = not (field.required or c.state.entry.text)
        return c.button("next", "chosen.skip" if left_empty else "chosen.done", icon="next")
    return c.button("next", "next", icon="next") if put_in.methods else None


def is_empty(c: Composer, so_far: Entry) -> bool:
    """Whether nothing is put in, nor begun."""
    return not (c.state.entry.text or so_far.value or so_far.composing or so_far.strokes)


def may_skip(field: Field) -> bool:
    """Whether there is a button to go on without choosing."""
    put_in = input_of(field)
    return not (field.required or put_in.methods or put_in.several)


def may_say(c: Composer, field: Field) -> tuple[str, ...]:
    """The longest error and remark that may come on a question."""
    codes = (*field.kind.codes, field.kind.if_empty, field.when_full) if way_on(c, field) else ()
    errors = [c.filled(c.of_visit.written_message(code, field, c.lang, field.example)) for code in codes]
    return (max(errors, key=len, default=""), c.longest((*_REMARKS, *(("told_by.not_told",) if field.told_by else ()))))


def answers_to_choose(c: Composer, visit: Visit, field: Field) -> tuple[tuple[Button, ...], list[Phrase]]:
    chosen = visit.typed.get(field.id, "")
    if len(c.state.entry.methods) > 1:
        others, said = other_methods(c)
        return others, [*said, *names_to_say(c, visit)]
    if field.told_by:
        asks = Button("look_up", c.t(f"{field.told_by}.ask"), detail=c.t(f"{field.told_by}.ask_with"), icon="progress")
        return (asks,), c.phrases("look_up", "look_up", shown=True)
    if offers := input_of(field).offers:
        return (
            tuple(c.button(o.action, o.text, o.value, icon=o.icon, selected=chosen == o.value) for o in offers),
            [phrase for o in offers for phrase in c.phrases(o.phrases, o.action, o.value, shown=True)],
        )
    offered = visit.choices()
    action: ActionName = "toggle" if input_of(field).several else "answer"
    buttons = [
        Button(
            action,
            c.text(one.label),
            one.id,
            detail=c.text(one.detail) if one.detail else "",
            icon=one.icon,
            selected=one.id in chosen.split(),
        )
        for one in offered
    ]
    short = Counter(short_name(c.text(one.label)) for one in offered)
    phrases = [phrase for one in offered for phrase in choice_phrases(c, one, action, short)]
    if may_skip(field):
        left_empty = field.id in visit.done and not chosen
        buttons.append(c.button("answer", "chosen.skip", "", icon="next", selected=left_empty))
        phrases += [*c.phrases("chosen.skip", "answer", "", shown=True), *c.phrases("next", "answer", chosen)]
    return tuple(buttons), phrases


def other_methods(c: Composer) -> tuple[tuple[Button, ...], list[Phrase]]:
    """The other ways to put in a name, an address or a date, and the other calendar."""
    now, found = c.state.entry, []
    if now.method == "cards":
        calendar = "sun" if now.steps.moon else "moon"
        found.append(c.button("calendar", f"date.{calendar}", calendar, icon="calendar"))
    found += [c.button("way", f"way.{one}", one, icon=_METHOD_ICONS[one]) for one in now.methods if one != now.method]
    return tuple(found), [p for one in found for p in c.phrases(str(one.value), one.action, one.value)]


def names_to_say(c: Composer, visit: Visit) -> list[Phrase]:
    """Of a list that is searched: every name may be said, and those that are to be seen are listed."""
    search = c.state.entry.search
    if search is None:
        return []
    once = Counter(short_name(c.text(one.label)) for one in visit.choices())
    said = [phrase for one in visit.choices() for phrase in choice_phrases(c, one, "answer", once)]
    seen = [one.id for one in search.page]
    return [replace(one, shown=one.shown and one.value in seen) for one in said]


def choice_phrases(c: Composer, choice: Choice, action: ActionName, short: Counter[str]) -> list[Phrase]:
    """What a choice is called, and its name without its kind (城关 for 城关镇) where no other has that name."""
    label = c.text(choice.label)
    said = [*choice.phrases.of(c.lang), label]
    if choice.id in ("yes", "no"):
        said += c.texts.phrases(choice.id, c.lang)
    if short[short_name(label)] == 1:
        said.append(short_name(label))
    return c.own_phrases(list(dict.fromkeys(said)), action, choice.id, shown=1)


def entry_kind(put_in: FieldInput, method: InputMethod | None) -> EntryKind:
    if method is None:
        return "choice"
    return "address" if put_in.word_keys and method == "digits" else _ENTRY_KINDS[method]


def entry(c: Composer, visit: Visit, field: Field, kind: EntryKind) -> Entry:
    now = c.state.entry
    if kind == "choice":
        return Entry(field.id, kind)
    if kind == "date":
        return date_by_cards(c, field)
    if kind == "sign":
        signed = signing.lines_of(now.text)
        return Entry(field.id, kind, value=now.typed, strokes=signed)
    if now.search:
        return searched(c, field, kind, now.search)
    return Entry(
        field.id,
        kind,
        value=now.typed,
        display=unit_behind(c, field, now.display) if now.typed else "",
        groups=now.groups if kind == "digits" else 0,
        placeholder=placeholder(c, field),
        extra_keys=field.keys if kind == "address" else input_of(field).keys,
        composing=now.letters,
        candidates=now.candidates,
        more_candidates=now.more_candidates,
        strokes=now.strokes,
    )


def searched(c: Composer, field: Field, kind: EntryKind, search: ListSearch) -> Entry:
    now = c.state.entry
    return Entry(
        field.id,
        kind,
        value=search.query,
        display=search.query.upper(),
        candidates=now.candidates if now.strokes else (),
        more_candidates=now.more_candidates if now.strokes else len(search.found) > PAGE,
        strokes=now.strokes,
        cards=tuple(
            Button("answer", c.text(one.label), one.id, icon=one.icon, selected=one.id == now.text)
            for one in (() if now.strokes else search.page)
        ),
        found=len(search.found),
    )


def unit_behind(c: Composer, field: Field, text: str) -> str:
    return f"{text} {c.text(field.unit)}" if field.unit else text


def by_the_sun(c: Composer) -> tuple[str, ...]:
    """The solar date of a lunar one, as it will be sent."""
    steps = c.state.entry.steps
    return (c.t("date.is", day=day_in_words(steps.day.isoformat(), c.lang)),) if steps.moon and steps.day else ()


def also_said(c: Composer, field: Field) -> tuple[str, ...]:
    """The same as it may be said aloud: without a headset, not all of a birthday."""
    day = c.state.entry.steps.day
    if day is None:
        return ()
    iso = day.isoformat()
    said = day_in_words(iso, c.lang) if c.headset else input_of(field).read_back(field, iso, c.lang)
    return (c.t("date.is", day=said),)


def date_by_cards(c: Composer, field: Field) -> Entry:
    now, steps = c.state.entry, c.state.entry.steps
    return Entry(
        field.id,
        "date",
        value=now.text or date_steps.in_words(steps, c.lang),
        display=now.display if now.marked else date_steps.in_words(steps, c.lang),
        placeholder=placeholder(c, field),
        cards=tuple(
            Button("step", date_steps.label(steps, steps.step, number, c.lang), str(number))
            for number in steps.options()
        ),
    )


def placeholder(c: Composer, field: Field) -> str:
    example = input_of(field).placeholder(field)
    return c.t("such_as", example=example) if example else ""
