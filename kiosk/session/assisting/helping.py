"""A member of staff helps on the screen: the visitor is asked first, and can end it at any time.

What the visitor had, the look of the screen and the question where they were, comes back when it ends. Nothing is sent
meanwhile: whoever presses to send ends it first, so that the visitor sees everything and presses again themselves.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from kiosk.session.common.presenter import Presenter
from kiosk.state.actions import Action, Plain
from kiosk.state.assistance import REASONS, UNCOVERED_S, Assistance, EndedBy, Place, Staff, name_of
from protocol.calls.messages import Arrival, ArrivedBy

Shown = Literal[ArrivedBy.BADGE, ArrivedBy.PIN]  # how staff have shown who they are

_CHANGE_THE_ANSWER = ("type", "letter", "pick", "step", "toggle", "calendar", "erase", "clear", "mend", "rub_out")
_ONLY_CLEAR = ("erase", "clear", "mend", "rub_out")  # of an answer that is covered


def arrive(p: Presenter, staff: Staff, by: Shown) -> None:
    """Somebody has come: the open call says so, and the visitor is asked whether they may help."""
    state = p.state
    if state.assisted and state.assisted.staff.member == staff.member:
        p.tell("assist.helps_already")
        return
    if state.assisted:
        end(p, "staff")
    if state.location in ("attract", "goodbye"):
        if state.location == "goodbye":
            p.next_visitor()
        state.location = "home"
    arrival = Arrival(staff=staff.name, by=by)
    p.hall.arrive(arrival)
    p.note_hall_news()
    p.hall.staff.note("staff", "staff_arrived", str(staff.member), by.value)
    state.assistance = Assistance(staff, arrival, p.monotonic(), state.look, Place.of(state.visit))
    state.signing_in, state.remark, state.overlay = None, None, "consent"
    p.somebody_is_here()
    p.read_screen("news")


def agree(p: Presenter) -> None:
    helper = _helper(p)
    helper.agreed, helper.look, helper.place = True, p.state.look, Place.of(p.state.visit)
    p.state.overlay = None
    p.hall.assist()
    p.note_hall_news()
    p.hall.staff.note("visitor", "help_agreed", str(helper.staff.member))
    p.tell("assist.begun", kind="news")


def decline(p: Presenter) -> None:
    p.hall.staff.note("visitor", "help_declined", str(_helper(p).staff.member))
    p.state.assistance = None
    p.state.overlay = p.state.beneath
    p.staff_left()
    p.tell("assist.declined", kind="news")


def end_by_visitor(p: Presenter) -> None:
    """Who does not want to be helped any more needs nobody: that ends the call too."""
    p.hall.cancel_call()
    p.note_hall_news()
    end(p, "visitor")
    p.tell("assist.ended", kind="news")


def end_by_staff(p: Presenter) -> None:
    """Who has come says that it is done."""
    p.hall.resolve()
    p.note_hall_news()
    end(p, "staff")
    p.tell("assist.ended", kind="news")


def end(p: Presenter, by: EndedBy, *, stays: bool = False) -> None:
    """Look and place of the visitor come back; with `stays` the place does not."""
    state, helper = p.state, _helper(p)
    state.look = replace(helper.look, headset=helper.look.headset and state.headset == "plugged in")
    p.end_assistance(by)
    state.overlay = None if stays else state.beneath
    for form in state.forms:
        form.by_staff = False
    if not stays:
        _come_back(p, helper.place)
    p.load_entry()


def _come_back(p: Presenter, place: Place) -> None:
    visit = place.visit
    if visit is None or place.stage is None or visit not in p.state.forms or visit.stage == "sent":
        return
    p.state.location = "visit"
    p.in_form(name_of(visit, place.field_id))
    visit.come_back(place.stage, place.field_id, answered=not place.was_done and place.field_id in visit.done)


def hand_over(p: Presenter) -> None:
    """Before anything is sent: the visitor sees all of it, and presses themselves."""
    end(p, "sending", stays=True)
    p.tell("assist.send_yourself", *p.screen().say, kind="news")


def steps(p: Presenter) -> None:
    p.state.overlay = "steps"


def covered(p: Presenter) -> None:
    p.state.overlay = "covered"


def jump(p: Presenter, named: str) -> None:
    """To any question of what is being filled in."""
    field_id = p.in_form(named)
    p.state.overlay = None
    (p.state.bundle or p.visit).change(field_id)
    p.load_entry()
    p.hall.staff.note("staff", "jumped", field_id)


def uncover(p: Presenter, named: str) -> None:
    """One answer is to be seen whole: why, is asked first."""
    _helper(p).to_uncover, p.state.overlay = named, "reasons"


def uncover_why(p: Presenter, why: str) -> None:
    helper = _helper(p)
    assert why in REASONS, "only these are offered"
    helper.uncovered = helper.to_uncover, p.monotonic() + UNCOVERED_S
    p.state.overlay = "covered"
    p.hall.staff.note("staff", "uncovered", helper.to_uncover.rpartition(":")[2], why)


def vouch(p: Presenter) -> None:
    """Staff have looked at card and face: the hall may be asked for this visitor."""
    helper = _helper(p)
    helper.vouched_at, p.state.overlay = p.monotonic(), None
    for form in p.state.forms:
        form.by_staff = True
    p.load_entry()
    p.hall.staff.note("staff", "vouched", str(helper.staff.member))
    p.tell("assist.vouched", kind="news")


def tick(p: Presenter, longest_s: float) -> bool:
    """What was uncovered is covered again, and help ends by itself. Whether staff help still."""
    helper, now = p.state.assisted, p.monotonic()
    if helper is None:
        return False
    if helper.uncovered and now >= helper.uncovered[1]:
        helper.uncovered = None
        p.show()
    if helper.is_over(now) or now - p.state.idle.since >= longest_s:
        end(p, "shift" if helper.is_over(now) else "time")
        p.tell("assist.ended", kind="news")
        p.show()
    return p.state.assisted is not None


# what is put in while staff help


def take(p: Presenter, action: Action) -> bool:
    """An answer that is covered is put in anew, not changed unseen: False where the usual handler goes on."""
    if p.state.overlay or action.name not in _CHANGE_THE_ANSWER:
        return False
    return put_in_anew(p) and isinstance(action, Plain) and action.name in _ONLY_CLEAR


def put_in_anew(p: Presenter) -> bool:
    """Whether the answer that was here is covered, and was therefore cleared: what comes now is seen."""
    helper, name = p.state.assisted, _asked(p)
    if helper is None or not name or helper.typed_anew == name:
        return False
    was_covered = p.composer().covers(p.visit.field, p.state.entry.text)
    helper.typed_anew = name
    if was_covered:
        p.typed(p.state.entry.clear)
    return was_covered


def answers(p: Presenter) -> Mapping[str, str]:
    """What is answered in all forms, to see afterwards what has changed."""
    return {name_of(one, name): value for one in p.state.forms for name, value in one.answers.items()}


def note_changes(p: Presenter, before: Mapping[str, str]) -> None:
    """After an action: which answers are others now goes to the record, by the ids of their questions."""
    helper = p.state.assisted
    if helper is None:
        return
    after = answers(p)
    for name in sorted(name for name in before.keys() & after.keys() if before[name] != after[name]):
        p.hall.staff.note("staff", "corrected", name.rpartition(":")[2])
    if helper.typed_anew != _asked(p):
        helper.typed_anew = ""
    for form in p.state.forms:
        form.by_staff = helper.vouched_at is not None


def _asked(p: Presenter) -> str:
    """The question that is on the screen, by its `name_of`; "" for none."""
    visit = p.state.visit
    asked = p.state.location == "visit" and visit is not None and visit.stage == "question"
    return name_of(visit, visit.field_id) if visit and asked else ""


def _helper(p: Presenter) -> Assistance:
    assert p.state.assistance is not None, "these actions are offered while staff are here only"
    return p.state.assistance
