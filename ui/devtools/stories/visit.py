"""A whole visit: help is called while the line is down, and staff come once it is back; the form is looked at."""

from collections.abc import Callable

from offline_cache.status import outbox_status
from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.on_disk import files_holding
from ui.devtools.stories.people import STAFF
from ui.devtools.stories.steps import StepFailed

EVENT = "turning-eighty"
FORMS = 3  # that the visitor hands in
MOST_ASKED = 60  # screens of two forms
NOTE = "请带户口本来一趟"


def arrive(kiosk: DemoKiosk) -> None:
    with kiosk.step("attract"):
        kiosk.expect("attract")
    with kiosk.step("touch-to-start"):
        kiosk.touch("start")
        kiosk.expect("home")
    with kiosk.step("other-words-are-refused") as detail:
        kiosk.speak("今天天气不错")
        kiosk.expect("home")
        detail.append("not taken for any errand")
    with kiosk.step("choose-by-voice") as detail:
        detail.append(kiosk.speak("高龄津贴"))
        kiosk.expect("prerequisites")
    with kiosk.step("begin-by-voice") as detail:
        detail.append(kiosk.speak("带齐了"))
        kiosk.expect("question-for_whom")


def answer(kiosk: DemoKiosk) -> None:
    visitor = kiosk.visitor
    with kiosk.step("for-whom"):
        kiosk.touch("answer", "self")
        kiosk.expect("question-name")
    with kiosk.step("write-the-name"):
        kiosk.write(visitor.name[:-1])
        kiosk.spell(visitor.name[-1])
    with kiosk.step("name-done"):
        kiosk.pick(visitor.name[-1])
        kiosk.touch("next")
        kiosk.expect("question-resident_id")
    with kiosk.step("wrong-id-is-explained") as detail:
        kiosk.type(visitor.wrong_resident_id)
        kiosk.touch("next")
        screen = kiosk.session.screen()
        if not screen.error or not screen.entry or screen.entry.value != visitor.wrong_resident_id:
            raise StepFailed("the mistake was not explained, or what was typed is gone")
        detail.append(screen.error)
    with kiosk.step("right-id"):
        for _ in range(2):
            kiosk.touch("erase")
        kiosk.type(visitor.resident_id[-2:])
        kiosk.touch("next")
        kiosk.expect("question-hukou_here")
    with kiosk.step("answer-by-voice") as detail:
        detail.append(kiosk.speak("在本县"))
        kiosk.expect("question-phone")
    with kiosk.step("phone"):
        kiosk.type(visitor.phone)
        kiosk.touch("next")
        largest = kiosk.session.screen()  # of the regions: the county's list says how many levels there are
    with kiosk.step("town"):
        kiosk.touch("answer", largest.choices[0].value)
    with kiosk.step("back-loses-nothing") as detail:
        kiosk.touch("back")
        kiosk.expect(largest.name)
        if not any(button.selected for button in kiosk.session.screen().choices):
            raise StepFailed("the place that was chosen is no longer marked")
        detail.append("the place is still marked")
    with kiosk.step("village"):
        while (asked := kiosk.session.screen().entry) and asked.kind == "choice":
            kiosk.touch("answer", kiosk.session.screen().choices[0].value)
        kiosk.expect("question-house_number")
    with kiosk.step("skip-by-voice") as detail:
        detail.append(kiosk.speak("下一步"))
        kiosk.expect("question-account_holder")


def come_back_another_day(kiosk: DemoKiosk) -> None:
    with kiosk.step("step-explained") as detail:
        kiosk.touch("explain")
        kiosk.expect("explain-account_holder")
        detail += kiosk.session.screen().lines
        kiosk.touch("resume")
    with kiosk.step("save-for-another-day") as detail:
        kiosk.touch("save")
        kiosk.expect("slip")
        slip = kiosk.session.state.slip
        if slip is None or readable_files(kiosk) or files_holding(kiosk.work, slip.code, slip.qr[5:]):
            raise StepFailed("what was saved, or what opens it, can be read on the disk")
        detail.append("the disk holds neither an answer nor what opens them")
    with kiosk.step("slip-is-taken"):
        kiosk.touch("finish")
        kiosk.expect("goodbye")
    with kiosk.step("kiosk-forgets-it"):
        kiosk.wait(30)
        kiosk.expect("attract")
        if kiosk.session.state.visit or kiosk.session.state.slip:
            raise StepFailed("the visit or its key is still there")
    with kiosk.step("come-back-with-the-slip") as detail:
        kiosk.scan(slip.qr)
        kiosk.expect("question-account_holder")
        visit = kiosk.session.state.visit
        if visit is None or visit.answers["resident_id"] != kiosk.visitor.resident_id:
            raise StepFailed("the answers are not the same")
        detail += kiosk.session.screen().notices[:1]


