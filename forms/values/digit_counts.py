"""How many digits a number has and should have, in words: 要十八位, 填了十四位, 还差四位."""

from dataclasses import dataclass

TOO_FEW, TOO_MANY = "too_few_digits", "too_many_digits"  # error codes of every kind of number
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class DigitCount:
    """How many digits a number has, at least and at most."""

    least: int
    most: int

    def problem(self, value: str) -> str | None:
        """The error code of a number that is too short or too long."""
        if len(value) < self.least:
            return TOO_FEW
        return TOO_MANY if len(value) > self.most else None

    def in_words(self, value: str, lang: str) -> dict[str, str]:
        """What messages say of it: {length} and its bounds {least} and {most}; how many digits there are ({count}), are
        {missing}, are {surplus}, have {room}."""
        count = len(value)
        numbers = {
            "least": self.least,
            "most": self.most,
            "count": count,
            "missing": max(0, self.least - count),
            "surplus": max(0, count - self.most),
            "room": max(0, self.most - count),
        }
        words = {name: in_words(number, lang) for name, number in numbers.items()}
        to = "到" if lang == "zh" else " to "
        length = words["most"] if self.least == self.most else f"{words['least']}{to}{words['most']}"
        return {"length": length, **words}


def in_words(number: int, lang: str) -> str:
    """A number before 位: 两, 十四, 二十一; in English as a figure. From 100 on a figure too."""
    if lang != "zh" or number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    if number == 2:
        return "两"
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
