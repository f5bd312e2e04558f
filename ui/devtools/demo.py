"""`kiosk demo`: one whole visit on the stage, step by step; report.json and a picture of each.

Nothing is faked but the people: touches are mouse events on the widgets, speech comes from sound files through the
recogniser, the hall is a real process that is down at first, and a clerk answers the call as the staff page does.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from forms import CatalogueError
from kiosk.commands.common import CommandError, warn
from kiosk.operations.settings import Settings
from kiosk.processes.embedded_hall import OwnHallError
from offline_cache.hall_client import HallError
from offline_cache.status import outbox_status
from offline_cache.store import StoreError
from ui.devtools.stage import STAFF, Stage, StepFailed
from ui.processes.application import application
from voice.speech.prompts import PromptsError


def play(settings: Settings, out: Path, seed: int) -> int:
    """Play the visit; 0 when every step did what it says, else 1."""
    application()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("[0-9][0-9]-*.png"):
            old.unlink()
    except OSError as error:
        raise CommandError(f"{out} cannot be written ({error.strerror}): choose another folder.") from error
    with tempfile.TemporaryDirectory(prefix="yinling-demo-") as work:
        try:
            stage = Stage(settings, out, seed, Path(work))
        except (CatalogueError, StoreError, HallError, OwnHallError, PromptsError) as error:
            raise CommandError(str(error)) from error
        try:
            for scene in SCENES:
                scene(stage)
        except StepFailed as failure:
            warn(f"The step {failure} did not do what it says; see {out / 'report.json'}.")
        finally:
            stage.close()
    report = {"steps": [asdict(step) for step in stage.steps]}
    try:
        (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise CommandError(
            f"{out / 'report.json'} cannot be written ({error.strerror}): choose another folder."
        ) from error
    passed = all(step.passed for step in stage.steps)
    print(f"{len(stage.steps)} steps, {'all passed' if passed else 'one failed'}; the pictures are in {out.resolve()}")
    return 0 if passed else 1


def arrive(stage: Stage) -> None:
    with stage.step("attract"):
        stage.expect("attract")
    with stage.step("touch-to-start"):
        stage.touch("start")
        stage.expect("home")
    with stage.step("other-words-are-refused") as detail:
        stage.speak("今天天气不错")
        stage.expect("home")
        detail.append("not taken for any errand")
    with stage.step("choose-by-voice") as detail:
        detail.append(stage.speak("高龄津贴"))
        stage.expect("prerequisites")
    with stage.step("begin-by-voice") as detail:
        detail.append(stage.speak("带齐了"))
        stage.expect("question-name")


def answer(stage: Stage) -> None:
    visitor = stage.visitor
    with stage.step("write-the-name"):
        stage.write(visitor.name[:-1])
        stage.spell(visitor.name[-1])
    with stage.step("name-done"):
        stage.pick(visitor.name[-1])
        stage.touch("next")
        stage.expect("question-resident_id")
    with stage.step("wrong-id-is-explained") as detail:
        stage.type(visitor.wrong_resident_id)
        stage.touch("next")
        screen = stage.session.screen()
        if not screen.error or not screen.entry or screen.entry.value != visitor.wrong_resident_id:
            raise StepFailed("the mistake was not explained, or what was typed is gone")
        detail.append(screen.error)
    with stage.step("right-id"):
        for _ in range(2):
            stage.touch("erase")
        stage.type(visitor.resident_id[-2:])
        stage.touch("next")
        stage.expect("question-hukou_here")
    with stage.step("answer-by-voice") as detail:
        detail.append(stage.speak("在本县"))
        stage.expect("question-phone")
    with stage.step("phone"):
        stage.type(visitor.phone)
        stage.touch("next")
        largest = stage.session.screen()  # of the regions: the county's list says how many levels there are
    with stage.step("town"):
        stage.touch("answer", largest.choices[0].value)
    with stage.step("back-loses-nothing") as detail:
        stage.touch("back")
        stage.expect(largest.name)
        if not any(button.selected for button in stage.session.screen().choices):
            raise StepFailed("the place that was chosen is no longer marked")
        detail.append("the place is still marked")
    with stage.step("village"):
        while (asked := stage.session.screen().entry) and asked.kind == "choice":
            stage.touch("answer", stage.session.screen().choices[0].value)
        stage.expect("question-house_number")
    with stage.step("skip-by-voice") as detail:
        detail.append(stage.speak("下一步"))
        stage.expect("question-account_holder")


def come_back_another_day(stage: Stage) -> None:
    with stage.step("step-explained") as detail:
        stage.touch("explain")
        stage.expect("explain-account_holder")
        detail += stage.session.screen().lines
        stage.touch("resume")
    with stage.step("save-for-another-day") as detail:
        stage.touch("save")
        stage.expect("slip")
        slip = stage.session.state.slip
        if slip is None or readable_files(stage) or holding(stage, slip.code, slip.qr[5:]):
            raise StepFailed("what was saved, or what opens it, can be read on the disk")
        detail.append("the disk holds neither an answer nor what opens them")
    with stage.step("slip-is-taken"):
        stage.touch("finish")
        stage.expect("goodbye")
    with stage.step("kiosk-forgets-it"):
        stage.wait(30)
        stage.expect("attract")
        if stage.session.state.visit or stage.session.state.slip:
            raise StepFailed("the visit or its key is still there")
    with stage.step("come-back-with-the-slip") as detail:
        stage.scan(slip.qr)
        stage.expect("question-account_holder")
        visit = stage.session.state.visit
        if visit is None or visit.answers["resident_id"] != stage.visitor.resident_id:
            raise StepFailed("the answers are not the same")
        detail += stage.session.screen().notices[:1]


def ask_for_help(stage: Stage) -> None:
    with stage.step("help-without-a-line"):
        stage.touch("help")
        stage.until("the call was tried", lambda: stage.session.screen().name == "help-offline")
    with stage.step("carry-on"):
        stage.touch("resume")
        stage.expect("question-account_holder")
        if stage.session.screen().help.state != "requested":
            raise StepFailed("the call is not shown as open")


def finish_form(stage: Stage) -> None:
    with stage.step("account-by-voice") as detail:
        detail.append(stage.speak("我自己的"))
        stage.expect("question-bank_card")
    with stage.step("bank-card"):
        stage.type(stage.visitor.bank_card)
        stage.touch("next")
        stage.expect("question-consent")
    with stage.step("consent-by-voice") as detail:
        detail.append(stage.speak("我同意"))
        stage.expect("check")
    with stage.step("change-one-answer") as detail:
        stage.touch("change", "village")
        village = stage.session.screen().choices[-1]
        stage.touch("answer", village.value)
        stage.expect("check")
        if not any(row.value == village.label for row in stage.session.screen().rows):
            raise StepFailed("the changed village is not shown")
        detail.append(village.label)
    for change, name in (("text=L", "large-text"), ("contrast=yellow", "yellow-on-black")):
        with stage.step(name):
            stage.touch("settings")
            stage.touch("set", change)
            stage.touch("resume")
    with stage.step("english"):
        stage.touch("lang", "en")
        if stage.session.screen().title != stage.terminal.texts("check.title", "en"):
            raise StepFailed("the screen is not in English")
    with stage.step("back-to-chinese"):
        stage.touch("lang", "zh")
        stage.touch("settings")
        stage.touch("set", "text=M")
        stage.touch("set", "contrast=default")
        stage.touch("resume")
        stage.expect("check")


def send(stage: Stage) -> None:
    with stage.step("send-by-voice") as detail:
        while stage.window.view.page_left:
            stage.touch("page", "1")
        detail.append(stage.speak("交上去"))
        stage.expect("receipt-saved")
        waiting = outbox_status(stage.terminal.store)
        if waiting["waiting"] + waiting["blocked"] != 1:
            raise StepFailed(f"the outbox does not hold one form: {waiting}")
        detail.append("kept, and it says that it is not delivered yet")
    with stage.step("nothing-readable-on-disk") as detail:
        if found := readable_files(stage):
            raise StepFailed(f"the visitor's answers can be read in {found}")
        detail.append("no file of the kiosk or the hall holds the ID, phone, card number or name")
    with stage.step("line-comes-back-delivered"):
        stage.switch_hall_on()
        stage.until("the form is delivered", lambda: stage.session.screen().name == "receipt-delivered", 60)


def be_helped(stage: Stage) -> None:
    clerk = stage.clerk()
    with stage.step("staff-notified"):
        stage.until("the call is on the board", lambda: bool(clerk.open_call()))
        call = clerk.open_call()
        clerk.post(f"/calls/{call}/seen")
        stage.until("the kiosk knows", lambda: stage.session.screen().help.state == "notified")
        stage.touch("help")
    with stage.step("staff-is-coming") as detail:
        clerk.post(f"/calls/{call}/acknowledge")
        stage.until("the kiosk says who is coming", lambda: STAFF in stage.speaker.said)
        if STAFF not in stage.session.screen().title:
            raise StepFailed("it does not show who is coming")
        detail.append(stage.session.screen().title)
    with stage.step("staff-done"):
        clerk.post(f"/calls/{call}/close")
        stage.until("the call is over", lambda: stage.session.screen().help.state == "idle")
        stage.touch("resume")


def ask_how_far(stage: Stage) -> None:
    number = stage.session.state.receipt_number
    with stage.step("another-errand"):
        stage.touch("another")
        stage.expect("home")
    with stage.step("receipt-number"):
        stage.touch("choose", "progress-query")
        stage.touch("next")
        stage.touch("answer", "receipt")
        stage.type(number)
    with stage.step("progress") as detail:
        stage.touch("next")
        stage.touch("ask")
        stage.until("the hall answered", lambda: stage.session.screen().name == "answer-found")
        detail.append(stage.session.screen().rows[-1].value)


def leave(stage: Stage) -> None:
    with stage.step("idle-warning"):
        stage.wait(121)
        stage.expect("idle")
    with stage.step("still-here"):
        stage.touch("still_here")
        stage.expect("answer-found")
    with stage.step("goodbye"):
        stage.touch("finish")
        stage.expect("goodbye")
    with stage.step("wiped") as detail:
        stage.wait(30)
        stage.expect("attract")
        delivered = outbox_status(stage.terminal.store)["delivered"]
        if stage.session.state.visit or stage.session.state.entry.text or readable_files(stage) or delivered != 1:
            raise StepFailed("something of the visitor is left, or the form was not delivered once")
        detail.append("nothing of the visitor is left; the form was delivered once")


def readable_files(stage: Stage) -> list[str]:
    """Files of kiosk and hall that hold an answer of the visitor as it was given."""
    visitor = stage.visitor
    return holding(stage, visitor.name, visitor.resident_id, visitor.phone, visitor.bank_card)


def holding(stage: Stage, *texts: str) -> list[str]:
    """Files of kiosk and hall that hold one of the texts."""
    secrets = [one.encode() for one in texts]
    files = [path for path in stage.work.rglob("*") if path.is_file()]
    return [path.name for path in files if any(secret in path.read_bytes() for secret in secrets)]


SCENES: tuple[Callable[[Stage], None], ...] = (
    arrive, answer, come_back_another_day, ask_for_help, finish_form, send, be_helped, ask_how_far, leave,
)  # fmt: skip
