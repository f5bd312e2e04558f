"""Where a person is outside a visit: the picture that attracts, home with its groups, goodbye."""

from collections.abc import Mapping, Sequence

from forms import Service
from forms.home.events import LifeEvent
from forms.home.groups import ServiceGroup
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Phrase, Screen
from kiosk.state.actions import AnyAction

Errand = Service | LifeEvent
FLAT = 6  # services and life events: more are sorted into groups

# What may be said on home and on the list of errands.
REMARKS = ("home.unsent", "errands.not_heard", "promise.ask", "voice.not_understood", "voice.offer_help", "which.again",
           "scan.unknown", "card.not_here", "come_back.gone", "reach.lower.done", "reach.whole.done",
           "headset.on", "headset.off", "headset.gone", "headset.plug_in",
           "help.closed", "help.cancelled", "help.cancelled_matter")  # fmt: skip


def attract(c: Composer) -> Screen:
    start = c.button("start", "attract.start", icon="touch")
    phrases = c.phrases("start", "start", shown=True)
    named: list[Errand | ServiceGroup] = [*_offered(c), *_groups(c).values()]
    for one in named:
        phrases += c.own_phrases(one.phrases.of(c.lang), "start", None)
    return c.make("attract", "attract", "attract.title", lines=("attract.line",), primary=start, phrases=phrases)


def home(c: Composer) -> Screen:
    """All services and life events, or of many the most used and the groups. Each may be asked for by its name, in a
    group or not."""
    offered, groups = _offered(c), _groups(c)
    first = [one for one in offered if one.id in c.state.most_used] if groups else offered
    below = {name: one for name, one in _of_groups(c, groups).items() if one not in first}
    rest = [one for one in offered if one not in (*first, *below.values())]
    phrases = _to_choose(c, first, shown=1)
    for name, one in below.items():
        said = [c.text(one.title), *one.phrases.of(c.lang)]
        phrases += c.own_phrases(said, *_opens(name, one), shown=1)
    return c.make(
        "home",
        "home",
        "home.title",
        lines=("home.line",),
        choices=(
            *_cards(c, first),
            *(
                Button(action, c.text(one.title), value, icon=one.icon)
                for name, one in below.items()
                for action, value in (_opens(name, one),)
            ),
        ),
        leading=len(first) if groups else 0,
        by_voice=_cards(c, rest),
        secondary=(
            c.button("finish", "home.end", icon="leave"),
            c.button("come_back", "come_back.button", icon="slip"),
            c.button("errands", "home.errands", icon="hall"),
        ),
        may_say=(c.longest(REMARKS),),
        say_after=(
            *c.choices_aloud([one.title for one in first]),
            *c.choices_aloud([one.title for one in below.values()]),
            *(c.said(f"notice.{key}") for key in c.state.hall.notices),
        ),
        phrases=[
            *phrases,
            *_to_choose(c, rest),
            *c.phrases("home", "finish"),
            *c.phrases("come_back", "come_back"),
            *c.phrases("errands", "errands"),
        ],
    )


def group(c: Composer) -> Screen:
    """The services and life events of one group."""
    shown = c.catalogue.groups[c.state.group]
    offered = [one for one in _offered(c) if one.group == c.state.group]
    return c.make(
        f"group-{c.state.group}",
        "home",
        c.text(shown.title),
        title_said=(shown.title.said(c.lang),),
        lines=("home.line",),
        choices=_cards(c, offered),
        secondary=(
            c.back(),
            c.button("finish", "home.end", icon="leave"),
            c.button("errands", "home.errands", icon="hall"),
        ),
        may_say=(c.longest(REMARKS),),
        say_after=c.choices_aloud([one.title for one in offered]),
        phrases=[
            *_to_choose(c, offered, shown=1),
            *c.phrases("back", "back"),
            *c.phrases("home", "finish"),
            *c.phrases("errands", "errands"),
        ],
    )


def goodbye(c: Composer) -> Screen:
    return c.make(
        "goodbye",
        "goodbye",
        "goodbye.title",
        lines=("goodbye.line",),
        secondary=(c.button("home", "goodbye.home", icon="home"),),
        phrases=c.phrases("another", "home", shown=True),
    )


def _offered(c: Composer) -> list[Errand]:
    return [*c.catalogue.services.values(), *c.catalogue.events.values()]


def _groups(c: Composer) -> Mapping[str, ServiceGroup]:
    """The groups of a home screen that has too much for one list."""
    offered = _offered(c)
    used = {one.group for one in offered}
    if len(offered) <= FLAT or len(used) < 2:
        return {}
    return {name: group for name, group in c.catalogue.groups.items() if name in used}


def _of_groups(c: Composer, groups: Mapping[str, ServiceGroup]) -> Mapping[str, Errand | ServiceGroup]:
    """What stands for each group: the group, or all that is in it where that is one, which then takes no step more."""
    within = {name: [one for one in _offered(c) if one.group == name] for name in groups}
    return {name: within[name][0] if len(within[name]) == 1 else group for name, group in groups.items()}


def _opens(group: str, one: Errand | ServiceGroup) -> tuple[AnyAction, str]:
    if isinstance(one, ServiceGroup):
        return "group", group
    return ("event" if isinstance(one, LifeEvent) else "choose"), one.id


def _cards(c: Composer, offered: Sequence[Errand]) -> tuple[Button, ...]:
    found = []
    for one in offered:
        action, value = _opens(one.group, one)
        line = one.line if isinstance(one, LifeEvent) else one.summary
        found.append(Button(action, c.text(one.title), value, detail=c.text(line), icon=one.icon))
    return tuple(found)


def _to_choose(c: Composer, offered: Sequence[Errand], *, shown: int = 0) -> list[Phrase]:
    return [
        phrase for one in offered for phrase in c.own_phrases(one.phrases.of(c.lang), *_opens("", one), shown=shown)
    ]
