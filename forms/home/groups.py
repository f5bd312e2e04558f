"""How the home screen sorts services: assets/groups.yaml."""

from forms.texts import GroupId, Phrases, Strict, Text


class ServiceGroup(Strict):
    """One group; those of a lower `order` come first."""

    order: int = 100
    """Where it stands: the lower comes first."""
    icon: str
    """The picture on its button: a file of `icons/`, without `.svg`."""
    title: Text
    """Its name on the home screen."""
    phrases: Phrases
    """What may be said instead of touching it."""


class Groups(Strict):
    """The groups of the home screen."""

    groups: dict[GroupId, ServiceGroup]
    """Each group by its name."""
