"""A quick walk through an errand: every question as it is before anything is put in, the check, and each end."""

from collections.abc import Iterator, Mapping

from forms import Service
from forms.expressions.references import satisfied_by
from kiosk.state.draft import Draft
from kiosk.state.visit import Stage
from kiosk.walk import errands
from kiosk.walk.walked_terminal import WalkedTerminal


def glance(t: WalkedTerminal, service: Service) -> Iterator[None]:
    """From the home screen back to it; at each step the session shows another screen. Answers are the examples."""
    session = t.session
    if service.query:
        yield from (None for _ in errands.service(t, service))
        return
    examples = {field.id: field.example for field in service.fields}
    session.do("choose", service.id)
    yield
    session.do("next")
    begun = session.draft()
    for field in service.fields:
        session.restore(_at(begun, "question", field.id, examples | satisfied_by(field.relevant)))
        yield
        session.do("explain")
        yield
        session.do("resume")
    for ends in ({}, *(satisfied_by(outcome.relevant) for outcome in service.outcomes)):
        session.restore(_at(begun, "check", field.id, examples | ends))
        yield
        t.hall.offline, t.hall.state = True, "saved"
        session.do("send")
        if session.state.promise_is_open:
            yield from (None for _ in errands.promise(t, service))
        yield
        t.hall.offline, t.hall.state = False, "delivered"
        session.tick()
        yield
        session.do("another")
        session.do("choose", service.id)
        session.do("next")
        begun = session.draft()
    session.restore(begun.model_copy(update={"location": "home", "visit": None}))


def _at(begun: Draft, stage: Stage, field_id: str, answers: Mapping[str, str]) -> Draft:
    """The visit at that question, or at its check, with everything before it answered."""
    assert begun.visit is not None
    visit = begun.visit.model_copy(
        update={"stage": stage, "field": field_id, "answers": answers, "typed": answers, "done": tuple(answers)}
    )
    return begun.model_copy(update={"visit": visit})
