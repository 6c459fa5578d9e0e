"""The sequence model as it serves: one version of the weights laid over a catalogue, and one viewer's reading of it.

numpy only. What depends on weights and catalogue alone is computed once for both; a request reads the viewer's newest
watches and scores its candidates.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from revue.recommender.engine import counts, encoder, heads
from revue.recommender.engine.counts import COUNTERS, Counts, Ids
from revue.recommender.engine.encoder import Tokens
from revue.recommender.engine.formula import FORMULA, Formula
from revue.recommender.engine.nearest import Nearest
from revue.recommender.engine.signals import Mark
from revue.recommender.engine.weights import Arrays, BadWeights, Snapshot

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]

_ABOUT = "about."  # arrays that travel beside the weights
_AT_ONCE = 4096  # candidates scored together: what is computed of them must not fill a small machine's memory


@dataclasses.dataclass(frozen=True)
class About:
    """What travels beside the weights; row 0 of each table is nobody's. Times are seconds since 1970."""

    videos: Ids  # the video that has each row of the table of ids; 0: the row is free
    authors: Ids  # likewise the person of each row of the table of authors
    counts: Counts  # watches and long views of each video since it has its row; of everything in row 0
    author_counts: Counts
    seen: Floats  # when each video was watched last
    base: npt.NDArray[np.float32]  # how often each label of `heads.TASKS` is true; NaN: nobody ever told
    told: Floats  # made_s, until_s, born_s, trust

    @property
    def made_s(self) -> float:
        """When this version was published."""
        return float(self.told[0])

    @property
    def until_s(self) -> float:
        """The time of the newest watch that it may have learnt."""
        return float(self.told[1])

    @property
    def born_s(self) -> float:
        """When it was last learnt from the log alone; what was erased before is not in it."""
        return float(self.told[2])

    @property
    def trust(self) -> float:
        """How much of its weight the model has earned, 0 … 1."""
        return float(self.told[3])

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """As they stand in a file."""
        return {_ABOUT + field.name: getattr(self, field.name) for field in dataclasses.fields(self)}

    @classmethod
    def of(cls, arrays: Arrays) -> Self:
        """What a file says; an array that is missing is a KeyError."""
        return cls(**{field.name: arrays[_ABOUT + field.name] for field in dataclasses.fields(cls)})


def weights_of(arrays: Arrays) -> dict[str, npt.NDArray[Any]]:
    """The weights alone."""
    return {name: array for name, array in arrays.items() if not name.startswith(_ABOUT)}


def check(snapshot: Snapshot, *, content: int) -> None:
    """Make sure that a snapshot can serve videos with content vectors of so many numbers.

    Raises:
        BadWeights: arrays are missing, of other shapes, or not finite.
    """
    arrays = weights_of(snapshot.arrays)
    try:
        about = About.of(snapshot.arrays)
        wanted = encoder.shapes(
            videos=len(about.videos),
            authors=len(about.authors),
            content=content,
            d=len(arrays["start"]),
            layers=encoder.layers(arrays),
            heads=len(arrays["0.fade"]),
            feed=arrays["0.up"].shape[-1],
        ) | heads.shapes(d=len(arrays["start"]), counters=COUNTERS)
    except (KeyError, TypeError, IndexError) as error:
        raise BadWeights(f"version {snapshot.version} lacks {error}") from error
    beside: dict[str, tuple[int, ...]] = {
        "counts": (len(about.videos), 2),
        "author_counts": (len(about.authors), 2),
        "seen": about.videos.shape,
        "base": (len(heads.TASKS),),
        "told": (4,),
    }
    found = {name: array.shape for name, array in arrays.items()}
    if found != wanted or any(getattr(about, name).shape != shape for name, shape in beside.items()):
        raise BadWeights(f"version {snapshot.version} has arrays of other shapes")
    if not all(np.isfinite(array).all() for array in (*arrays.values(), about.counts, about.told)):
        raise BadWeights(f"version {snapshot.version} has numbers that are not finite")


def rows_of(keys: Ids, ids: Ids) -> Ids:
    """The row of each id in a table whose rows belong to `keys`; 0 for those without."""
    order = np.argsort(keys, kind="stable")
    places = np.searchsorted(keys, ids, sorter=order).clip(max=len(keys) - 1)
    rows = order[places]
    return np.where(keys[rows] == ids, rows, 0)


@dataclasses.dataclass(frozen=True)
class Laid:
    """One version over one catalogue. It holds copies, no mapped file, and fits any later catalogue by its ids."""

    version: int
    about: About
    weights: Mapping[str, npt.NDArray[np.float32]]  # without the table of ids, which is used up
    ids: Ids  # videos, ascending; the first one is 0, which stands for any that is not known
    author_rows: Ids
    vectors: Vectors  # (N, d)
    nearest: Nearest  # among the same at length 1
    counters: npt.NDArray[np.float32]

    @property
    def is_trusted(self) -> bool:
        """Whether it has any say."""
        return self.about.trust > 0


