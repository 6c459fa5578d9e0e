"""Learning each minute: the events of the last minute are predicted first, then learnt, with as many from before.

What the trainer keeps of the past is a reservoir: everything ever offered has the same chance to be in it.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from revue.recommender.engine import encoder, heads, train
from revue.recommender.engine.train import Config, State, Videos, Window
from revue.recommender.engine.weights import Arrays

TOP = 10
Kept = TypeVar("Kept")


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """What one minute taught."""

    events: int
    loss: float | None  # None: nothing


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """Fresh events, and what weights expected of them that had not learnt them. All but the gains have one length."""

    windows: npt.NDArray[np.int64]  # which window each stands in
    places: npt.NDArray[np.int64]  # and where
    chances: npt.NDArray[np.float32]  # (n, 10)
    labels: npt.NDArray[np.float32]  # (n, 10); NaN = not known
    gains: npt.NDArray[np.float64]  # of each positive: 1 / log2(rank + 2) within the top 10, else 0

    @property
    def ndcg(self) -> float | None:
        """NDCG@10 of the positives among the whole catalogue."""
        return float(self.gains.mean()) if len(self.gains) else None

    @property
    def auc(self) -> float | None:
        """Of long views; None where all were, or none."""
        return area(self.chances[:, heads.LONG], self.labels[:, heads.LONG])


class Reservoir(Generic[Kept]):
    """A uniform sample of all that was offered so far, of at most `size`."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.size, self.rng, self.seen = size, rng, 0
        self.held: list[Kept] = []

    def add(self, one: Kept) -> None:
        """Offer one."""
        self.seen += 1
        if len(self.held) < self.size:
            self.held.append(one)
            return
        place = int(self.rng.integers(self.seen))
        if place < self.size:
            self.held[place] = one

    def draw(self, count: int) -> list[Kept]:
        """Up to `count`, none from one place twice."""
        places = self.rng.permutation(len(self.held))[:count]
        return [self.held[place] for place in places]


class Trainer:
    """Learns minute by minute; with one seed and the same minutes it ends in the same weights."""

    def __init__(self, config: Config, weights: Arrays, seed: int) -> None:
        """Begin from `weights`."""
        self.config, self.seed = config, seed
        self.rng = np.random.default_rng(seed)
        self.back_to(weights)

    def back_to(self, weights: Arrays) -> None:
        """Go on from these weights, whatever was learnt since."""
        self.state: State = train.start(self.config, dict(weights), self.seed)

    def minute(self, windows: Sequence[Window], videos: Videos, replay: Sequence[Window] = ()) -> Progress:
        """Learn windows that end with the events of the minute, which are marked as fresh, and as many from before."""
        losses = []
        for batch in self._batches(windows, replay):
            self.state, loss = train.step(self.config, self.state, videos, train.pad(batch, self.config.events))
            losses.append(float(loss))
        events = sum(int(window.fresh.sum()) for window in windows)
        return Progress(events, float(np.mean(losses)) if losses else None)

    def epoch(self, windows: Sequence[Window], videos: Videos) -> float | None:
        """Learn all of these windows once, in any order; the mean loss."""
        order, size, losses = self.rng.permutation(len(windows)), self.config.batch, []
        for begin in range(0, len(windows), size):
            batch = self._filled([windows[place] for place in order[begin : begin + size]], size)
            self.state, loss = train.step(self.config, self.state, videos, train.pad(batch, self.config.events))
            losses.append(float(loss))
        return float(np.mean(losses)) if losses else None

    def weights(self) -> dict[str, npt.NDArray[np.float32]]:
        """What may be published now."""
        return train.published(self.state)

    def _batches(self, windows: Sequence[Window], replay: Sequence[Window]) -> Iterator[list[Window]]:
        """Half of each batch is new and half replayed."""
        half = max(self.config.batch // 2, 1)
        order = self.rng.permutation(len(windows))
        older = [replay[place] for place in self.rng.permutation(len(replay))]
        for begin in range(0, len(windows), half):
            batch = [windows[place] for place in order[begin : begin + half]]
            batch += older[begin : begin + half]
            yield self._filled(batch, 2 * half)

    def _filled(self, batch: list[Window], size: int) -> list[Window]:
        """A whole batch: what is missing teaches nothing."""
        return batch + [dataclasses.replace(batch[0], fresh=np.zeros_like(batch[0].fresh))] * (size - len(batch))


def judge(windows: Sequence[Window], videos: Videos, weights: Arrays, most: int) -> Judged:
    """What `weights` expect of the fresh events, of at most about `most` of them."""
    known = Videos(*(np.asarray(column) for column in videos))
    vectors = encoder.video_vectors(weights, known.rows, known.content, known.impressions)
    found: list[tuple[int, npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.float32]]] = []
    gains: list[float] = []
    for number, window in enumerate(windows):
        if sum(len(told[1]) for told in found) >= most:
            break
        places, chances, gained = _read(window, weights, known, vectors)
        found.append((number, places, chances, window.labels[places]))
        gains += gained
    tasks = len(heads.TASKS)
    return Judged(
        windows=np.repeat([told[0] for told in found], [len(told[1]) for told in found]).astype(np.int64),
        places=np.concatenate([np.empty(0, np.int64), *(told[1] for told in found)]),
        chances=np.concatenate([np.empty((0, tasks), np.float32), *(told[2] for told in found)]),
        labels=np.concatenate([np.empty((0, tasks), np.float32), *(told[3] for told in found)]),
        gains=np.array(gains),
    )


