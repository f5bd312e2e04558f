"""Where the pages of a list end."""

from PySide6.QtCore import QRect

from ui.layout.boxes import Space
from ui.layout.paged import Page, Paged, PagedItem

ROW = 100  # pixels


def pages(headings: set[int], many: int, on_page: int) -> list[tuple[int, int]]:
    """The first thing of each page and the first that is not on it."""
    shown: list[Page] = []
    items = [PagedItem(Space(ROW), (), with_next=at in headings) for at in range(many)]
    room, first, found = QRect(0, 0, 500, (on_page + 1) * ROW), 0, []
    while True:
        Paged(items, 1, 0, 0, many, PagedItem(Space(ROW), ()), shown.append, first).place(room)
        page = shown[-1]
        found.append((page.first, page.until))
        if page.number == page.pages:
            return found
        first = page.turned(1).first


def test_a_heading_goes_to_the_page_of_what_it_heads() -> None:
    assert pages({3, 7}, many=10, on_page=4) == [(0, 3), (3, 7), (7, 10)]


def test_other_pages_are_full() -> None:
    assert pages({0, 5}, many=10, on_page=4) == [(0, 4), (4, 8), (8, 10)]


def test_where_one_thing_has_room_pages_still_end() -> None:
    assert pages({0, 1}, many=3, on_page=1) == [(0, 1), (1, 2), (2, 3)]
