"""Learning each minute: the events of the last minute are predicted first, then learnt, with as many from before.

What the trainer keeps of the past is a reservoir: every window ever seen has the same chance to be in it.
"""

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from revue.recommender.engine import encoder, heads, train
from revue.recommender.engine.train import Config, State, Videos, Window
from revue.recommender.engine.weights import Arrays

TOP = 10


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """One minute. Rates are None where no event allowed to judge."""

    events: int
    loss: float | None
    ndcg: float | None  # NDCG@10 of positives among the whole catalogue, before they were learnt
    auc: float | None  # of long views, likewise


class Reservoir:
    """A uniform sample of all windows so far, of at most `size`."""

    def __init__(self, size: int, rng: np.random.Generator) -> None:
        self.size, self.rng, self.seen = size, rng, 0
        self.held: list[Window] = []

    def add(self, window: Window) -> None:
        """Offer one window."""
        self.seen += 1
        if len(self.held) < self.size:
            self.held.append(window)
            return
        place = int(self.rng.integers(self.seen))
        if place < self.size:
            self.held[place] = window

    def draw(self, count: int) -> list[Window]:
        """Up to `count` windows, none twice."""
        places = self.rng.permutation(len(self.held))[:count]
        return [self.held[place] for place in places]


class Trainer:
    """Learns minute by minute; with one seed and the same minutes it ends in the same weights."""

    def __init__(self, config: Config, weights: Arrays, seed: int, *, judged: int = 200) -> None:
        """Begin from `weights`; at most `judged` events of a minute are predicted before they are learnt."""
        self.config, self.judged = config, judged
        self.state: State = train.start(config, dict(weights), seed)
        self.rng = np.random.default_rng(seed)
        self.reservoir = Reservoir(config.replay, self.rng)

    def minute(self, windows: Sequence[Window], videos: Videos) -> Progress:
        """Predict, learn, remember. Windows end with the events of the minute, which are marked as fresh."""
        ndcg, auc = self.judge(windows, videos, self.weights())
        losses = []
        for batch in self._batches(windows):
            self.state, loss = train.step(self.config, self.state, videos, train.pad(batch, self.config.events))
            losses.append(float(loss))
        for window in windows:
            self.reservoir.add(window)
        events = sum(int(window.fresh.sum()) for window in windows)
        return Progress(events, float(np.mean(losses)) if losses else None, ndcg, auc)

    def judge(self, windows: Sequence[Window], videos: Videos, weights: Arrays) -> tuple[float | None, float | None]:
        """NDCG@10 and AUC on the fresh events, by weights that have not learnt them yet."""
        gains: list[float] = []
        chances: list[float] = []
        truths: list[float] = []
        known = Videos(*(np.asarray(column) for column in videos))
        vectors = encoder.video_vectors(weights, np.arange(len(known.drawn)), known.content, known.impressions)
        for window in windows:
            if len(chances) >= self.judged:
                break
            told = _read(window, weights, known, vectors)
            chances += list(told[0])
            truths += list(window.labels[window.fresh, heads.LONG])
            gains += list(told[1])
        return (float(np.mean(gains)) if gains else None), area(np.array(chances), np.array(truths))

    def weights(self) -> dict[str, npt.NDArray[np.float32]]:
        """What may be published now."""
        return train.published(self.state)

    def _batches(self, windows: Sequence[Window]) -> Iterator[list[Window]]:
        """Half of each batch is new and half replayed; what is missing is filled with windows that teach nothing."""
        half = max(self.config.batch // 2, 1)
        order = self.rng.permutation(len(windows))
        for begin in range(0, len(windows), half):
            batch = [windows[place] for place in order[begin : begin + half]]
            batch += self.reservoir.draw(len(batch))
            missing = 2 * half - len(batch)
            yield batch + [dataclasses.replace(batch[0], fresh=np.zeros_like(batch[0].fresh))] * missing


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


def _read(
    window: Window, weights: Arrays, videos: Videos, vectors: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.float64], list[float]]:
    """Chances of a long view of the fresh events, and the gains of the positives among them."""
    rows = window.videos[-encoder.EVENTS :]
    skipped = len(window.videos) - len(rows)
    tokens = encoder.Tokens(vectors[rows], videos.authors[rows], window.actions[skipped:], window.times[skipped:])
    encoded = encoder.encode(np, weights, tokens)
    fresh = np.flatnonzero(window.fresh[skipped:])
    made = heads.predict(
        np,
        weights,
        encoded.retrieval[fresh],
        encoded.ranking[:-1],
        vectors[rows[fresh]],
        window.counters[skipped:][fresh],
        np.arange(len(rows)) <= fresh[:, None],
    )
    positives = fresh[window.labels[skipped:][fresh, heads.LONG] > 0]
    return made[:, heads.LONG], _gains(encoded.retrieval, rows, positives, videos, vectors)


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
