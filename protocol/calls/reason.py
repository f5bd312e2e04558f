"""What staff read of a call: what they have to do there, one matter after another. It names no person."""

BETWEEN = "；"  # two matters of one call
ONE_MORE = "再一张："  # before a matter that another form has brought already


def with_matter(reason: str, matter: str, *, of_a_form: bool) -> str:
    """The reason of an open call with a `matter` added: another form's always, that of a press for help once."""
    if matter in reason:
        return f"{reason}{BETWEEN}{ONE_MORE}{matter}" if matter and of_a_form else reason
    return f"{reason}{BETWEEN}{matter}" if reason else matter
