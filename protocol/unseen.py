"""Characters that have no place in a name or a line that people read."""

import re

# Control characters, and those that nobody sees or that turn the direction of writing, as a set of a pattern.
UNSEEN = r"\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"


def without_unseen(text: str) -> str:
    return re.sub(f"[{UNSEEN}]", "", text)
