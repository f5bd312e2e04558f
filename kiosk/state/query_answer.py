"""What the hall has answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from forms import Text
from protocol.levels import By


@dataclass(frozen=True)
class LackingPaper:
    """A paper that a form lacks; `brought`: the person has said that it is here."""

    field: str
    label: Text
    brought: bool = False


@dataclass(frozen=True)
class AnswerLine:
    """One line of an answer; `aloud` is said of it when the answer opens, all of it when it is touched.

    What is `private` is said to who wears the headset alone.
    """

    label: Text
    value: Text
    aloud: tuple[Text, ...] = ()
    private: bool = False
    form: UUID | None = None  # leads to its own page


@dataclass(frozen=True)
class OwnForm:
    """A form that was sent, for who has shown that it is theirs, `by` what they have shown at `seen_at` (seconds of the
    clock of kiosk.session); `proof` is that of protocol.after_sending.OwnFormRequest.

    `state` and `next` are the hall's words, None for a form of this very visit; `ruling` is how a person has decided on
    it: why, what can be done against it, by which rule, who decided and when; () for nobody yet. `take_back` is the id
    under which it is taken back: pressed again after a crash or twice, it is one request.
    """

    submission: UUID
    number: str
    service_id: str
    title: Text
    by: By
    state: Text | None = None
    next: Text | None = None
    may_change: bool = True
    papers: tuple[LackingPaper, ...] = ()
    proof: Mapping[str, str] = field(default_factory=dict, repr=False)
    seen_at: float = 0.0
    take_back: UUID = field(default_factory=uuid4)
    ruling: tuple[AnswerLine, ...] = ()


@dataclass(frozen=True)
class Left:
    """How many are left of the choices of a question that is `offered_by` a query, by the choice's id.

    `counts` is None while the hall is asked, and empty where nobody tells.
    """

    field: str
    counts: Mapping[str, int] | None = None


@dataclass(frozen=True)
class QueryAnswer:
    """`title`, `nothing` and `more` are text keys; `nothing` is said when there are no lines: nothing was found;
    `look` is the button that leads back from there.

    `more` says what else there is to know, and how; "" for nothing. A `number` is taken home on paper, as a receipt is:
    the `title` names it in {number}. `forms` are those that lead to a page of their own. `answered` is the number of a
    work order to which this is the answer: it can be taken home on paper.
    """

    title: str
    lines: tuple[AnswerLine, ...]
    nothing: str = "answer.none_line"
    more: str = ""
    number: str = ""
    look: str = "answer.look"
    forms: tuple[OwnForm, ...] = ()
    answered: str = ""
