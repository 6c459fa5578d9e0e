"""What the bots are and what happens to them, one function for each variant; each prints what is its own."""

import asyncio
import collections
import dataclasses
import time

import numpy as np

from bench.recommender import world
from bench.recommender.bots import crowd
from bench.recommender.bots.crowd import Crowd, Shown, Wishes
from revue.recommender.engine.formula import FORMULA

ACTIVE = 20  # bots at a time while a video is born; one goes and another comes
BORN_AFTER = 400  # swipes of all of them


@dataclasses.dataclass(frozen=True)
class Setting:
    """A world, its bots, and how they go about it."""

    made: world.World
    numbers: range  # of the bots
    swipes: int
    at_once: int
    pace: float
    places: dict[str, int] = dataclasses.field(default_factory=dict)  # a video's id as the server says it → its place
    port: int = 0

    def at(self, port: int) -> "Setting":
        """The same in front of a server."""
        return dataclasses.replace(self, port=port)

    @property
    def wishes(self) -> Wishes:
        """How the bots go about it."""
        return Wishes(self.swipes, self.at_once, self.pace)

    def bots(self, course: world.Course = world.Course.STEADY) -> list[world.Bot]:
        """The bots, new."""
        return [world.Bot(self.made, number, course=course) for number in self.numbers]


def filled(setting: Setting) -> Setting:
    """The setting with its world in the tables of the instance that Django is set up for."""
    from bench.recommender.bots import fill  # noqa: PLC0415 - models exist only now
    from revue.platform import ids  # noqa: PLC0415
    from revue.recommender import vectors  # noqa: PLC0415

    began = time.perf_counter()
    put = fill.fill(setting.made, means=vectors.model().means)
    print(f"{len(put.ids):,} videos by {len(put.authors):,} authors in {time.perf_counter() - began:.0f} s", flush=True)
    return dataclasses.replace(setting, places={ids.to_short(one): at for at, one in enumerate(put.ids)})


def steady(setting: Setting) -> Crowd:
    """Two topics from the first swipe to the last."""
    return crowd.run(setting.port, setting.bots(), setting.places, setting.wishes)


def drift(setting: Setting) -> Crowd:
    """Other topics from `world.CHANGED_AT` on."""
    return crowd.run(setting.port, setting.bots(world.Course.DRIFT), setting.places, setting.wishes)


def sated(setting: Setting) -> Crowd:
    """The topics are swiped away from `world.CHANGED_AT` on."""
    return crowd.run(setting.port, setting.bots(world.Course.SATED), setting.places, setting.wishes)


def crowded(setting: Setting) -> Crowd:
    """All at once."""
    wishes = dataclasses.replace(setting.wishes, at_once=len(setting.numbers))
    return crowd.run(setting.port, setting.bots(), setting.places, wishes)


def niche(setting: Setting) -> Crowd:
    """One topic is a thousandth of the catalogue, the other one as usual."""
    bots = setting.bots()
    for bot in bots:
        bot.secrets = {world.TOPICS, min(bot.secrets)}
    found = crowd.run(setting.port, bots, setting.places, setting.wishes)
    of_it = [np.flatnonzero(setting.made.topics[visit.shown] == world.TOPICS) for visit in found.visits]
    counts = [len(places) for places in of_it]
    firsts = [places[0] + 1 if len(places) else np.inf for places in of_it]
    p50, p90 = np.percentile(firsts, [50, 90], method="higher")
    print(
        f"of the {world.NICHE_VIDEOS} videos of the niche half of the bots were shown {np.median(counts):.0f} or more "
        f"({min(counts)} to {max(counts)}); the first one at swipe {p50:.0f} (p90 {p90:.0f})"
    )
    return found


def never(setting: Setting) -> Crowd:
    """Each bot turns the topic of ours to Never that one of its secret topics is told as."""
    from bench.recommender.bots import fill  # noqa: PLC0415 - models exist only now

    bots = setting.bots()
    topics = tuple(fill.topic_of(min(bot.secrets)) for bot in bots)
    found = crowd.run(setting.port, bots, setting.places, dataclasses.replace(setting.wishes, never=topics))
    unwanted = [one for one in found.shown if topics[one.bot] in one.topics]
    told = [fill.topic_of(int(setting.made.topics[setting.places[one.video_id]])) for one in found.shown]
    truly = sum(topic == topics[one.bot] for topic, one in zip(told, found.shown, strict=True))
    print(f"of {len(found.shown)} impressions, of a topic that was turned to Never: {max(len(unwanted), truly)}")
    if unwanted or truly:
        found.times.errors.append("a topic that was turned to Never was shown")
    return found


def newborn(setting: Setting) -> Crowd:
    """A video of a topic that some of the bots love is published by somebody who has none.

    Nobody is shown it twice, so that its pool is filled only while other viewers come.
    """
    bots = setting.bots()
    loved = collections.Counter(topic for bot in bots for topic in bot.secrets).most_common(1)[0][0]
    like = int(np.flatnonzero(setting.made.topics == loved)[0])
    born = Born(_new_id())
    setting.places[born.video_id] = like
    wishes = dataclasses.replace(setting.wishes, at_once=ACTIVE, comes_and_goes=True)

    async def publish() -> None:
        await asyncio.to_thread(_publish, setting.made, like, born.video_id)
        born.at = time.perf_counter()

    turn = crowd.Turn(BORN_AFTER, publish)
    found = crowd.run(setting.port, bots, setting.places, wishes, turn)
    print(born.told(found, fans=sum(loved in bot.secrets for bot in bots), bots=len(bots)))
    return found


@dataclasses.dataclass
class Born:
    """A video that was published while bots watched."""

    video_id: str
    at: float = 0  # by time.perf_counter

    def told(self, found: Crowd, *, fans: int, bots: int) -> str:
        """When it reached whom."""
        after = [one for one in found.shown if one.at > self.at]
        places = [place for place, one in enumerate(after) if one.video_id == self.video_id]
        if not places:
            return "the newborn video was shown to nobody"
        first_fan = next((place for place in places if after[place].matches), None)
        lines = [
            f"newborn: {fans} of {bots} bots love its topic; shown {len(places)} times in {len(after)} impressions"
        ]
        for name, place in (
            ("first impression", places[0]),
            ("first bot that loves it", first_fan),
            (f"impression {FORMULA.pool_first}", dict(enumerate(places, 1)).get(FORMULA.pool_first)),
        ):
            lines.append(f"  {name}: " + ("never" if place is None else self._when(after, place)))
        pool = places[: FORMULA.pool_first]
        lines.append(
            f"  of its first {len(pool)} impressions {sum(after[place].matches for place in pool)} to bots that love it"
        )
        return "\n".join(lines)

    def _when(self, after: list[Shown], place: int) -> str:
        minutes = sum(one.watched_s for one in after[: place + 1]) / ACTIVE / 60
        seconds = after[place].at - self.at
        return f"after {seconds:.0f} s, {place + 1} impressions of anything, {minutes:.1f} minutes of each one's time"


def _new_id() -> str:
    from revue.platform import ids  # noqa: PLC0415 - settings exist only now

    return ids.to_short(ids.new_id())


def _publish(made: world.World, like: int, video_id: str) -> None:
    from django.db import connection  # noqa: PLC0415 - models exist only now

    from bench.recommender.bots import fill  # noqa: PLC0415
    from revue.platform import ids  # noqa: PLC0415
    from revue.recommender import vectors  # noqa: PLC0415

    try:
        fill.newborn(made, like, video_id=ids.from_short(video_id), means=vectors.model().means)
    finally:
        connection.close()