def ask_for_help(kiosk: DemoKiosk) -> None:
    with kiosk.step("help-without-a-line"):
        kiosk.touch("help")
        kiosk.until("the call was tried", lambda: kiosk.session.screen().name == "help-offline")
    with kiosk.step("carry-on"):
        kiosk.touch("resume")
        kiosk.expect("question-account_holder")
        if kiosk.session.screen().help.state != "requested":
            raise StepFailed("the call is not shown as open")


def finish_form(kiosk: DemoKiosk) -> None:
    with kiosk.step("account-by-voice") as detail:
        detail.append(kiosk.speak("我自己的"))
        kiosk.expect("question-bank_card")
    with kiosk.step("bank-card"):
        kiosk.type(kiosk.visitor.bank_card)
        kiosk.touch("next")
        kiosk.expect("question-consent")
    with kiosk.step("consent-by-voice") as detail:
        detail.append(kiosk.speak("我同意"))
        kiosk.expect("check")
    with kiosk.step("change-one-answer") as detail:
        kiosk.touch("change", "village")
        village = kiosk.session.screen().choices[-1]
        kiosk.touch("answer", village.value)
        kiosk.expect("check")
        if not any(row.value == village.label for row in kiosk.session.screen().rows):
            raise StepFailed("the changed village is not shown")
        detail.append(village.label)
    for change, name in (("text=L", "large-text"), ("contrast=yellow", "yellow-on-black")):
        with kiosk.step(name):
            kiosk.touch("settings")
            kiosk.touch("set", change)
            kiosk.touch("resume")
    with kiosk.step("english"):
        kiosk.touch("lang", "en")
        if kiosk.session.screen().title != kiosk.terminal.texts("check.title", "en"):
            raise StepFailed("the screen is not in English")
    with kiosk.step("back-to-chinese"):
        kiosk.touch("lang", "zh")
        kiosk.touch("settings")
        kiosk.touch("set", "text=M")
        kiosk.touch("set", "contrast=default")
        kiosk.touch("resume")
        kiosk.expect("check")


def send(kiosk: DemoKiosk) -> None:
    with kiosk.step("send-by-voice") as detail:
        kiosk.read_on()
        detail.append(kiosk.speak("交上去"))
        kiosk.expect("receipt-saved")
        waiting = outbox_status(kiosk.terminal.store)
        if waiting["waiting"] + waiting["blocked"] != 1:
            raise StepFailed(f"the outbox does not hold one form: {waiting}")
        detail.append("kept, and it says that it is not delivered yet")
    with kiosk.step("nothing-readable-on-disk") as detail:
        if found := readable_files(kiosk):
            raise StepFailed(f"the visitor's answers can be read in {found}")
        detail.append("no file of the kiosk or the hall holds the ID, phone, card number or name")
    with kiosk.step("line-comes-back-delivered"):
        kiosk.switch_hall_on()
        kiosk.until("the form is delivered", lambda: kiosk.session.screen().name == "receipt-delivered", 60)


def be_answered(kiosk: DemoKiosk) -> None:
    with kiosk.step("staff-notified", staff=True):
        kiosk.until("the call rings", lambda: kiosk.staff.calls())
        kiosk.until("the kiosk knows", lambda: kiosk.session.screen().help.state == "notified")
        kiosk.touch("help")
    with kiosk.step("staff-is-coming", staff=True) as detail:
        kiosk.staff.set_out()
        kiosk.until("the kiosk says who is coming", lambda: STAFF in kiosk.speaker.last)
        if STAFF not in kiosk.session.screen().title:
            raise StepFailed("it does not show who is coming")
        detail.append(kiosk.session.screen().title)


def meet(kiosk: DemoKiosk) -> None:
    with kiosk.step("staff-has-come", staff=True) as detail:
        kiosk.staff.arrive()
        kiosk.until("the kiosk knows", lambda: kiosk.session.screen().help.state == "arrived")
        detail.append(kiosk.session.screen().title)


def be_done(kiosk: DemoKiosk) -> None:
    with kiosk.step("staff-done", staff=True):
        kiosk.staff.resolve()
        kiosk.until("the call is over", lambda: kiosk.session.screen().help.state == "idle")
        kiosk.touch("resume")


