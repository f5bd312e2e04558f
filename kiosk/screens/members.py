"""Of whom a question of a repeat is asked, and who is in so far: in plain sentences, never as a table."""

from forms import Field, Service, mask
from forms.repeats import MemberField, Repeat, member_of, opens_another
from kiosk.entry.field_input import input_of
from kiosk.screens.common.composer import Composer
from kiosk.screens.common.model import Button, Phrase, Row
from kiosk.state.visit import Visit

WORD_JOINER = "\u2060"  # Unicode: no line ends where it stands


def so_far(c: Composer, visit: Visit, field: Field) -> str:
    """On a question: of whom it is asked, by name once that is known. On the one for another member: all who are in."""
    if not isinstance(field, MemberField) or not field.place:
        return ""
    said = so_far_said(c, field)
    places = range(1, field.place + 1) if field.asks_for_more else (field.place,)
    names = [name for place in places if (name := _name(c, visit, field.repeat, place))]
    return named(c, said, c.listed(names)) if names else said


def so_far_said(c: Composer, field: Field) -> str:
    """The same without names, for whoever may hear it."""
    if isinstance(field, MemberField) and opens_another(field):
        return _count(c, field.place)
    return _whose(c, field)


def label(c: Composer, field: Field) -> str:
    """What an answer is called where those of several people stand below each other."""
    return named(c, _whose(c, field), c.label(field))


def whose(c: Composer, service: Service, field_id: str) -> str:
    """第 2 位家人, where the field is a question of a member; else ""."""
    return _whose(c, service.field(field_id)) if service.asks(field_id) else ""


def named(c: Composer, whose: str, text: str) -> str:
    """第 2 位家人：姓名; the text alone where it is about no member."""
    return c.t("member.named", who=whose, name=text) if whose else text


def heading(c: Composer, visit: Visit, repeat: Repeat, place: int) -> Row:
    """Above what was answered for one member."""
    member = f"{repeat.id}.{place}"
    title, text = c.who(member), c.t("member.remove")
    remove = Button("remove_member", text, c.in_form(visit, member), icon="erase", called=(text, title))
    may_go = repeat.count(visit.answers) > repeat.min
    return Row("", title, say=(title,), change=remove if may_go else None, heading=True)


def total(c: Composer, visit: Visit, repeat: Repeat) -> Row:
    """Below the last member: how many there are, and room for one more."""
    many = repeat.count(visit.answers)
    name, text = c.label_of(repeat.label), c.t("member.add")
    add = Button("add_member", text, c.in_form(visit, repeat.id), icon="person", called=(text, name))
    return Row(name, _count(c, many), say=(name, _count(c, many)), change=add if many < repeat.max else None)


def phrases(c: Composer, visit: Visit) -> list[Phrase]:
    """再加一位家人. Nobody is taken out by word of mouth."""
    found = []
    for repeat in visit.service.repeats.values():
        if repeat.count(visit.answers) < repeat.max:
            said = c.t("member.add_one", label=c.text(repeat.label))
            found += c.own_phrases([said], "add_member", c.in_form(visit, repeat.id), shown=1)
    return found


def counted(c: Composer, visit: Visit, repeat: Repeat) -> Row | None:
    """On a receipt, which names nobody: how many there are."""
    many = repeat.count(visit.answers)
    name, said = c.label_of(repeat.label), c.t("member.in_all", count=many)
    return Row(name, said, say=(name, said)) if many else None


def _whose(c: Composer, field: Field) -> str:
    return c.who(member_of(field)) if isinstance(field, MemberField) and field.place else ""


def _count(c: Composer, many: int) -> str:
    return c.t("member.count", count=many) if many else c.t("member.none")


def _name(c: Composer, visit: Visit, repeat: Repeat, place: int) -> str:
    """The member's name, within which no line ends."""
    asked = next((one for one in repeat.of_member(place) if input_of(one).from_card == "name"), None)
    name = visit.answers.get(asked.id, "") if asked else ""
    return WORD_JOINER.join(mask(asked, name) if asked and c.covers(asked, name) else name)
