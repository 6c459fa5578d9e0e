"""The hidden-interest world: videos of many topics, and bots that say what they like by watching it, nothing else.

Every constant stands here. Times are simulated; nothing waits.
"""

import dataclasses
import enum
import functools

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]

VIDEOS, TOPICS, FAMILIES, DIMENSIONS = 20_000, 100, 10, 64
PER_AUTHOR = 20  # videos; an author keeps to one topic in four of five
SWIPES = 300
WINDOW, LOCKED_AT = 10, 8  # locked: so many matches among so many videos
CATALOGUE_SEED, BOT_SEED = 7, 1000
ZIPF = 0.7
FAMILY_SHARE = 0.7  # of a family's direction in its topics' directions
NOISE = 1.2  # of a video around its topic: its cosine to the centre is about 0.64
SECRET_LEAST, SECRET_MOST = 0.008, 0.02  # share of the catalogue that a secret topic holds
SWIPED_AT_ONCE, BY_ACCIDENT, REPLAYED = 0.10, 0.08, 0.15
MATCH, SIBLING, OTHER, DEVIATION, BY_QUALITY = 0.95, 0.35, 0.22, 0.25, 0.05
LEAST_RATIO, MOST_RATIO = 0.02, 2.0
REWARD_AT = 1.5  # a watch of one and a half lengths is the best there is
PLAYS_BEFORE = 2000  # impressions of each video before the run: none is new
PLAYS_MEAN = 200
OLDEST_DAYS, NEWEST_DAYS = 120, 30  # of the catalogue's videos: nothing in it is fresh
CLIENT_AHEAD = 2  # videos that the web client holds, chosen but not watched, when it has the next one chosen
FLOOR_AUTHORS, FLOOR_CLUSTERS, FLOOR_OF = 15, 5, 50  # the fewest of both in any so many videos in a row
CHANGED_AT = 200  # swipes after which a taste drifts, or is sated
DRIFT_AIM = 40  # swipes until it is found again
SATED_AT, SATED_AIM = 2, 15  # at most so many of ten are left of what somebody is tired of, after so many swipes
RECENT = 50  # matches by which it is told which of its topics a bot is tired of
NICHE_VIDEOS = 20  # of a topic of a thousandth of the catalogue


@dataclasses.dataclass(frozen=True)
class World:
    """A catalogue whose topics only the bots know."""

    vectors: Vectors  # N by d, each of length 1
    topics: Ints
    authors: Ints  # from 1
    durations_s: Floats
    quality: Floats
    popularity: Floats  # sums to 1
    age_days: Floats

    @functools.cached_property
    def shares(self) -> Floats:
        """What share of the catalogue each topic holds."""
        return np.bincount(self.topics, minlength=TOPICS) / len(self.topics)


def made(seed: int = CATALOGUE_SEED, videos: int = VIDEOS) -> World:
    """The catalogue of a seed."""
    rng = np.random.default_rng(seed)
    sizes = np.arange(1, TOPICS + 1) ** -ZIPF
    rng.shuffle(sizes)
    topics = rng.choice(TOPICS, videos, p=sizes / sizes.sum())
    families = rng.standard_normal((FAMILIES, DIMENSIONS))
    centres = _unit(FAMILY_SHARE * families[np.arange(TOPICS) % FAMILIES] + rng.standard_normal((TOPICS, DIMENSIONS)))
    noise = rng.standard_normal((videos, DIMENSIONS)) * NOISE / np.sqrt(DIMENSIONS)
    quality = rng.standard_normal(videos)
    popularity = np.exp(1.2 * quality + rng.normal(0, 0.8, videos))
    return World(
        vectors=_unit(centres[topics] + noise).astype(np.float32),
        topics=topics,
        authors=_authors(rng, topics),
        durations_s=np.clip(np.exp(rng.normal(3.0, 0.7, videos)), 5, 180),
        quality=quality,
        popularity=popularity / popularity.sum(),
        age_days=rng.uniform(NEWEST_DAYS, OLDEST_DAYS, videos),
    )


