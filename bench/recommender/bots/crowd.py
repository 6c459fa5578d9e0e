"""Many bots, each with an app of its own, in front of one server."""

import asyncio
import contextlib
import dataclasses
import json
import time
from collections.abc import Awaitable, Callable

from bench.recommender import world
from bench.recommender.bots.app import App, Times
from bench.recommender.bots.http import Browser


@dataclasses.dataclass(frozen=True)
class Shown:
    """A video in front of a bot."""

    bot: int
    video_id: str
    at: float  # by time.perf_counter
    matches: bool
    watched_s: float
    topics: tuple[int, ...]  # of ours, as the server says


@dataclasses.dataclass
class Crowd:
    """What became of a crowd."""

    visits: list[world.Visit]
    times: Times
    shown: list[Shown]
    seconds: float


@dataclasses.dataclass(frozen=True)
class Wishes:
    """How a crowd goes about it."""

    swipes: int
    at_once: int  # bots
    pace: float = 0  # of its watch time, so much a bot really waits
    comes_and_goes: bool = False  # the first ones leave one after another, as if they had been there before
    never: tuple[int, ...] = ()  # a topic of ours for each bot, which it turns to Never

    def swipes_of(self, number: int) -> int:
        """How many swipes a bot makes."""
        is_early = self.comes_and_goes and number < self.at_once
        return max(1, self.swipes * (number + 1) // self.at_once) if is_early else self.swipes


@dataclasses.dataclass(frozen=True)
class Turn:
    """Something that happens once, while all go on."""

    after: int  # swipes of all bots together
    do: Callable[[], Awaitable[None]]


def run(port: int, bots: list[world.Bot], places: dict[str, int], wishes: Wishes, turn: Turn | None = None) -> Crowd:
    """Let bots swipe.

    Args:
        port: of the server.
        bots: who.
        places: a video's id as the server says it → its place in the world.
        wishes: how.
        turn: what happens meanwhile.
    """
    return asyncio.run(_run(port, bots, places, wishes, turn))


async def _run(port: int, bots: list[world.Bot], places: dict[str, int], wishes: Wishes, turn: Turn | None) -> Crowd:
    crowd, gate = Crowd([], Times(), [], 0), asyncio.Semaphore(wishes.at_once)

    async def one(number: int) -> world.Visit:
        async with gate:
            app = App(port, crowd.times)
            try:
                await app.open()
                if wishes.never:
                    await app.never(wishes.never[number])
                return await _visit(app, bots[number], number, places, wishes, crowd, turn)
            finally:
                await app.browser.close()

    since = time.perf_counter()
    looking = asyncio.create_task(_look_at_age(port, crowd.times))
    crowd.visits += await asyncio.gather(*(one(number) for number in range(len(bots))))
    crowd.seconds = time.perf_counter() - since
    looking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await looking
    return crowd


async def _look_at_age(port: int, times: Times) -> None:
    """Ask each second what the server says of its weights; nothing is noted before it has some."""
    browser = Browser(port)
    try:
        while True:
            engine = json.loads(await browser.ask("GET", "/transparency/engine.json"))
            if engine["learnt_to_s"] is not None:
                times.ages.append(engine["learnt_to_s"])
            await asyncio.sleep(1)
    finally:
        await browser.close()


async def _visit(
    app: App,
    bot: world.Bot,
    number: int,
    places: dict[str, int],
    wishes: Wishes,
    crowd: Crowd,
    turn: Turn | None,
) -> world.Visit:
    visit = world.Visit()
    for index in range(wishes.swipes_of(number)):
        item = await app.activate(index)
        if item is None:
            crowd.times.errors.append(f"bot {number}: nothing more at {index}")
            break
        bot.turn()
        place = places[item["id"]]
        ratio = bot.watch(place)
        app.watch(item, ratio)
        visit.note(bot, place, ratio)
        topics = tuple(topic["id"] for topic in item["topics"])
        watched_s = visit.watched_s[-1]
        crowd.shown.append(Shown(number, item["id"], time.perf_counter(), bot.likes(place), watched_s, topics))
        if turn is not None and len(crowd.shown) == turn.after:
            await turn.do()
        if wishes.pace:
            await asyncio.sleep(wishes.pace * watched_s)
    await app.leave()
    return visit
