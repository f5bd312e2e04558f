"""Answers of a repeat as a list of objects, as people write them in JSON: `"members": [{"name": "…"}, …]`."""

from collections.abc import Mapping

from forms.repeats import MORE, Repeat
from forms.service import Service


def flat(service: Service, answers: Mapping[str, object]) -> dict[str, object]:
    """The answers under the ids of questions: `members.1.name`. How long a list is says whether there is one more."""
    found: dict[str, object] = {}
    for name, value in answers.items():
        if name in service.repeats and isinstance(value, list):
            found |= _flat(service.repeats[name], value)
        else:
            found[name] = value
    return found


def nested(service: Service, answers: Mapping[str, str], like: Mapping[str, object]) -> dict[str, object]:
    """Flat answers in the shape in which `like` was given."""
    lists = [(one, given) for name, one in service.repeats.items() if isinstance(given := like.get(name), list)]
    found: dict[str, object] = {
        name: value for name, value in answers.items() if not any(repeat.holds(name) for repeat, _ in lists)
    }
    for repeat, given in lists:
        places = range(1, min(len(given), repeat.max) + 1)
        found[repeat.id] = [_of_member(repeat, place, answers) for place in places]
    return found


def _flat(repeat: Repeat, members: list[object]) -> dict[str, object]:
    found: dict[str, object] = {
        repeat.more_id(place): "yes" if place < len(members) else "no"
        for place in range(repeat.min, min(len(members) + 1, repeat.max))
    }
    for place, member in enumerate(members, 1):
        if isinstance(member, dict):
            found |= {f"{repeat.id}.{place}.{name}": value for name, value in member.items()}
        else:
            found[f"{repeat.id}.{place}"] = member  # which is no question, and is told so
    return found


def _of_member(repeat: Repeat, place: int, answers: Mapping[str, str]) -> dict[str, str]:
    of_one = [field for field in repeat.of_member(place) if field.id in answers and field.own_id != MORE]
    return {field.own_id: answers[field.id] for field in of_one}
