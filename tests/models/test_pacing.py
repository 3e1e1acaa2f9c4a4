import asyncio
import time

import pytest

from promptgate.models.limiter import START
from promptgate.models.pacing import LANES, Lanes, Room


def test_room_admits_only_as_many_as_the_limit_and_in_order():
    async def scene():
        room, inside, order, most = Room(100, 1), 0, [], 0

        async def guest(number):
            nonlocal inside, most
            await room.enter()
            inside += 1
            most = max(most, inside)
            order.append(number)
            await asyncio.sleep(0)
            inside -= 1
            room.leave()

        await asyncio.gather(*(guest(number) for number in range(50)))
        return order, most

    order, most = asyncio.run(scene())
    assert order == list(range(50))
    assert most == START


def test_room_is_not_lost_when_one_who_waits_is_cancelled():
    """A turn given to a task that is being cancelled must go to the next."""

    async def scene():
        room = Room(1, 1)
        await room.enter()
        waiting = [asyncio.create_task(room.enter()) for _ in range(3)]
        await asyncio.sleep(0)
        room.leave()
        waiting[0].cancel()
        waiting[1].cancel()
        await asyncio.wait_for(waiting[2], 1)
        room.leave()
        await asyncio.wait_for(room.enter(), 1)

    asyncio.run(scene())


def test_room_sends_nothing_while_an_allowance_is_used_up():
    async def scene():
        room = Room(10, longest_pause=0.2)
        headers = {
            "anthropic-ratelimit-requests-remaining": "0",
            "anthropic-ratelimit-requests-reset": "2100-01-01T00:00:00Z",
        }
        room.learn(congested=False, headers=headers)
        begun = time.monotonic()
        await room.enter()
        return time.monotonic() - begun

    assert 0.2 <= asyncio.run(scene()) < 2


def test_lanes_return_each_result_to_its_caller_and_raise_its_error():
    async def scene():
        lanes: Lanes[int] = Lanes()

        def work(number):
            time.sleep(0.001)
            if number == 13:
                raise OSError("full")
            return number

        outcomes = await asyncio.gather(
            *(lanes.run(lambda n=n: work(n)) for n in range(40)), return_exceptions=True
        )
        await lanes.close()
        return outcomes

    outcomes = asyncio.run(scene())
    assert isinstance(outcomes.pop(13), OSError)
    assert outcomes == [n for n in range(40) if n != 13]


def test_lanes_finish_what_was_handed_over_when_the_caller_is_cancelled():
    """An answer that was paid for reaches the disk even while the run is being stopped."""

    async def scene():
        lanes: Lanes[None] = Lanes()
        done: list[int] = []

        def work(number):
            time.sleep(0.01)
            done.append(number)

        tasks = [asyncio.create_task(lanes.run(lambda n=n: work(n))) for n in range(3 * LANES)]
        await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await lanes.close()
        with pytest.raises(asyncio.CancelledError):
            await tasks[0]
        return done

    assert sorted(asyncio.run(scene())) == list(range(3 * LANES))
