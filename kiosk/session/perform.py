"""The table of actions: the handler of each, and what is done before and after every action."""

from collections.abc import Callable, Mapping

from kiosk.screens.common.offered import offers
from kiosk.session.assisting import helping, signing_in
from kiosk.session.common.presenter import Presenter
from kiosk.session.handlers import (
    answering,
    call_back,
    events,
    help,
    idle,
    maintenance,
    members,
    navigation,
    on_record,
    orders,
    own_form,
    reuse,
    save_and_return,
    settings,
    submission,
)
from kiosk.state.actions import Action, AnyAction, Plain, PlainAction, ValueAction, WithValue, action_of

PLAIN: Mapping[PlainAction, Callable[[Presenter], None]] = {
    "start": navigation.start,
    "home": navigation.home,
    "another": navigation.home,
    "errands": navigation.errands,
    "next": navigation.next_step,
    "back": navigation.back,
    "finish": navigation.finish,
    "resume": navigation.resume,
    "still_here": idle.still_here,
    "explain": navigation.explain,
    "none_of_them": navigation.none_of_them,
    "repeat": navigation.repeat,
    "decline": answering.decline,
    "undo": answering.undo,
    "more": answering.more,
    "rub_out": answering.rub_out,
    "erase": answering.erase,
    "clear": answering.clear,
    "take_card": answering.take_card,
    "refuse_card": answering.refuse_card,
    "reuse": reuse.reuse,
    "somebody_else": reuse.somebody_else,
    "look_on_record": on_record.look,
    "leave_record": on_record.leave,
    "send": submission.send,
    "ask": submission.ask,
    "look_up": submission.look_up,
    "save": save_and_return.save,
    "carry_on": save_and_return.carry_on,
    "come_back": save_and_return.ask_for_code,
    "amend": own_form.amend,
    "take_back": own_form.take_back,
    "print_result": own_form.print_result,
    "help": help.call_staff,
    "cancel_help": help.cancel_call,
    "leave_number": call_back.ask,
    "take_ticket": navigation.take_ticket,
    "cannot": orders.open_order,
    "record": orders.record,
    "recorded": orders.recorded,
    "replay": orders.replay,
    "keep": orders.keep,
    "settings": settings.settings,
    "practice": settings.practice,
    "staff_way": signing_in.names,
    "agree_help": helping.agree,
    "decline_help": helping.decline,
    "end_help": helping.end_by_visitor,
    "help_done": helping.end_by_staff,
    "steps": helping.steps,
    "covered": helping.covered,
    "vouch": helping.vouch,
    "restart": maintenance.restart,
    "quit": maintenance.quit_terminal,
}
WITH_VALUE: Mapping[ValueAction, Callable[[Presenter, str], None]] = {
    "choose": navigation.choose,
    "group": navigation.group,
    "event": events.event,
    "take": events.take,
    "errand": navigation.errand,
    "answer": answering.answer,
    "toggle": answering.toggle,
    "change": answering.change,
    "correct": reuse.correct,
    "mend": answering.mend,
    "type": answering.type_character,
    "letter": answering.letter,
    "pick": answering.pick,
    "way": answering.way,
    "step": answering.step,
    "calendar": answering.calendar,
    "take_card_of": answering.take_card_of,
    "add_member": members.add,
    "remove_member": members.remove,
    "own_form": own_form.open_page,
    "brought": own_form.brought,
    "need": help.toggle_need,
    "rate": help.rate,
    "reason": orders.choose_reason,
    "staff_name": signing_in.name,
    "jump": helping.jump,
    "uncover": helping.uncover,
    "uncover_why": helping.uncover_why,
    "set": settings.set_look,
    "lang": settings.set_language,
    "try_key": settings.try_key,
}


def perform(p: Presenter, name: AnyAction, value: str | None = None, *, saying_first: tuple[str, ...] = ()) -> None:
    """Carry out a button's action; one that the present screen does not offer is ignored, as a late press is.

    `saying_first` is spoken before what the next screen says.
    """
    state = p.state
    p.somebody_is_here()
    shown = p.screen()
    if not offers(shown, name, value):
        return
    action = action_of(name, value)
    spoken = p.utterances
    if name not in ("repeat", "lang"):
        state.remark = state.code_error = None
    if name not in ("choose", "event", "finish", "answer", "remove_member", "take_back", "resume"):
        state.to_drop = ""
    if state.overlay == "which" and name not in ("repeat", "set"):
        state.overlay = None
    before = helping.answers(p)
    rooms = (maintenance, orders, call_back, signing_in, helping)
    if not any(room.take(p, action) for room in rooms):
        _handle(p, action)
        on_record.offer(p)
    helping.note_changes(p, before)
    now = p.screen()
    if now.name != shown.name:
        state.unheard = 0
        if p.utterances == spoken:
            p.speak((*saying_first, *now.say))
    p.show()


def _handle(p: Presenter, action: Action) -> None:
    match action:
        case Plain(plain):
            PLAIN[plain](p)
        case WithValue(named, value):
            WITH_VALUE[named](p, value)
