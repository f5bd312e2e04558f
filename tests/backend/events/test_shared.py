"""Many pages ask at the same moment: the hall works it out once, and nobody gets what was before they asked."""

import asyncio

from backend.events.shared import Shared


def test_who_asks_together_gets_the_same_and_who_asks_later_something_newer() -> None:
    made: list[int] = []

    def work() -> int:
        made.append(len(made))
        return made[-1]

    async def story() -> None:
        shared = Shared(work, 0.05)
        together = await asyncio.gather(*(shared.get() for _ in range(200)))
        assert [told for _, told in together] == [0] * 200
        later = await asyncio.gather(*(shared.get() for _ in range(200)))
        assert [told for _, told in later] == [1] * 200
        assert later[0][0] - together[0][0] >= 0.05

    asyncio.run(story())
    assert made == [0, 1]


def test_what_cannot_be_worked_out_is_tried_again_for_the_next() -> None:
    tried: list[int] = []

    def work() -> int:
        tried.append(1)
        return 1 // (len(tried) - 1)

    async def story() -> None:
        shared = Shared(work, 0.0)
        failed = await asyncio.gather(shared.get(), shared.get(), return_exceptions=True)
        assert [type(one) for one in failed] == [ZeroDivisionError] * 2
        assert (await shared.get())[1] == 1

    asyncio.run(story())
