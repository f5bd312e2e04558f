"""Forms filled in at random: mostly right answers, some left out, some that nobody should give."""

from random import Random

from forms import Catalogue, Field, Service

ODD = ("", " ", "x", "0", "-1", "３", "䶮𠮷", "王\u200b五", "\u202e", "9" * 40, "2026-02-30", "none", "yes", "no")
AMOUNTS = ("0", "100", "880.01", "1033", "1034", "30000", "200000")
DAYS = ("2026-11-01", "2026-11-23", "2026-12-01", "2024-02-29", "2027-06-01")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def random_answers(catalogue: Catalogue, service: Service, random: Random) -> dict[str, str]:
    odd = random.choice((0.0, 0.0, 0.1))
    answers: dict[str, str] = {}
    for field in service.possible_fields:
        if random.random() >= odd:
            answers[field.id] = _right(catalogue, field, answers, random)
        elif random.random() < 0.7:
            answers[field.id] = random.choice(ODD)
    return answers


def resident_id(random: Random) -> str:
    """Of somebody of no age to a hundred."""
    born = f"{random.randint(1926, 2025)}{random.randint(1, 12):02}{random.randint(1, 28):02}"
    number = f"110105{born}{random.randint(0, 999):03}"
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=True))
    return number + "10X98765432"[total % 11]


def _right(catalogue: Catalogue, field: Field, answers: dict[str, str], random: Random) -> str:
    if field.type == "resident_id":
        before = [answer for answer in answers.values() if len(answer) == 18]
        return random.choice(before) if before and random.random() < 0.2 else resident_id(random)
    choices = [choice.id for choice in catalogue.choices(field, answers)]
    if field.type == "multiple_choice":
        return " ".join(random.sample(choices, random.randint(1, min(3, len(choices)))))
    some = {"amount": AMOUNTS, "date": DAYS}.get(field.type, choices)
    return random.choice(some) if some else field.example