def plays(world: World) -> Ints:
    """How often each video was played before the run."""
    found: Ints = np.round(1 + PLAYS_MEAN * world.popularity * len(world.topics)).astype(np.int64)
    return found


def with_niche(world: World, seed: int = CATALOGUE_SEED) -> World:
    """The same catalogue in which a few videos, by anybody, are of one topic more: number `TOPICS`."""
    rng = np.random.default_rng([seed, NICHE_VIDEOS])
    few = rng.choice(len(world.topics), NICHE_VIDEOS, replace=False)
    noise = rng.standard_normal((NICHE_VIDEOS, DIMENSIONS)) * NOISE / np.sqrt(DIMENSIONS)
    topics, vectors = world.topics.copy(), world.vectors.copy()
    topics[few] = TOPICS
    vectors[few] = _unit(_unit(rng.standard_normal((1, DIMENSIONS))) + noise)
    return dataclasses.replace(world, topics=topics, vectors=vectors)


def _authors(rng: np.random.Generator, topics: Ints) -> Ints:
    """An author for each video: most of an author's videos are of one topic."""
    keeps = rng.random(len(topics)) < 0.8
    order = np.lexsort((rng.random(len(topics)), np.where(keeps, topics, rng.integers(0, TOPICS, len(topics)))))
    authors = np.empty(len(topics), np.int64)
    authors[order] = 1 + np.arange(len(topics)) // PER_AUTHOR
    return authors


