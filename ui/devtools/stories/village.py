"""Three days of a village office that no line leads to: forms, a call and what could not be done wait on the kiosk. The
clerk carries them to the hall and brings its receipts; then the line is there again, and nothing comes twice.

The third day is today, so that kiosk and hall tell the same time of it.
"""

from collections.abc import Callable

from offline_cache.calls import OVER_RETRY_S
from offline_cache.status import outbox_status
from ui.devtools.stories.carried import carry_in, export, import_receipts
from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.on_disk import files_holding
from ui.devtools.stories.people import STAFF, Persona
from ui.devtools.stories.steps import StepFailed

DAY_S = 24 * 3600.0
OTHER_WAYS_S = 301.0  # after the press: then a visitor may leave a number
VISITORS = 3
MOST_ASKED = 40  # questions of a form
SPOKEN, WRITTEN_DOWN = "高龄津贴", "说的是：高龄津贴"  # what the visitor says, and what staff write of it
ANSWER = "这个津贴村里就能办。带上户口本，到村委会来。"


def first_day(kiosk: DemoKiosk) -> None:
    """Somebody asks for the allowance, by voice and by touch."""
    kiosk.seconds = -2 * DAY_S
    kiosk.wait(0)
    with kiosk.step("day-1-no-line") as detail:
        kiosk.expect("attract")
        kiosk.until("it knows that there is no line", lambda: kiosk.terminal.worker.state.reached is False)
        detail.append(f"{kiosk.now():%Y-%m-%d}")
    with kiosk.step("choose-by-voice") as detail:
        kiosk.touch("start")
        detail.append(kiosk.speak("高龄津贴"))
        kiosk.expect("prerequisites")
    with kiosk.step("filled-in-by-voice-and-touch") as detail:
        detail.append(kiosk.speak("带齐了"))
        detail += fill_in(kiosk, {"hukou_here": "在本县", "house_number": "下一步", "account_holder": "我自己的"})
        kiosk.expect("check")
    with kiosk.step("kept-not-delivered") as detail:
        look_at_all(kiosk)
        detail.append(kiosk.speak("交上去"))
        keep_slip(kiosk, "first")
        detail += kiosk.session.screen().lines


def call_for_help(kiosk: DemoKiosk) -> None:
    """Nobody at the hall can know; whoever is near can."""
    with kiosk.step("help-light-and-chime") as detail:
        if is_lit(kiosk):
            raise StepFailed("the light burns, and nobody has pressed for help")
        kiosk.touch("help")
        kiosk.until("the light is on", lambda: is_lit(kiosk))
        kiosk.until("the call was tried", lambda: kiosk.session.screen().name == "help-offline")
        if not kiosk.chimes:
            raise StepFailed("the light is on, and nothing is to be heard")
        detail.append("the light is on, and the chime is heard")
    with kiosk.step("after-five-minutes") as detail:
        kiosk.wait(OTHER_WAYS_S)
        detail += kiosk.session.screen().lines
        if not is_lit(kiosk):
            raise StepFailed("the light is out, and nobody has come")
    with kiosk.step("number-to-be-phoned-at"):
        kiosk.touch("leave_number")
        kiosk.type(kiosk.visitor.phone)
    with kiosk.step("number-kept-sealed") as detail:
        kiosk.touch("next")
        call = kiosk.session.state.hall.call
        if call is None or not call.has_number or call.reached_hall:
            raise StepFailed("the number is not kept with the call")
        nothing_readable(kiosk)
        detail.append(f"{kiosk.session.screen().remark} Sealed: no file of the kiosk or the hall holds it")


def tell_what_could_not_be_done(kiosk: DemoKiosk) -> None:
    with kiosk.step("could-not-be-done"):
        kiosk.touch("resume")
        kiosk.touch("cannot")
        kiosk.expect("order-reason")
    with kiosk.step("say-it-oneself"):
        kiosk.touch("reason", "")
        kiosk.touch("decline")
        kiosk.expect("order-speak")
    with kiosk.step("spoken") as detail:
        kiosk.touch("record")
        kiosk.expect("order-recording")
        kiosk.say(SPOKEN)
        kiosk.touch("recorded")
        kiosk.expect("order-spoken")
        detail.append(f"{len(sound_of(kiosk))} bytes of sound, in memory alone")
    with kiosk.step("kept-under-a-number") as detail:
        sound = sound_of(kiosk)
        kiosk.touch("keep")
        kiosk.expect("order-kept")
        order = kiosk.session.state.order
        if order is None or order.sound or files_holding(kiosk.work, sound):
            raise StepFailed("what was said can be heard by whoever has the disk")
        kiosk.slips["order"] = order.number
        detail.append(f"{order.number}, and the sound is sealed")
    with kiosk.step("day-1-goes-home") as detail:
        kiosk.touch("resume")
        leave(kiosk)
        kiosk.until("the light is out", lambda: not is_lit(kiosk))
        if kept(kiosk) != (1, 1, True):
            raise StepFailed(f"kept are (forms, orders, call): {kept(kiosk)}")
        detail.append("the light is out; a form, a call and what could not be done are kept")


