"""What lies over a screen for a moment."""

from dataclasses import replace

from forms import Field, mask
from forms.repeats import MemberField
from kiosk.entry.field_input import on_card
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Group, Row, Screen
from kiosk.state import identity

PRACTICE_KEYS = ("arrows", "enter", "repeat", "back", "help")
_HEADSET_REMARKS = ("headset.on", "headset.off", "headset.gone", "headset.plug_in")
_SETTINGS = {
    "text": ("S", "M", "L"),
    "contrast": ("default", "dark", "yellow"),
    "speed": ("slow", "normal", "fast"),
    "volume": ("soft", "normal", "loud"),
}


def explain(c: Composer) -> Screen:
    """What the present question is for and where the answer is found, in plain words."""
    visit = c.state.visit
    assert visit is not None, "only questions are explained"
    field, own = visit.field, visit.field.explain
    of_repeat = isinstance(field, MemberField) and field.asks_for_more
    key = "explain.member" if of_repeat else f"explain.{field.type}"
    return c.make(
        f"explain-{field.id}",
        "explain",
        c.text(field.question),
        title_said=(c.aloud(own) if own else c.said(key),),
        written_lines=(c.text(own) if own else c.t(key),),
        picture=c.picture(field.picture),
        primary=c.button("resume", "explain.done", icon="yes"),
        phrases=c.phrases("explained", "resume", shown=True),
    )


def declined(c: Composer) -> Screen:
    """Of who does not agree: that nothing happens, and who can do it all the same, within how many days."""
    visit = c.state.visit
    assert visit is not None, "one agrees within an errand only"
    handled = visit.service.handled
    by_whom = c.plain_row("receipt.handled", c.text(handled)) if handled else None
    return c.make(
        "declined",
        "explain",
        "declined",
        lines=("declined.look" if visit.service.kind == "query" else "declined.line",),
        written_lines=(c.on_paper(by_whom),) if by_whom else (),
        say_after=(by_whom.label, c.aloud(handled)) if by_whom and handled else (),
        primary=c.button("help", "help.call", icon="help"),
        secondary=(c.button("resume", "declined.back", icon="back"),),
        phrases=c.phrases("call", "help", shown=True) + c.phrases("declined_back", "resume", shown=True),
    )


def identity_card(c: Composer) -> Screen:
    """What an ID card says, to be agreed to before any of it is used; whose it is, where that is not clear."""
    visit, card, whose = c.state.visit, c.state.card, c.state.card_whose
    assert visit is not None, "a card is used in a visit only"
    assert card is not None, "this overlay is never shown without its card"
    fields = identity.of(visit, whose or "agent")
    rows = tuple(card_row(c, field, told) for field in fields if (told := on_card(field, card)))
    refuse = c.button("refuse_card", "card.no", icon="no")
    if whose is None:
        rows = tuple(
            replace(row, label=c.t(f"card.{part}")) for row, part in zip(rows, ("name", "number"), strict=False)
        )
        return c.make(
            "card-whose",
            "card",
            "card.whose",
            lines=("card.keep",),
            rows=rows,
            primary=c.button("take_card_of", "card.mine", "agent", icon="person"),
            secondary=(c.button("take_card_of", "card.theirs", "applicant", icon="family"), refuse),
            phrases=c.phrases("card_mine", "take_card_of", "agent", shown=True)
            + c.phrases("card_theirs", "take_card_of", "applicant", shown=True)
            + c.phrases("card_no", "refuse_card", shown=True),
        )
    return c.make(
        "card",
        "card",
        "card.title",
        lines=("card.keep",),
        rows=rows,
        say_between=tuple(part for row in rows for part in row.say) if c.headset else (),
        primary=c.button("take_card", "card.yes", icon="yes"),
        secondary=(refuse,),
        phrases=c.phrases("card_yes", "take_card", shown=True) + c.phrases("card_no", "refuse_card", shown=True),
    )


def card_row(c: Composer, field: Field, value: str) -> Row:
    shown = mask(field, value) if c.covers(field, value) else field.kind.grouped(value)
    return Row(c.label(field), shown, say=(c.label(field), c.private_said(field, value, shown)))


def idle(c: Composer) -> Screen:
    save = c.button("save", "save.button", icon="slip")
    line = "idle.line" if c.state.can_save else "idle.line_nothing"
    return c.make(
        "idle",
        "idle",
        "idle.title",
        written_lines=(c.t(line, seconds=c.state.idle.seconds_left),),
        title_said=(c.said("idle.say"),),
        say_after=(c.said("idle.save"),) if c.state.can_save else (),
        primary=c.button("still_here", "idle.button", icon="yes"),
        secondary=(save,) if c.state.can_save else (),
        phrases=c.phrases("still_here", "still_here", shown=True)
        + (c.phrases("save", "save", shown=True) if c.state.can_save else []),
    )


def settings(c: Composer) -> Screen:
    offered = {**_SETTINGS, **({"headset": ("off", "on")} if c.state.headset != "none" else {})}
    groups = tuple(setting(c, name, values) for name, values in offered.items())
    done = c.button("resume", "settings.done", icon="yes")
    return c.make(
        "settings",
        "settings",
        "settings.title",
        lines=("settings.line",),
        groups=groups,
        may_say=(c.longest(_HEADSET_REMARKS),) if c.state.headset != "none" else (),
        primary=done,
        secondary=(c.button("practice", "practice.title", icon="digits"),),
        phrases=c.phrases("done", "resume", shown=True),
    )


def setting(c: Composer, name: str, values: tuple[str, ...]) -> Group:
    """One setting and its values. Each is said with the name of the setting: 大 may be the text or the sound."""
    title, chosen = c.t(f"settings.{name}"), getattr(c.state.look, name)
    if name == "headset":
        chosen = "on" if chosen else "off"
    buttons = []
    for value in values:
        label = c.t(f"settings.{name}.{value}")
        called = (title, label)
        buttons.append(Button("set", label, f"{name}={value}", selected=chosen == value, called=called))
    return Group(title, tuple(buttons))


def practice(c: Composer) -> Screen:
    """What the keys do, for who wants to try them first."""
    keys = tuple(
        Button("try_key", c.t(f"practice.{key}"), key, c.t(f"practice.{key}.does"), icon, key in c.state.tried_keys)
        for key, icon in zip(PRACTICE_KEYS, ("touch", "yes", "repeat", "back", "help"), strict=True)
    )
    return c.make(
        "practice",
        "practice",
        "practice.title",
        lines=("practice.line",),
        choices=keys,
        primary=c.button("resume", "settings.done", icon="yes"),
        phrases=c.phrases("done", "resume", shown=True),
    )


def trouble(c: Composer) -> Screen:
    in_visit = c.state.location == "visit"
    action = c.button("resume", "back", icon="back") if in_visit else c.button("home", "trouble.home", icon="home")
    return c.make(
        f"trouble-{c.state.trouble}",
        "trouble",
        "trouble.title",
        lines=(f"trouble.{c.state.trouble}",),
        primary=c.button("help", "help.call", icon="help"),
        secondary=(action,),
        phrases=[
            *c.phrases("call", "help", shown=True),
            *c.phrases("back" if in_visit else "start_over", action.action, shown=True),
        ],
    )
