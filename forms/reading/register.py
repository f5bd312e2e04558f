"""Which checks of a county count: those that its hall has registered, each by the hash of all that it says."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Register:
    """`rules` has the hashes of each service; `hint`: one sentence on what to do about a check that is not there."""

    rules: Mapping[str, Collection[str]] = field(default_factory=dict)
    hint: str = "A lead or an admin registers it at the hall: hall rules register FOLDER."

    def has(self, service_id: str, digest: str) -> bool:
        return digest in self.rules.get(service_id, ())
