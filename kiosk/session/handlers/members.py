"""Who is in a repeat, on the check screen: one more, or one less."""

from kiosk.session.common.presenter import Presenter


def add(p: Presenter, repeat: str) -> None:
    p.visit.add_member(p.visit.service.repeats[repeat])
    p.load_entry()


def remove(p: Presenter, member: str) -> None:
    """`member`: "members.2". The first press asks, the second takes them out."""
    if not p.confirmed(member, "member.sure", member):
        return
    repeat, _, place = member.partition(".")
    p.visit.remove_member(p.visit.service.repeats[repeat], int(place))
    p.tell("member.removed", *p.screen().say, member=member)
