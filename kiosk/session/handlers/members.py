"""Who is in a repeat, on the check screen: one more, or one less."""

from kiosk.session.common.presenter import Presenter


def add(p: Presenter, named: str) -> None:
    repeat = p.in_form(named)
    p.visit.add_member(p.visit.service.repeats[repeat])
    p.load_entry()


def remove(p: Presenter, named: str) -> None:
    """`named`: "members.2", of one of several forms "SERVICE:members.2". The first press asks, the second takes them
    out."""
    member = p.in_form(named)
    if not p.confirmed(named, "member.sure", member):
        return
    repeat, _, place = member.partition(".")
    form, bundle = p.visit.service, p.state.bundle
    if bundle:
        bundle.forget_places(form.id, form.repeats[repeat])
    p.visit.remove_member(form.repeats[repeat], int(place))
    p.load_entry()
    p.tell("member.removed", *p.screen().say, member=member)
