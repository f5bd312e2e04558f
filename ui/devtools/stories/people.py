"""The people of the stories: who comes, and who helps."""

import random
from dataclasses import dataclass

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

STAFF = "李敏"
NAMES = ("王秀英", "李桂兰", "张玉珍", "刘建国", "陈德明", "赵凤英")


@dataclass(frozen=True)
class Persona:
    """A visitor who does not exist: every number is made up, with a right check digit."""

    name: str
    resident_id: str
    phone: str
    bank_card: str

    @classmethod
    def made_up(cls, seed: int) -> "Persona":
        chance = random.Random(seed)
        born = f"{chance.randint(1931, 1944)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
        body = f"110105{born}{chance.randint(0, 999):03}"
        card = f"622202{chance.randint(0, 10**12 - 1):012}"
        return cls(
            name=chance.choice(NAMES),
            resident_id=body + mod_11_2.calc_check_digit(body),
            phone=f"138{chance.randint(0, 10**8 - 1):08}",
            bank_card=card + luhn.calc_check_digit(card),
        )

    @property
    def wrong_resident_id(self) -> str:
        """The same with one digit changed, so that its check digit is wrong."""
        wrong = str((int(self.resident_id[16]) + 1) % 10)
        return self.resident_id[:16] + wrong + self.resident_id[17]
