"""How often one may guess an address, by where the guesses come from and in all. In the memory of one process."""

from dataclasses import dataclass, field
from ipaddress import ip_address
from math import ceil

from backend.foundation.rates import Rate

_V6_HOME = 64  # bits that one household has; below them it can take any address it likes


@dataclass
class Guesses:
    of_one: Rate = field(default_factory=lambda: Rate(burst=10, every_s=30))
    in_all: Rate = field(default_factory=lambda: Rate(burst=300, every_s=0.2))

    def take(self, address: str, now: float) -> int:
        """0: look, and it counts as a guess. Else the seconds to wait. What turns out right is given back."""
        wait_s = self.of_one.take(home(address), now)  # whom this stops does not use up what all have
        return ceil(wait_s or self.in_all.take("all", now))

    def give_back(self, address: str) -> None:
        self.of_one.give_back(home(address))
        self.in_all.give_back("all")


def home(address: str) -> str:
    """Whose address it is: of IPv6 the network, as one household has all addresses in it."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(int(found) >> (128 - _V6_HOME))
