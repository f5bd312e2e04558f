"""Somebody who hears badly is stuck: staff help at the kiosk and decide afterwards, and the answer comes back."""

import json
import shutil
from collections.abc import Callable

from kiosk.state.assistance import UNCOVERED_S
from ui.devtools.stories.demo_kiosk import DemoKiosk
from ui.devtools.stories.people import STAFF
from ui.devtools.stories.steps import StepFailed
from ui.devtools.stories.typed import typed

SERVICE, SECOND = "disability-subsidy", "周红"
ON_PAPER, MISREAD = "44", "42"  # what the certificate has after the ID number, and what its owner typed
STUCK = "other_money"
REASON, BASIS = "no_such_grade", "disability_nursing"
REASON_TOLD, RULE, REMEDY = "不在补贴的范围里", "第四十八条第四款", "行政复议"
MORE = "请带评残的材料来。"
AT_THE_HALL = {"badge", "at_kiosk", "left_kiosk", "open", "decided_more", "proposed", "decision_agreed"}
AT_THE_KIOSK = {"staff_arrived", "help_agreed", "uncovered", "jumped", "corrected", "vouched", "help_ended"}


def arrive(kiosk: DemoKiosk) -> None:
    with kiosk.step("staff-begin", staff=True) as detail:
        let_a_no_need_two(kiosk)
        kiosk.hall_public_url = kiosk.hall_url  # so receipts have a page
        kiosk.switch_hall_on()
        kiosk.take_over(STAFF)
        kiosk.until("the line is there", lambda: bool(kiosk.terminal.worker.state.reached))
        detail.append("the county wants two persons for a no")
    with kiosk.step("touch-to-start"):
        kiosk.touch("start")
        kiosk.expect("home")
    with kiosk.step("large-letters-on-black"):
        kiosk.touch("settings")
        kiosk.touch("set", "text=L")
        kiosk.touch("set", "contrast=yellow")
        kiosk.touch("resume")
    with kiosk.step("chosen"):
        kiosk.choose(SERVICE)
        kiosk.touch("next")
        kiosk.expect("question-for_whom")


def let_a_no_need_two(kiosk: DemoKiosk) -> None:
    """The county of this hall wants a second person for it."""
    county = kiosk.work / "county"
    if kiosk.hall_county:
        shutil.copytree(kiosk.hall_county, county)
    file = county / "hall" / "decisions.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    own = file.read_text("utf-8").splitlines() if file.exists() else []
    rest = [line for line in own if not line.startswith("refusals_by_two:")]
    file.write_text("\n".join((*rest, "refusals_by_two: true", "")), "utf-8")
    kiosk.hall_county = county


def fill_in_half(kiosk: DemoKiosk) -> None:
    visitor = kiosk.visitor
    with kiosk.step("name-and-number"):
        kiosk.touch("answer", "self")
        kiosk.write(visitor.name)
        kiosk.touch("next")
        kiosk.type(visitor.resident_id)
        kiosk.touch("next")
        kiosk.expect("question-certificate")
    with kiosk.step("certificate-is-misread"):
        kiosk.type(MISREAD)  # the ID number is there already
        kiosk.touch("next")
        kiosk.expect("question-hukou_here")
    with kiosk.step("stuck"):
        for answer in ("yes", "low_income", "yes"):
            kiosk.touch("answer", answer)
        kiosk.expect(f"question-{STUCK}")


def call_for_help(kiosk: DemoKiosk) -> None:
    with kiosk.step("help-is-pressed") as detail:
        kiosk.touch("help")
        kiosk.until("the call has gone", lambda: kiosk.session.screen().help.state in ("requested", "notified"))
        detail.append(kiosk.session.screen().title)
    with kiosk.step("i-cannot-hear-well", staff=True) as detail:
        kiosk.touch("need", "hearing")
        kiosk.until("it rings, with the need", lambda: kiosk.staff.calls("hearing"))
        kiosk.until("the kiosk knows", lambda: kiosk.session.screen().help.state == "notified")
        detail.append("staff know before they come that this visitor hears badly")
    with kiosk.step("staff-is-coming", staff=True) as detail:
        kiosk.staff.set_out()
        kiosk.until("the kiosk says who is coming", lambda: STAFF in kiosk.session.screen().title)
        detail.append(kiosk.session.screen().title)


