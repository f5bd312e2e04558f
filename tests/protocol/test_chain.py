from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.chain import START, BadEntry, Entry, Head, after, first_bad, told_of_pruning


def chain(count: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(count):
        entries.append(after(entries[-1].head if entries else START, {"who": "李芳", "detail": str(number)}))
    return entries


def sequence_of(bad: BadEntry | None) -> int | None:
    return bad.sequence if bad else None


def test_a_whole_chain_meets_the_heads_that_others_hold() -> None:
    entries = chain(5)
    assert first_bad(entries, [entries[1].head, entries[4].head]) is None
    assert first_bad([]) is None


@pytest.mark.parametrize("place", range(5))
def test_the_first_record_that_was_changed_slipped_out_or_put_in_is_named(place: int) -> None:
    entries, head = chain(5), chain(5)[-1].head
    changed = [
        replace(one, record={**one.record, "who": "王强"}) if one.sequence == place + 1 else one for one in entries
    ]
    assert sequence_of(first_bad(changed)) == place + 1
    assert sequence_of(first_bad(entries[:place] + entries[place + 1 :], [head])) == place + 1
    doubled = entries[: place + 1] + entries[place:]
    assert sequence_of(first_bad(doubled)) == place + 2
    if place < 4:
        swapped = [*entries[:place], entries[place + 1], entries[place], *entries[place + 2 :]]
        assert sequence_of(first_bad(swapped)) == place + 1


def test_a_chain_made_anew_does_not_meet_the_heads() -> None:
    entries = chain(5)
    forged = [after(START, {"who": "王强"})]
    for one in entries[1:]:
        forged.append(after(forged[-1].head, one.record))
    assert first_bad(forged) is None  # by itself it is whole
    assert sequence_of(first_bad(forged, [entries[2].head])) == 3


def test_a_cut_tail_shows_by_a_head_held_elsewhere() -> None:
    entries = chain(5)
    assert first_bad(entries[:3]) is None
    assert first_bad(entries[:3], [entries[4].head], to_the_end=False) is None  # more of it is still to come
    bad = first_bad(entries[:3], [entries[4].head])
    assert bad == BadEntry(4, "The end is cut: record 5 was known elsewhere, the chain ends at 3.")


def test_two_heads_of_one_place_cannot_both_be_right() -> None:
    entries = chain(2)
    assert sequence_of(first_bad(entries, [entries[1].head, Head(2, "f" * 64)])) == 2


def test_a_chain_whose_beginning_was_pruned_goes_on_from_there() -> None:
    entries = chain(5)
    start = entries[1].head
    entries.append(after(entries[-1].head, {"action": "prune", "detail": told_of_pruning(start)}))
    assert first_bad(entries[2:], [one.head for one in entries[:5]], start) is None
    assert sequence_of(first_bad(entries[2:], start=Head(2, "f" * 64))) == 3
    assert sequence_of(first_bad(entries[2:5], start=start)) == 2  # nobody says that it was pruned
    assert first_bad(entries[2:5], start=start, to_the_end=False) is None  # yet
    others = (
        {"action": "open", "detail": told_of_pruning(start)},
        {"action": "prune", "detail": told_of_pruning(START)},
    )
    for record in others:
        assert sequence_of(first_bad([*entries[2:5], after(entries[4].head, record)], start=start)) == 2


@given(st.data())
def test_whatever_is_done_to_a_chain_is_seen_by_who_holds_its_head(data: st.DataObject) -> None:
    entries = chain(data.draw(st.integers(1, 8)))
    head, place = entries[-1].head, data.draw(st.integers(0, len(entries) - 1))
    record = data.draw(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2))
    changed = replace(entries[place], record=record)
    forged = after(entries[place - 1].head if place else START, record)
    instead = data.draw(st.sampled_from([[], [changed], [forged], [entries[place], entries[place]]]))
    assert first_bad([*entries[:place], *instead, *entries[place + 1 :]], [head]) is not None


def test_the_hash_is_the_same_everywhere() -> None:
    """A known answer: kiosks and halls of all versions must agree."""
    first = after(START, {"who": "李芳", "action": "open"})
    assert first.hash == "812d81eb4654d7c348eeb75d7f4eea56e891ee9c8f7a44fabfcd02e508d631d6"