def orders(windows: Sequence[Window], videos: Videos, weights: Arrays) -> npt.NDArray[np.float32]:
    """How near every video lies to the viewer of each window after its events, (windows, N): the gate's canaries."""
    known = Videos(*(np.asarray(column) for column in videos))
    vectors = encoder.video_vectors(weights, known.rows, known.content, known.impressions)
    states = [encoder.encode(np, weights, _tokens(window, known, vectors)[0]).retrieval[-1] for window in windows]
    scores: npt.NDArray[np.float32] = np.stack(states) @ encoder.unit(np, vectors).T
    return scores[:, known.drawn > 0]


def area(chances: npt.NDArray[np.floating], truths: npt.NDArray[np.floating]) -> float | None:
    """Area under the ROC curve, ties counted half; labels that are not known (NaN) are left out."""
    known = ~np.isnan(truths)
    chances, is_true = chances[known], truths[known] > 0
    positives, negatives = int(is_true.sum()), int((~is_true).sum())
    if not positives or not negatives:
        return None
    _, places, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((ranks[is_true].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def _tokens(
    window: Window, videos: Videos, vectors: npt.NDArray[np.float32]
) -> tuple[encoder.Tokens, npt.NDArray[np.int32], int]:
    """The newest events of a window to read, their videos, and how many older ones are left out."""
    rows = window.videos[-encoder.EVENTS :]
    left_out = len(window.videos) - len(rows)
    actions, times = window.actions[left_out:], window.times[left_out:]
    return encoder.Tokens(vectors[rows], videos.authors[rows], actions, times), rows, left_out


def _read(
    window: Window, weights: Arrays, videos: Videos, vectors: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], list[float]]:
    """Places of the fresh events, what was to be expected of them, and the gains of the positives among them."""
    tokens, rows, left_out = _tokens(window, videos, vectors)
    encoded = encoder.encode(np, weights, tokens)
    fresh = np.flatnonzero(window.fresh[left_out:])
    made = heads.predict(
        np,
        weights,
        encoded.retrieval[fresh],
        encoded.ranking[:-1],
        vectors[rows[fresh]],
        window.counters[left_out:][fresh],
        np.arange(len(rows)) <= fresh[:, None],
    )
    positives = fresh[(window.labels[left_out:][fresh, heads.LONG] > 0) & (rows[fresh] > 0)]
    return fresh + left_out, made, _gains(encoded.retrieval, rows, positives, videos, vectors)


def _gains(
    states: npt.NDArray[np.float32],
    rows: npt.NDArray[np.int32],
    positives: npt.NDArray[np.int64],
    videos: Videos,
    vectors: npt.NDArray[np.float32],
) -> list[float]:
    units = encoder.unit(np, vectors)
    made = []
    for place in positives:
        scores = np.where(videos.drawn > 0, units @ states[place], -np.inf)
        own = scores[rows[place]]
        scores[rows[:place]] = -np.inf
        rank = int((scores > own).sum())
        made.append(1 / float(np.log2(rank + 2)) if rank < TOP else 0.0)
    return made