def second_day(kiosk: DemoKiosk) -> None:
    with kiosk.step("day-2-switched-on-again") as detail:
        kiosk.seconds = -DAY_S
        kiosk.restart()
        if kept(kiosk) != (1, 1, True) or kiosk.terminal.problems:
            raise StepFailed(f"not all is there after the night: {kept(kiosk)}, {kiosk.terminal.problems}")
        detail.append(f"{kiosk.now():%Y-%m-%d}: nothing was lost")
    come_and_fill_in(kiosk, 2, "senior-card")
    with kiosk.step("day-2-goes-home"):
        leave(kiosk)


def third_day(kiosk: DemoKiosk) -> None:
    with kiosk.step("day-3") as detail:
        kiosk.seconds = 0.0
        kiosk.wait(0)
        kiosk.expect("attract")
        detail.append(f"{kiosk.now():%Y-%m-%d}")
    come_and_fill_in(kiosk, 3, "senior-bus-card")


def carry(kiosk: DemoKiosk) -> None:
    """While the third visitor still looks at the receipt."""
    with kiosk.step("exported-to-a-stick") as detail:
        told = export(kiosk)
        if (told["forms"], told["work_orders"], told["left"]) != (VISITORS, 1, 0):
            raise StepFailed(f"on the stick is {told}")
        nothing_readable(kiosk)
        kiosk.expect("receipt-saved")
        detail.append("3 forms and 1 work order, sealed for the hall; they wait here too")
    with kiosk.step("at-the-hall", staff=True) as detail:
        kiosk.open_hall_without_a_line()
        if kiosk.staff.forms():
            raise StepFailed("the hall has forms, and no line has brought them")
        detail.append("there is no form")
    with kiosk.step("carried-in", staff=True) as detail:
        told = carry_in(kiosk)
        if (told["new"], told["known"], told["refused"]) != (VISITORS + 1, 0, 0):
            raise StepFailed(f"the hall has taken {told}")
        kiosk.until("the staff page lists them", lambda: kiosk.staff.forms() == VISITORS)
        detail.append("the staff page lists 3 forms")
    with kiosk.step("order-is-there", staff=True) as detail:
        kiosk.staff.open_order(kiosk.slips["order"])
        kiosk.until("one waits for an answer", lambda: kiosk.staff.orders() == 1)
        detail.append("one waits for an answer")
    with kiosk.step("staff-hear-it", staff=True) as detail:
        kiosk.staff.hear_order()
        detail.append("played")
    with kiosk.step("written-down-and-deleted", staff=True) as detail:
        kiosk.staff.write_order_down(WRITTEN_DOWN)
        detail.append("the sound is gone")
    with kiosk.step("answered", staff=True) as detail:
        kiosk.staff.answer_order(ANSWER, "told_how")
        detail.append(ANSWER)


def bring_receipts(kiosk: DemoKiosk) -> None:
    with kiosk.step("receipts-are-back") as detail:
        told = import_receipts(kiosk)
        if (told["delivered"], told["refused"], told["unknown"]) != (VISITORS + 1, 0, 0):
            raise StepFailed(f"the receipts are {told}")
        kiosk.until("the receipt on the screen says so", lambda: kiosk.session.screen().name == "receipt-delivered")
        if kept(kiosk) != (0, 0, True) or kiosk.terminal.worker.state.reached:
            raise StepFailed(f"(forms, orders, call) that still wait: {kept(kiosk)}")
        detail.append("delivered, and there is still no line; the call waits for one")


def line_is_back(kiosk: DemoKiosk) -> None:
    with kiosk.step("help-before-the-line-is-back"):
        kiosk.touch("help")
        kiosk.until("the light is on", lambda: is_lit(kiosk))
        kiosk.expect("help-offline")
    with kiosk.step("line-is-back-light-out", staff=True) as detail:
        kiosk.mend_the_line()
        kiosk.until("the light is out", lambda: not is_lit(kiosk), 60)
        kiosk.wait(OVER_RETRY_S)
        kiosk.until("both calls ring at the staff page", lambda: kiosk.staff.ringing() == 2)
        detail.append("both calls ring: that of now, and that of the first day")
    with kiosk.step("no-help-needed-any-more"):
        for _ in range(2):  # it is asked whether that is meant
            kiosk.touch("cancel_help")
        kiosk.until("one call is left", lambda: kiosk.staff.ringing() == 1)
        leave(kiosk)
    with kiosk.step("number-is-phoned", staff=True) as detail:
        number = kiosk.staff.phone_back()
        if number != visitor(kiosk, 1).phone:
            raise StepFailed("it is not the number that was left")
        detail.append(f"{STAFF} phones")
    with kiosk.step("phoned-and-done", staff=True) as detail:
        kiosk.staff.resolve()
        kiosk.wait(OVER_RETRY_S)
        kiosk.until("the kiosk has heard of it", lambda: not kept(kiosk)[2])
        detail.append("no call is open any more, at the hall or here")
    with kiosk.step("nothing-came-twice", staff=True) as detail:
        found = kiosk.terminal.worker.state.delivered, kiosk.staff.forms(), kiosk.staff.orders()
        if found != (0, VISITORS, 0):
            raise StepFailed(f"(forms brought by the line, forms and open orders at the hall): {found}")
        nothing_readable(kiosk)
        detail.append("the line has brought the calls alone")