def lay(snapshot: Snapshot, ids: Ids, authors: Ids, content: Vectors) -> Laid:
    """Compute where a catalogue's videos lie by these weights.

    Args:
        snapshot: weights and what travels beside them.
        ids: videos, ascending.
        authors: of each.
        content: (N, C) content vectors, zeros where there is none.

    Raises:
        BadWeights: the snapshot does not fit.
    """
    check(snapshot, content=content.shape[-1])
    ids, authors = np.concatenate([[0], ids]), np.concatenate([[0], authors])
    content = np.concatenate([np.zeros_like(content, shape=(1, content.shape[-1])), content])
    about = About.of({name: np.array(array) for name, array in snapshot.arrays.items() if name.startswith(_ABOUT)})
    weights = weights_of(snapshot.arrays)
    rows, author_rows = rows_of(about.videos, ids), rows_of(about.authors, authors)
    vectors = encoder.video_vectors(weights, rows, content, about.counts[rows, 0])
    return Laid(
        version=snapshot.version,
        about=about,
        weights={name: np.array(array) for name, array in weights.items() if name != "ids"},
        ids=ids,
        author_rows=author_rows,
        vectors=vectors,
        nearest=Nearest(_known(encoder.unit(np, vectors))),
        counters=counters_of(about, rows, author_rows),
    )


def _known(units: Vectors) -> Vectors:
    """Without nobody's, so that it is never found."""
    units[0] = 0
    return units


def counters_of(about: About, rows: Ids, author_rows: Ids) -> npt.NDArray[np.float32]:
    """What was counted up to now of videos with these rows."""
    own = np.where(rows[:, None] > 0, about.counts[rows], 0.0)
    of_author = np.where(author_rows[:, None] > 0, about.author_counts[author_rows], 0.0)
    return counts.counters(own, of_author, counts.usual(about.counts[0]))


def action_codes(rewards: Floats, marks: Ids) -> Ids:
    """What was done, in one number for each watch; training and serving must call the same thing the same."""
    flags = [((marks & mark) > 0).astype(np.int32) for mark in (Mark.LIKED, Mark.SHARED, Mark.SKIPPED)]
    codes: Ids = encoder.action_codes(np.clip(rewards, 0.0, 1.0), *flags)
    return codes


class Reading:
    """What one viewer's newest watches say of any video."""

    def __init__(
        self, laid: Laid, watched: Ids, rewards: Floats, marks: Ids, times: Floats, formula: Formula = FORMULA
    ) -> None:
        """Read up to `encoder.EVENTS` watches, oldest first; the fields are one viewer's, all of one length."""
        self.laid, self.formula = laid, formula
        self.share = laid.about.trust * len(watched) / (len(watched) + formula.model_evidence)
        newest = slice(-encoder.EVENTS, None)
        places = self._places(watched[newest])
        codes = action_codes(rewards[newest], marks[newest])
        tokens = Tokens(laid.vectors[places], laid.author_rows[places], codes, times[newest])
        encoded = encoder.encode(np, laid.weights, tokens)
        self._viewer, self._states = encoded.retrieval[-1:], encoded.ranking

    def term(self, ids: Ids) -> Floats:
        """What the model adds to the score of each video; 0 for those that it does not know."""
        places = self._places(ids)
        worth = np.zeros(len(ids))
        for begin in range(0, len(ids), _AT_ONCE):
            some = slice(begin, begin + _AT_ONCE)
            worth[some] = value(self._chances(places[some]), self.laid.about.base, self.formula)
        return np.where(places > 0, self.formula.model_weight * self.share * worth, 0.0)

    def nearest(self, count: int) -> Ids:
        """The `count` videos nearest to the viewer, the nearest first."""
        found: Ids = self.laid.ids[self.laid.nearest.search(self._viewer[0], count)]
        return found

    def _chances(self, places: Ids) -> npt.NDArray[np.float32]:
        with np.errstate(over="ignore"):  # e^(large) is the chance 0 that it should be
            told: npt.NDArray[np.float32] = heads.predict(
                np,
                self.laid.weights,
                self._viewer,
                self._states,
                self.laid.vectors[places],
                self.laid.counters[places],
            )
        return told

    def _places(self, ids: Ids) -> Ids:
        """Where videos stand in the catalogue that was laid out; 0 for those that do not."""
        held = self.laid.ids
        places = np.searchsorted(held, ids).clip(max=len(held) - 1)
        return np.where(held[places] == ids, places, 0)


def value(chances: npt.NDArray[np.floating], base: npt.NDArray[np.floating], formula: Formula = FORMULA) -> Floats:
    """How much more than usual a viewer will value each video; (N, 10) chances in, (N,) out.

    A label that nobody ever told has no say: its head has learnt nothing.
    """
    worth = np.array([formula.values.get(task, 0.0) for task in heads.TASKS])
    more = np.where(np.isnan(base), 0.0, chances - np.nan_to_num(base))
    summed: Floats = more.astype(np.float64) @ worth
    return summed
