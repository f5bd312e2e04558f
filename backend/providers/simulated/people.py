"""Invented people, the same ones for the same seed. Nobody of them lives anywhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.iso7064 import mod_11_2

AREA = "110105"  # as in all examples of this project
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"
_GIVEN = "秀兰桂英玉珍淑华凤芝翠莲建国德福永贵长根金水文成明山志忠春梅雪琴广才守义素芬兴旺"
_VILLAGES = (
    *("城关镇东街社区", "城关镇西关社区", "城关镇北门村", "清河镇河沿村", "清河镇大柳村"),
    *("石桥乡石桥村", "石桥乡王庄村", "柳林乡柳林村", "柳林乡山前村"),
)
_FIRST_BORN, _BORN_WITHIN_DAYS = date(1928, 1, 1), 14_600  # to 1967


@dataclass(frozen=True)
class Person:
    id_number: str
    full_name: str
    address: str
    phone: str
    mu: int
    """Hundredths of a mu of land; 0 for none."""


def people(many: int, seed: int) -> dict[str, Person]:
    """By ID number, in the order in which they were invented: fewer of them are the first of more."""
    dice, found = Random(seed), dict[str, Person]()
    while len(found) < many:
        one = _person(dice)
        found.setdefault(one.id_number, one)
    return found


def _person(dice: Random) -> Person:
    born = _FIRST_BORN + timedelta(days=dice.randrange(_BORN_WITHIN_DAYS))
    digits = f"{AREA}{born:%Y%m%d}{dice.randrange(1, 1000):03}"
    return Person(
        id_number=digits + mod_11_2.calc_check_digit(digits),
        full_name=dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, dice.choice((1, 2, 2)))),
        address=f"{dice.choice(_VILLAGES)}{dice.randrange(1, 200)}号",
        phone=f"1{dice.choice('3578')}{dice.randrange(10**9):09}",
        mu=dice.choice((0, 0, dice.randrange(50, 1500))),
    )