def ask_for_the_answer(kiosk: DemoKiosk) -> None:
    with kiosk.step("back-with-the-number"):
        kiosk.visitor = visitor(kiosk, 1)
        kiosk.touch("start")
        kiosk.choose("progress-query")
        kiosk.touch("next")
        kiosk.touch("answer", "receipt")
        kiosk.type(kiosk.slips["order"])
    with kiosk.step("the-answer") as detail:
        kiosk.touch("next")
        kiosk.touch("next")  # no phone was left with it
        kiosk.touch("ask")
        kiosk.until("the hall has answered", lambda: kiosk.session.screen().name == "answer-found")
        told = [row.value for row in kiosk.session.screen().rows]
        if ANSWER not in told:
            raise StepFailed(f"the answer is not among {told}")
        detail.append(ANSWER)
    with kiosk.step("all-gone") as detail:
        leave(kiosk)
        nothing_readable(kiosk)
        detail.append("nothing of anybody is left to be read")


def come_and_fill_in(kiosk: DemoKiosk, day: int, service: str) -> None:
    """Another visitor, another form, by touch alone."""
    kiosk.visitor = visitor(kiosk, day)
    with kiosk.step(f"day-{day}-filled-in"):
        kiosk.touch("start")
        kiosk.choose(service)
        kiosk.touch("next")
        fill_in(kiosk, {})
        kiosk.expect("check")
    with kiosk.step(f"day-{day}-kept") as detail:
        look_at_all(kiosk)
        kiosk.touch("send")
        keep_slip(kiosk, service)
        nothing_readable(kiosk)
        detail.append("kept; no file holds an answer")


def fill_in(kiosk: DemoKiosk, by_voice: dict[str, str]) -> list[str]:
    """Every question until the check, by touch but for those `by_voice`; what was heard of these."""
    own, heard = kiosk.visitor, []
    answers = {"name": own.name, "resident_id": own.resident_id, "phone": own.phone, "bank_card": own.bank_card}
    for _ in range(MOST_ASKED):
        visit, entry = kiosk.session.state.visit, kiosk.session.screen().entry
        if visit is None or visit.stage != "question" or entry is None:
            break
        field = visit.field
        if field.id in by_voice:
            heard.append(kiosk.speak(by_voice[field.id]))
        elif entry.kind == "choice":
            offered = [one.value for one in kiosk.session.screen().choices]
            kiosk.touch("answer", next((one for one in ("self", field.example) if one in offered), offered[0]))
        else:
            answer = answers.get(field.id, field.example)
            kiosk.write(answer) if entry.kind in ("name", "hand") else kiosk.type(answer)
            kiosk.touch("next")
    return heard


def visitor(kiosk: DemoKiosk, day: int) -> Persona:
    """Who comes on that day."""
    return Persona.made_up(kiosk.seed + day - 1)


def look_at_all(kiosk: DemoKiosk) -> None:
    while kiosk.window.view.page_left:
        kiosk.touch("page", "1")


def keep_slip(kiosk: DemoKiosk, name: str) -> None:
    kiosk.expect("receipt-saved")
    kiosk.slips[name] = kiosk.session.state.receipt_number


def leave(kiosk: DemoKiosk) -> None:
    kiosk.touch("finish")
    kiosk.expect("goodbye")
    kiosk.wait(30)
    kiosk.expect("attract")


def kept(kiosk: DemoKiosk) -> tuple[int, int, bool]:
    """How many forms and work orders wait for the hall, and whether any call does."""
    waiting, calls = outbox_status(kiosk.terminal.store), kiosk.terminal.worker.calls
    forms, orders = waiting["waiting"] + waiting["blocked"], len(waiting["work_orders"])
    return forms, orders, calls.seconds_until_due(kiosk.now()) is not None


def is_lit(kiosk: DemoKiosk) -> bool:
    return kiosk.lamp.exists() and kiosk.lamp.read_text() == "1\n"


def sound_of(kiosk: DemoKiosk) -> bytes:
    assert kiosk.session.state.order is not None
    return kiosk.session.state.order.sound


def nothing_readable(kiosk: DemoKiosk) -> None:
    """On the disk of kiosk and hall, or on the stick."""
    people = [visitor(kiosk, day) for day in range(1, VISITORS + 1)]
    secrets = [secret for one in people for secret in (one.name, one.resident_id, one.phone, one.bank_card)]
    if found := files_holding(kiosk.work, *secrets):
        raise StepFailed(f"what a visitor put in can be read in {found}")


SCENES: tuple[Callable[[DemoKiosk], None], ...] = (
    first_day, call_for_help, tell_what_could_not_be_done, second_day, third_day, carry, bring_receipts, line_is_back,
    ask_for_the_answer,
)  # fmt: skip
