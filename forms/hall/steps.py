"""Where a form stands for the person who sent it, and who does what next."""

from enum import StrEnum

from protocol.wire import ProgressStatus, Words


class Standing(StrEnum):
    """The statuses that staff choose, and what has become of a form otherwise."""

    RECEIVED = ProgressStatus.RECEIVED.value
    IN_REVIEW = ProgressStatus.IN_REVIEW.value
    NEEDS_MATERIAL = ProgressStatus.NEEDS_MATERIAL.value
    DONE = ProgressStatus.DONE.value
    TAKEN_BACK = "taken_back"  # by the person, or by staff for them
    REPLACED = "replaced"  # staff have taken a correction in its place
    NOT_GRANTED = "not_granted"  # a person has decided against it
    DECIDED = "decided"  # what somebody is told of either, who has shown nothing but its number
    TAKEN_UP = "taken_up"  # it was decided, and staff look at it again
    CORRECTION = "correction"  # of another form, and staff have not looked at it yet


StandingWords = dict[Standing, Words]
