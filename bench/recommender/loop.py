"""One bot in front of one feed, without a server: what is chosen, what is watched, and what the feed hears of it."""

from collections import deque
from typing import Protocol

from bench.recommender import world


class Feed(Protocol):
    """Something that chooses videos for one viewer."""

    def pick(self, count: int) -> list[int]:
        """The next videos, in order, never one twice; fewer only when there are no more."""

    def learn(self, video: int, reward: float) -> None:
        """A video that was picked has been watched: `reward` is the share of it, 0 … 1, as the server reckons it."""


def visit(feed: Feed, bot: world.Bot, *, swipes: int = world.SWIPES, page: int = 1, ahead: int = 0) -> world.Visit:
    """Let a bot swipe.

    Args:
        feed: new, or one that knows the bot already.
        bot: whose taste nobody knows.
        swipes: how many.
        page: so many videos are chosen at once.
        ahead: so many chosen videos wait to be watched while more are chosen; `world.CLIENT_AHEAD` in the web client.
    """
    seen, waiting = world.Visit(), deque[int]()
    for _ in range(swipes):
        while len(waiting) <= ahead and (picks := feed.pick(page)):
            waiting += picks
        if not waiting:
            break
        video = waiting.popleft()
        bot.turn()
        ratio = bot.watch(video)
        seen.note(bot, video, ratio)
        feed.learn(video, min(ratio, world.REWARD_AT) / world.REWARD_AT)
    return seen