def _unit(rows: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / lengths


def _family(topic: int) -> int:
    """The family of a topic; the niche is a family of its own."""
    return topic % FAMILIES if topic < TOPICS else topic


class Course(enum.StrEnum):
    """What becomes of a bot's taste at swipe `CHANGED_AT`."""

    STEADY = "steady"
    DRIFT = "drift"  # two other topics take its place
    SATED = "sated"  # it swipes away at once what it has watched most of late


class Bot:
    """A viewer with two secret topics."""

    def __init__(
        self,
        world: World,
        number: int,
        *,
        seed: int = BOT_SEED,
        secrets: set[int] | None = None,
        course: Course = Course.STEADY,
    ) -> None:
        self.world, self.rng, self.course = world, np.random.default_rng(seed + number), course
        self.sated: int | None = None  # a topic
        self.met: list[int] = []  # topics of matches, oldest first
        self.swipes = 0
        self.secrets = secrets or self._drawn(set())

    def _drawn(self, but: set[int]) -> set[int]:
        shares = self.world.shares
        fitting = np.flatnonzero((shares >= SECRET_LEAST) & (shares <= SECRET_MOST))
        fitting = fitting[~np.isin(fitting, [*but])]
        return {int(topic) for topic in self.rng.choice(fitting, 2, replace=False)}

    def likes(self, video: int) -> bool:
        """Whether a video is of a topic that it loves."""
        return int(self.world.topics[video]) in self.secrets

    def watch(self, video: int) -> float:
        """How much of a video is watched, of its length; above 1 when it is replayed. Each call is one swipe."""
        self.swipes += 1
        topic, rng = int(self.world.topics[video]), self.rng
        is_match = topic in self.secrets
        if topic == self.sated:
            return 0.1
        if is_match:
            self.met.append(topic)
            if rng.random() < SWIPED_AT_ONCE:
                return 0.1
        if not is_match and rng.random() < BY_ACCIDENT:
            return float(rng.uniform(0.7, 1.0))
        is_sibling = _family(topic) in {_family(secret) for secret in self.secrets}
        mean = MATCH if is_match else SIBLING if is_sibling else OTHER
        ratio = rng.normal(mean + BY_QUALITY * self.world.quality[video], DEVIATION)
        if is_match and rng.random() < REPLAYED:
            ratio *= 1.6
        return float(np.clip(ratio, LEAST_RATIO, MOST_RATIO))

    def turn(self) -> None:
        """Change as its course says, if it is time; asked before each video."""
        if self.swipes != CHANGED_AT or self.course is Course.STEADY:
            return
        if self.course is Course.DRIFT:
            self.secrets = self._drawn(self.secrets)
        else:
            self.sated = max(self.secrets, key=self.met[-RECENT:].count)
            self.secrets = self.secrets - {self.sated}


@dataclasses.dataclass
class Visit:
    """What one bot was shown."""

    matches: list[bool] = dataclasses.field(default_factory=list)
    shown: list[int] = dataclasses.field(default_factory=list)
    watched_s: list[float] = dataclasses.field(default_factory=list)
    sated: list[bool] = dataclasses.field(default_factory=list)

    def note(self, bot: Bot, video: int, ratio: float) -> None:
        """One more video."""
        self.matches.append(bot.likes(video))
        self.sated.append(int(bot.world.topics[video]) == bot.sated)
        self.shown.append(video)
        self.watched_s.append(ratio * float(bot.world.durations_s[video]))

    def locked_at(self, first: int = 0) -> float:
        """Swipes after `first` until a window of ten holds eight matches; infinite: never."""
        for end in range(first + WINDOW, len(self.matches) + 1):
            if sum(self.matches[end - WINDOW : end]) >= LOCKED_AT:
                return end - first
        return float("inf")

    def left_at(self, first: int) -> float:
        """Swipes after `first` until a window of ten holds at most two of what the bot is tired of; infinite: never."""
        for end in range(first + WINDOW, len(self.sated) + 1):
            if sum(self.sated[end - WINDOW : end]) <= SATED_AT:
                return end - first
        return float("inf")

    def minutes(self) -> float:
        """Simulated minutes until then."""
        end = self.locked_at()
        return float("inf") if end == float("inf") else sum(self.watched_s[: int(end)]) / 60


@dataclasses.dataclass(frozen=True)
class Result:
    """What became of all bots."""

    p50: float
    p90: float
    minutes: float
    locked: float  # share
    late: float  # share of matches in swipes 201 to 300

    def __str__(self) -> str:
        return f"{self.p50:.0f} | {self.p90:.0f} | {self.minutes:.1f} | {100 * self.locked:.0f} % | {self.late:.2f}"


def result(visits: list[Visit]) -> Result:
    """The metrics over all bots."""
    ends = np.array([visit.locked_at() for visit in visits])
    minutes = np.array([visit.minutes() for visit in visits])
    late = [np.mean(visit.matches[200:300]) for visit in visits if len(visit.matches) > 200]
    return Result(
        p50=float(np.percentile(ends, 50, method="higher")),
        p90=float(np.percentile(ends, 90, method="higher")),
        minutes=float(np.percentile(minutes, 50, method="higher")),
        locked=float(np.isfinite(ends).mean()),
        late=float(np.mean(late)) if late else float("nan"),
    )


def floor(world: World, visit: Visit, clusters: Ints) -> tuple[int, int]:
    """The fewest authors and content clusters in any 50 videos in a row."""
    ends = range(FLOOR_OF, len(visit.shown) + 1)
    windows = [np.array(visit.shown[end - FLOOR_OF : end]) for end in ends]
    return (
        min(len(set(world.authors[window].tolist())) for window in windows),
        min(len(set(clusters[window].tolist())) for window in windows),
    )


HEAD = (
    "| | p50 | p90 | minutes p50 | locked | match 201-300 | changed p50, p90 | least authors, clusters |\n"
    "|---|---|---|---|---|---|---|---|"
)


def row(name: str, world: World, visits: list[Visit], clusters: Ints, course: Course = Course.STEADY) -> str:
    """A line of the table of results; `changed`: swipes until a feed has followed a taste that changed."""
    floors = [floor(world, one, clusters) for one in visits if len(one.shown) >= FLOOR_OF]
    least = ", ".join(str(number) for number in np.array(floors).min(axis=0)) if floors else "-"
    return f"| {name} | {result(visits)} | {_changed(visits, course)} | {least} |"


def _changed(visits: list[Visit], course: Course) -> str:
    if course is Course.STEADY:
        return "-"
    ends = [one.locked_at(CHANGED_AT) if course is Course.DRIFT else one.left_at(CHANGED_AT) for one in visits]
    return ", ".join(f"{np.percentile(ends, share, method='higher'):.0f}" for share in (50, 90))
