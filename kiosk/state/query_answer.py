"""What the hall has answered."""

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
