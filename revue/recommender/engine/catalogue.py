"""What the ranker knows of the videos that may be shown: immutable arrays, one entry per video."""

import dataclasses

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True)
class Weights:
    """Every number of the counting ranker, with its reason."""

    fresh: float = 0.35  # a video made just now starts level with one that a third more people finish
    fresh_half_life_s: float = 24 * 3600  # a day: small instances post daily, not hourly
    follow: float = 0.2  # lifts people the viewer chose, without burying everyone else
    prior_plays: float = 10.0  # so many plays at the average rate are assumed, so that 1 of 1 is not "100 %"
    prior_rate: float = 0.35  # average completion while nothing at all was played
    temperature: float = 0.05  # smaller is greedier; at 0.05 a lead of 0.1 is taken seven times of eight
    explore: float = 0.08  # share of slots that go to little-shown videos
    explore_pool: float = 5.0  # a video with n impressions explores with weight 1 / (n + 5)
    newest: int = 200  # candidates by time
    best: int = 300  # candidates by value
    followed: int = 100  # candidates by people the viewer follows
    author_window: int = 10  # in so many videos in a row …
    author_most: int = 2  # … at most two of one author


WEIGHTS = Weights()


@dataclasses.dataclass(frozen=True)
class Columns:
    """The raw facts of each video, in any order; all arrays have one length."""

    ids: Ids
    authors: Ids
    published_s: Floats  # seconds since 1970
    impressions: Ids
    recent_plays: Floats  # decayed up to `counted_s`
    recent_completions: Floats
    counted_s: Floats  # seconds since 1970


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """Videos by ascending id, with the terms of their score as of `now_s`."""

    ids: Ids
    authors: Ids
    published_s: Floats
    fresh: Floats  # 0 … weights.fresh
    finish: Floats  # smoothed completion rate, 0 … 1
    rate: float  # the average completion rate that unknown videos are given
    explore: Floats  # weight in the exploration draw
    value: Floats  # fresh + finish

    def __len__(self) -> int:
        return len(self.ids)

    def places_of(self, ids: Ids) -> Ids:
        """Where `ids` stand in the arrays; unknown ids are left out. Order is kept."""
        if not len(self.ids) or not len(ids):
            return np.empty(0, np.int64)
        places = np.searchsorted(self.ids, ids)
        places[places == len(self.ids)] = 0
        known: Ids = places[self.ids[places] == ids]
        return known

    def flags_of(self, ids: Ids) -> Flags:
        """True for each video that is among `ids`."""
        flags = np.zeros(len(self.ids), np.bool_)
        flags[self.places_of(ids)] = True
        return flags


def build(columns: Columns, *, now_s: float, half_life_s: float, weights: Weights = WEIGHTS) -> Catalogue:
    """The catalogue as of `now_s`; `half_life_s` is that of the recent counters."""
    order = np.argsort(columns.ids, kind="stable")
    published = columns.published_s[order]
    fade = 0.5 ** (np.clip(now_s - columns.counted_s[order], 0, None) / half_life_s)
    plays = columns.recent_plays[order] * fade
    completions = np.minimum(columns.recent_completions[order] * fade, plays)
    total = plays.sum() + weights.prior_plays
    rate = float((completions.sum() + weights.prior_plays * weights.prior_rate) / total)
    finish = (completions + weights.prior_plays * rate) / (plays + weights.prior_plays)
    fresh = weights.fresh * 0.5 ** (np.clip(now_s - published, 0, None) / weights.fresh_half_life_s)
    made = Catalogue(
        ids=columns.ids[order],
        authors=columns.authors[order],
        published_s=published,
        fresh=fresh,
        finish=finish,
        rate=rate,
        explore=(1.0 / (np.clip(columns.impressions[order], 0, None) + weights.explore_pool)).astype(np.float64),
        value=fresh + finish,
    )
    for array in (made.ids, made.authors, made.published_s, made.fresh, made.finish, made.explore, made.value):
        array.flags.writeable = False
    return made
