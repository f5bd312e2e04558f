"""Where somebody stood at a kiosk, in words."""

from backend.foundation.words import words_of
from backend.hall.hall import Hall
from protocol.wire import Words


def screen_words(hall: Hall, screen: str, service_id: str | None) -> Words:
    """A screen's name, such as "home" or "question-phone", in words; one without words stays as it is."""
    kind, _, field_id = screen.partition("-")
    words = hall.page_words.get(f"screen.{kind}", Words(zh=screen, en=screen))
    service = hall.catalogue.services.get(service_id or "")
    if service and service.asks(field_id):
        label = words_of(service.field(field_id).label)
        return Words(zh=f"{words.zh}：{label.zh}", en=f"{words.en}: {label.en}")
    return words