def let_staff_help(kiosk: DemoKiosk) -> None:
    with kiosk.step("badge-is-shown", staff=True):
        badge = kiosk.staff.badge()
    with kiosk.step("badge-is-scanned") as detail:
        kiosk.scan(badge)
        kiosk.until("the visitor is asked", lambda: kiosk.session.screen().name == "assist-consent")
        detail.append(kiosk.session.screen().title)
    with kiosk.step("visitor-agrees", staff=True):
        kiosk.touch("agree_help")
        kiosk.expect(f"question-{STUCK}")
        kiosk.until("staff see it", lambda: kiosk.session.screen().help.state == "assisting")


def help_the_visitor(kiosk: DemoKiosk) -> None:
    wrong, right = (kiosk.visitor.resident_id + end for end in (MISREAD, ON_PAPER))
    look = kiosk.session.look
    with kiosk.step("letters-of-staff"):
        kiosk.touch("steps")
        kiosk.touch("settings")
        kiosk.touch("set", "text=S")
        kiosk.touch("set", "contrast=default")
        kiosk.touch("resume")
    with kiosk.step("every-question"):
        kiosk.touch("steps")
        kiosk.expect("assist-steps")
    with kiosk.step("private-answers-are-covered") as detail:
        kiosk.touch("covered")
        shown = shown_on(kiosk)
        if any(secret in shown for secret in (kiosk.visitor.name, kiosk.visitor.resident_id, wrong)):
            raise StepFailed("staff see a private answer without having asked for it")
        detail.append("name and numbers are covered")
    with kiosk.step("why-it-is-to-be-seen"):
        kiosk.touch("uncover", f"{SERVICE}:certificate")
        kiosk.expect("assist-reasons")
    with kiosk.step("one-answer-is-seen"):
        kiosk.touch("uncover_why", "compare_paper")
        if wrong not in shown_on(kiosk):
            raise StepFailed("the certificate's number is not shown whole")
    with kiosk.step("covered-again"):
        kiosk.wait(UNCOVERED_S + 1)
        if wrong in shown_on(kiosk):
            raise StepFailed("the certificate's number is still there")
    with kiosk.step("corrected"):
        kiosk.touch("steps")
        kiosk.touch("jump", "certificate")
        kiosk.type(right)
        kiosk.touch("next")
        visit = kiosk.session.state.visit
        if visit is None or visit.answers["certificate"] != right:
            raise StepFailed("the number is not the one on the paper")
    with kiosk.step("card-and-face-are-seen"):
        kiosk.touch("steps")
        kiosk.touch("vouch")
        kiosk.expect(f"question-{STUCK}")
    with kiosk.step("help-is-over", staff=True) as detail:
        kiosk.touch("steps")
        kiosk.touch("help_done")
        kiosk.expect(f"question-{STUCK}")
        if kiosk.session.look != look:
            raise StepFailed("the visitor's letters and colours did not come back")
        kiosk.until("the call is over", lambda: kiosk.session.screen().help.state == "idle")
        detail.append("letters, colours and question of the visitor are back")


def send(kiosk: DemoKiosk) -> None:
    with kiosk.step("the-rest-is-filled-in"):
        kiosk.touch("toggle", "none")
        kiosk.touch("next")
        kiosk.type(kiosk.visitor.phone)
        kiosk.touch("next")
        while (visit := kiosk.session.state.visit) and visit.stage == "question":
            offered = [one.value for one in kiosk.session.screen().choices if one.action == "answer"]
            if offered:
                wanted = ("own", "have", "yes", *offered)
                kiosk.touch("answer", next(one for one in wanted if one in offered))
            else:
                kiosk.type(kiosk.visitor.bank_card if visit.field.id == "bank_card" else "")
                kiosk.touch("next")
        kiosk.expect("check")
    with kiosk.step("sent") as detail:
        kiosk.read_on()
        kiosk.touch("send")
        kiosk.until("the form is delivered", lambda: kiosk.session.screen().name == "receipt-delivered", 60)
        kiosk.slips |= {"form": kiosk.session.state.receipt_number, "page": kiosk.session.screen().qr}
        detail.append(kiosk.slips["form"])
    leave(kiosk, "goodbye")


