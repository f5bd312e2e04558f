"""A quick walk through an errand: every question as it is before anything is put in, the check, and each end."""

from collections.abc import Iterator, Mapping

from forms import Field, Service
from forms.field import FOR_WHOM
from forms.people.agents import AGENT
from forms.repeats import member_of
from kiosk.state.draft import Draft
from kiosk.state.visit import Stage
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal


def glance(t: WalkedTerminal, service: Service, put_in: set[str] | None = None) -> Iterator[str]:
    """From the home screen back to it; at each step the session shows another screen. Answers are the examples.

    With `put_in`, the kinds of answers whose putting in was walked before, also that of each other kind.
    """
    session = t.session
    if service.query:
        yield from errands.service(t, service)
        return
    examples = {field.id: field.example for field in service.fields}
    session.do("choose", service.id)
    yield f"{service.id}:prerequisites"
    session.do("next")
    begun = session.draft()
    for at, field in enumerate(service.fields):
        opened = errands.opening(service, field.relevant)
        known = _fitting(t, service, examples | opened)
        open_still = {field.id, *(one.id for one in service.fields[at:] if one.whose == AGENT)}
        others = {name: answer for name, answer in known.items() if name not in open_still}
        session.restore(_at(begun, "question", field.id, others))
        yield f"{service.id}:question-{field.id}"
        session.do("explain")
        yield f"{service.id}:explain-{field.id}"
        if put_in is not None and (kind := _kind(t, field)) not in put_in:
            put_in.add(kind)
            session.do("resume")
            yield from errands.question(t, service, field, opened)
    outcomes = [errands.opening(service, outcome.relevant) for outcome in service.outcomes]
    agents = [errands.opening(service, field.relevant) for field in service.fields if field.of_agent][:1]
    for_another = [one for one in agents if put_in is not None and _known_first(service, one) not in put_in]
    for ends in ({}, *outcomes, *for_another):
        session.restore(_at(begun, "check", field.id, _fitting(t, service, examples | ends)))
        yield f"{service.id}:check"
        if put_in is not None and not ends:
            yield from errands.members(t, service)
        t.hall.offline, t.hall.state = True, "saved"
        session.do("send")
        if session.state.promise_is_open:
            yield from errands.promise(t, service.id)
        yield f"{service.id}:receipt-saved"
        t.hall.offline, t.hall.state = False, "delivered"
        session.tick()
        yield f"{service.id}:receipt-delivered"
        session.do("another")
        if put_in is not None and (first := _known_first(service, ends)) not in put_in:
            put_in.add(first)
            yield from errands.known(t, service)
        errands.leave(t)
        session.do("choose", service.id)
        session.do("next")
        begun = session.draft()
    session.restore(begun.model_copy(update={"location": "home", "visit": None}))


def _fitting(t: WalkedTerminal, service: Service, answers: dict[str, str]) -> dict[str, str]:
    """The answers, with the first choice that an earlier answer leaves where the example is none of them."""
    for field in service.fields:
        offered = [one.id for one in t.catalogue.choices(field, answers)] if field.choice_filter else []
        if offered and answers.get(field.id) not in offered:
            answers = answers | {field.id: offered[0]}
    return answers


def _known_first(service: Service, answers: Mapping[str, str]) -> str:
    """Whose answers are offered first when the errand is begun again; it stands beside the kinds of answers."""
    about = next((field for field in service.fields if field.topic not in ("", FOR_WHOM)), None)
    asks = next((field for field in service.fields if field.topic == FOR_WHOM), None)
    for_whom = answers.get(asks.id, asks.example) if asks else ""
    return f"known, {member_of(about) if about else about}, {for_whom}"


def _kind(t: WalkedTerminal, field: Field) -> str:
    """What decides how the question on the screen is answered: of a date, its example too, to which it is walked."""
    if t.session.state.entry.search:
        return f"{field.type}, searched in {field.choices_from}"
    if field.type == "date":
        return f"{field.type}, {field.example}"
    whose = ", of the agent" if field.whose == AGENT else ", told" if field.told_by else ""
    return field.type + whose


def _at(begun: Draft, stage: Stage, field_id: str, answers: Mapping[str, str]) -> Draft:
    """The visit at that question, or at its check, with these answers."""
    assert begun.visit is not None
    then = {"stage": stage, "field": field_id, "answers": answers, "typed": answers, "done": tuple(answers)}
    same_form = {"definition": ""}  # nobody has to compare it with that of today
    return begun.model_copy(update={"visit": begun.visit.model_copy(update=then | same_form)})