def several_at_once(kiosk: DemoKiosk) -> None:
    """A life event, of which one errand was done just now."""
    with kiosk.step("life-event") as detail:
        kiosk.touch("another")
        kiosk.touch("group", kiosk.terminal.catalogue.events[EVENT].group)
        kiosk.touch("event", EVENT)
        kiosk.touch("take", "old-age-allowance")
        bundle = kiosk.session.state.bundle
        if bundle is None or len(bundle.taken) != 2:
            raise StepFailed("two errands should be left")
        detail += [one.service.title.zh for one in bundle.taken]
    with kiosk.step("papers-of-all"):
        kiosk.touch("next")
        kiosk.expect(f"event-papers-{EVENT}")
    with kiosk.step("two-forms-one-set-of-questions") as detail:
        kiosk.touch("next")
        asked = 0
        while (visit := kiosk.session.state.visit) and not bundle.is_done and asked < MOST_ASKED:
            if visit.stage == "known":
                kiosk.touch("reuse")
            else:
                offered = [one.value for one in kiosk.session.screen().choices]
                wanted = ("self", "yes", visit.field.example, *offered)
                kiosk.touch("answer", next(one for one in wanted if one in offered))
            asked += 1
        kiosk.expect("check")
        detail.append(f"{asked} screens")
    with kiosk.step("sent-at-once"):
        kiosk.read_on()
        kiosk.touch("send")
        everything = "all three forms are delivered"
        kiosk.until(everything, lambda: outbox_status(kiosk.terminal.store)["delivered"] == FORMS, 60)


def look_at_the_form(kiosk: DemoKiosk) -> None:
    visitor = kiosk.visitor
    with kiosk.step("form-at-the-hall", staff=True) as detail:
        shown = kiosk.staff.open_form(kiosk.session.state.receipt_number)
        if any(secret in shown for secret in (visitor.name, visitor.resident_id, visitor.phone, visitor.bank_card)):
            raise StepFailed("staff see a private answer without having asked for it")
        detail.append("each private answer is covered")
    with kiosk.step("progress-changed", staff=True) as detail:
        kiosk.staff.move_form("in_review", NOTE)
        detail.append(NOTE)


def ask_how_far(kiosk: DemoKiosk) -> None:
    number = kiosk.session.state.receipt_number
    with kiosk.step("another-errand"):
        kiosk.touch("another")
        kiosk.expect("home")
    with kiosk.step("receipt-number"):
        kiosk.choose("progress-query")
        kiosk.touch("next")
        kiosk.touch("answer", "receipt")
        kiosk.type(number)
    with kiosk.step("progress") as detail:
        kiosk.touch("next")
        kiosk.type(kiosk.visitor.phone[-4:])
        kiosk.touch("next")
        kiosk.touch("ask")
        kiosk.until("the hall answered", lambda: kiosk.session.screen().name == "answer-found")
        detail.append(kiosk.session.screen().rows[-1].value)


def hear_the_note(kiosk: DemoKiosk) -> None:
    with kiosk.step("hear-the-note"):
        kiosk.touch("repeat")
        kiosk.until("it says what staff have written", lambda: any(NOTE in part for part in kiosk.speaker.last))


def leave(kiosk: DemoKiosk) -> None:
    with kiosk.step("idle-warning"):
        kiosk.wait(121)
        kiosk.expect("idle")
    with kiosk.step("still-here"):
        kiosk.touch("still_here")
        kiosk.expect("answer-found")
    with kiosk.step("goodbye"):
        kiosk.touch("finish")
        kiosk.expect("goodbye")
    with kiosk.step("wiped") as detail:
        kiosk.wait(30)
        kiosk.expect("attract")
        delivered = outbox_status(kiosk.terminal.store)["delivered"]
        if kiosk.session.state.visit or kiosk.session.state.entry.text or readable_files(kiosk) or delivered != FORMS:
            raise StepFailed("something of the visitor is left, or not each form was delivered once")
        detail.append("nothing of the visitor is left; each form was delivered once")


def readable_files(kiosk: DemoKiosk) -> list[str]:
    """Names of the files of kiosk and hall in which an answer of the visitor stands in plain text."""
    visitor = kiosk.visitor
    return files_holding(kiosk.work, visitor.name, visitor.resident_id, visitor.phone, visitor.bank_card)


SCENES: tuple[Callable[[DemoKiosk], None], ...] = (
    arrive, answer, come_back_another_day, ask_for_help, finish_form, send, be_answered, meet, be_done,
    several_at_once, look_at_the_form, ask_how_far, hear_the_note, leave,
)  # fmt: skip
WITHOUT_STAFF_PAGE = tuple(scene for scene in SCENES if scene not in (meet, look_at_the_form, hear_the_note))
