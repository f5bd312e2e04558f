"""What the hall has answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms import Text


@dataclass(frozen=True)
class AnswerLine:
    """One line of an answer; `aloud` is said of it when the answer opens, all of it when it is touched.

    What is `private` is said to who wears the headset alone.
    """

    label: Text
    value: Text
    aloud: tuple[Text, ...] = ()
    private: bool = False


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
    the `title` names it in {number}.
    """

    title: str
    lines: tuple[AnswerLine, ...]
    nothing: str = "answer.none_line"
    more: str = ""
    number: str = ""
    look: str = "answer.look"
