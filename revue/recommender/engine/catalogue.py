"""What the ranker knows of the videos that may be shown: immutable arrays, one entry per video."""

import dataclasses

import numpy as np
import numpy.typing as npt

from revue.recommender.engine import pools, taste
from revue.recommender.engine.clusters import Clusters, Places, Vectors, grouped, nearest
from revue.recommender.engine.formula import FORMULA, Formula

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclasses.dataclass(frozen=True)
class Columns:
    """The raw facts of each video, in any order; all arrays have one length."""

    ids: Ids
    authors: Ids
    sounds: Ids  # 0: a sound of nobody else's, or none
    published_s: Floats  # seconds since 1970
    impressions: Ids
    recent_plays: Floats  # decayed up to `counted_s`
    recent_completions: Floats
    counted_s: Floats  # seconds since 1970
    plays: Ids  # of all times
    completions: Ids
    topics: Ids  # a bit for each topic that a video is about


@dataclasses.dataclass(frozen=True)
class Groups:
    """Which videos share a number, such as their author's."""

    numbers: Ids  # of each video of `order`; ascending
    order: Ids  # places

    def places_of(self, numbers: Ids) -> Ids:
        """The places of all videos with one of these numbers, in no order."""
        begins = np.searchsorted(self.numbers, numbers, side="left")
        ends = np.searchsorted(self.numbers, numbers, side="right")
        parts = [self.order[begin:end] for begin, end in zip(begins, ends, strict=True) if end > begin]
        return np.concatenate(parts) if parts else np.empty(0, np.int64)


@dataclasses.dataclass(frozen=True)
class Catalogue:
    """Videos by ascending id, with the terms of their score as of `now_s`.

    It also holds the orders in which a request goes through them, so that no request has to look at all.
    """

    ids: Ids
    authors: Ids
    sounds: Ids
    topics: Ids
    published_s: Floats
    fresh: Floats  # 0 … formula.fresh
    finish: Floats  # smoothed completion rate, 0 … 1
    rate: float  # the average completion rate that unknown videos are given
    value: Floats  # what a video is worth to somebody of whom nothing is known
    need: Floats  # weight in the draw of new videos; 0 for those that need no more
    pool: Ids  # which pool each is in, from 0; `pools.DONE` for those in none
    better: Floats  # the chance that more people watch it to its end than half of all
    vectors: Vectors  # N by d; zeros where there is none yet
    clusters: Clusters
    prior: taste.Prior
    newest: Ids  # places, the newest first
    best: Ids  # places, those worth most first
    neediest: Ids  # places of those with a need, the greatest need first
    by_author: Groups

    def __len__(self) -> int:
        return len(self.ids)

    def places_of(self, ids: Ids) -> Ids:
        """Where `ids` stand in the arrays; unknown ids are left out. Order is kept."""
        return self.found(ids)[0]

    def found(self, ids: Ids) -> tuple[Ids, Flags]:
        """Where those of `ids` stand that are known, and which those are."""
        return found(self.ids, ids)

    def flags_of(self, ids: Ids) -> Flags:
        """True for each video that is among `ids`."""
        flags = np.zeros(len(self.ids), np.bool_)
        flags[self.places_of(ids)] = True
        return flags


def found(shelved: Ids, ids: Ids) -> tuple[Ids, Flags]:
    """Where those of `ids` stand in `shelved`, which ascends, and which of them do."""
    if not len(shelved) or not len(ids):
        return np.empty(0, np.int64), np.zeros(len(ids), np.bool_)
    places = np.searchsorted(shelved, ids)
    places[places == len(shelved)] = 0
    known: Flags = shelved[places] == ids
    return places[known], known


def build(
    columns: Columns,
    *,
    now_s: float,
    half_life_s: float,
    vectors: Vectors | None = None,
    centres: Vectors | None = None,
    of: Places | None = None,
    formula: Formula = FORMULA,
) -> Catalogue:
    """The catalogue as of `now_s`.

    Args:
        columns: the facts.
        now_s: seconds since 1970.
        half_life_s: that of the recent counters.
        vectors: N by d in the order of `columns`, zeros where there is none; None: nobody has any.
        centres: of clusters, from `clusters.fit`; the same for the same vectors.
        of: the cluster of each video in the order of `columns`, where that is known; None: the nearest.
        formula: the numbers.
    """
    order = np.argsort(columns.ids, kind="stable")
    in_order = bool((columns.ids[1:] >= columns.ids[:-1]).all())  # then vectors are taken as they are, mapped ones too
    published = columns.published_s[order]
    finish, rate = _finishing(columns, order, now_s=now_s, half_life_s=half_life_s, formula=formula)
    fresh = formula.fresh * 0.5 ** (np.clip(now_s - published, 0, None) / formula.fresh_half_life_s)
    standing = pools.standing(columns.impressions[order], columns.plays[order], columns.completions[order], formula)
    if vectors is None or centres is None:
        vectors, centres = np.zeros((len(order), 1), np.float32), np.zeros((0, 1), np.float32)
        of = None
    if of is None:
        of = nearest(vectors, centres)
    clusters = grouped(of[order], centres)
    authors, value = columns.authors[order], fresh + formula.finished * finish
    best = _descending(value)
    made = Catalogue(
        ids=columns.ids[order],
        authors=authors,
        sounds=columns.sounds[order],
        topics=columns.topics[order],
        published_s=published,
        fresh=fresh,
        finish=finish,
        rate=rate,
        value=value,
        need=standing.need,
        pool=standing.pool,
        better=standing.better,
        vectors=vectors if in_order else vectors[order],
        clusters=clusters.ranked(best),
        prior=taste.prior(clusters, formula),
        newest=_descending(published),
        best=best,
        neediest=_descending(standing.need)[: np.count_nonzero(standing.need)],
        by_author=_grouped(authors),
    )
    for array in (made.ids, made.authors, made.published_s, made.fresh, made.finish, made.value, made.vectors):
        array.flags.writeable = False
    return made


def _finishing(
    columns: Columns, order: Ids, *, now_s: float, half_life_s: float, formula: Formula
) -> tuple[Floats, float]:
    """Smoothed completion rates, and the average that unknown videos are given."""
    fade = 0.5 ** (np.clip(now_s - columns.counted_s[order], 0, None) / half_life_s)
    plays = columns.recent_plays[order] * fade
    completions = np.minimum(columns.recent_completions[order] * fade, plays)
    total = plays.sum() + formula.prior_plays
    rate = float((completions.sum() + formula.prior_plays * formula.prior_rate) / total)
    return (completions + formula.prior_plays * rate) / (plays + formula.prior_plays), rate


def _descending(worth: Floats) -> Ids:
    """Places, the greatest worth first; of equals the newest, which has the greatest id."""
    return len(worth) - 1 - np.argsort(-worth[::-1], kind="stable")


def _grouped(numbers: Ids) -> Groups:
    order = np.argsort(numbers, kind="stable")
    return Groups(numbers[order], order)
