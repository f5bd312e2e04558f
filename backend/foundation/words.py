"""A text of the data files as what the staff page and kiosks are told."""

from forms import Text
from protocol.wire import Words


def words_of(text: Text) -> Words:
    """As it is written, in both languages."""
    return Words(zh=text.zh, en=text.en)