def ask_for_more(kiosk: DemoKiosk) -> None:
    with kiosk.step("form-is-looked-at", staff=True):
        if kiosk.visitor.resident_id in kiosk.staff.open_form(kiosk.slips["form"]):
            raise StepFailed("staff see a private answer without having asked for it")
    with kiosk.step("more-is-chosen", staff=True) as detail:
        detail.append(kiosk.staff.choose("more", "paper_missing", own_words=MORE))
    with kiosk.step("more-is-asked-for", staff=True):
        kiosk.staff.decide()
    with kiosk.step("visitor-is-told-what-is-missing") as detail:
        detail.append(look_up(kiosk))
        if MORE not in detail[0]:
            raise StepFailed("it does not say what staff asked for")
    leave(kiosk, "goodbye-again")


def say_no(kiosk: DemoKiosk) -> None:
    with kiosk.step("no-is-chosen", staff=True) as detail:
        kiosk.staff.open_form(kiosk.slips["form"])
        detail.append(kiosk.staff.choose("refused", REASON, basis=BASIS))
    with kiosk.step("no-waits-for-a-second-person", staff=True):
        kiosk.staff.decide()
        if kiosk.staff.may_agree():
            raise StepFailed("whoever has proposed a no may agree to it")
    with kiosk.step("visitor-is-not-told-yet") as detail:
        detail.append(look_up(kiosk))
        if REASON_TOLD in detail[0]:
            raise StepFailed("a no is told to which nobody else has agreed")
    leave(kiosk, "goodbye-once-more")
    with kiosk.step("second-person-agrees", staff=True):
        kiosk.take_over(SECOND)
        kiosk.staff.open_form(kiosk.slips["form"])
        if not kiosk.staff.may_agree():
            raise StepFailed("somebody else may not agree to the no")
        kiosk.staff.agree()
    with kiosk.step("visitor-is-told-why-and-what-to-do") as detail:
        detail.append(look_up(kiosk))
        if missing := [part for part in (REASON_TOLD, RULE, REMEDY) if part not in detail[0]]:
            raise StepFailed(f"it does not say {', '.join(missing)}")
    with kiosk.step("the-rest-of-it"):
        kiosk.read_on()
    leave(kiosk, "last-goodbye")
    with kiosk.step("page-of-the-receipt", staff=True) as detail:
        written = kiosk.staff.look_at_receipt(kiosk.slips["page"])
        if REMEDY not in written or REASON_TOLD in written:
            raise StepFailed("the page of the receipt should tell what can be done, and nothing of the errand")
        detail.append("whoever finds the receipt reads what can be done, and not why")


def be_on_record(kiosk: DemoKiosk) -> None:
    with kiosk.step("all-of-it-is-on-record") as detail:
        typed(kiosk, "backend.cli", "audit", "verify")
        lines = typed(kiosk, "backend.cli", "audit", "show", "--json")
        at_hall = [json.loads(line)["action"] for line in lines.splitlines()]
        at_kiosk = [one.record["action"] for one in kiosk.terminal.store.audit.entries()]
        if missing := (AT_THE_HALL - set(at_hall)) | (AT_THE_KIOSK - set(at_kiosk)):
            raise StepFailed(f"nobody has written down {', '.join(sorted(missing))}")
        detail.append(f"hall: {', '.join(at_hall)}; kiosk: {', '.join(at_kiosk)}")


def look_up(kiosk: DemoKiosk) -> str:
    """How far it is, asked at the kiosk by the number and the end of the phone; what is shown."""
    kiosk.touch("start")
    kiosk.choose("progress-query")
    kiosk.touch("next")
    kiosk.touch("answer", "receipt")
    kiosk.type(kiosk.slips["form"])
    kiosk.touch("next")
    kiosk.type(kiosk.visitor.phone[-4:])
    kiosk.touch("next")
    kiosk.touch("ask")
    kiosk.until("the hall has answered", lambda: kiosk.session.screen().name == "answer-found")
    return shown_on(kiosk)


def leave(kiosk: DemoKiosk, step: str) -> None:
    with kiosk.step(step):
        kiosk.read_on()
        kiosk.touch("finish")
        kiosk.wait(30)
        kiosk.expect("attract")


def shown_on(kiosk: DemoKiosk) -> str:
    """All that can be read on the screen, without spaces."""
    screen = kiosk.session.screen()
    entry = (screen.entry.display,) if screen.entry else ()
    return "".join((screen.title, *screen.lines, *(row.value for row in screen.rows), *entry)).replace(" ", "")


SCENES: tuple[Callable[[DemoKiosk], None], ...] = (
    arrive, fill_in_half, call_for_help, let_staff_help, help_the_visitor, send, ask_for_more, say_no,
    be_on_record,
)  # fmt: skip
