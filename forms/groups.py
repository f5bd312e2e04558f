"""How the home screen sorts services: assets/groups.yaml."""

from forms.texts import GroupId, Phrases, Strict, Text


class ServiceGroup(Strict):
    """One group; those of a lower `order` come first."""

    order: int = 100
    icon: str
    title: Text
    phrases: Phrases


class Groups(Strict):
    groups: dict[GroupId, ServiceGroup]
