"""A small network in numpy for impressions: trained in seconds, and able to go on learning one batch at a time."""

import dataclasses
import itertools

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
KINDS = 50  # a column of so few values becomes one column for each of them
SEEN = 100  # … that is so frequent


@dataclasses.dataclass(frozen=True)
class Settings:
    """Of the network."""

    hidden: tuple[int, ...] = (64, 32)
    rate: float = 1e-3  # falls to 0 over the epochs
    live_rate: float = 2e-4  # after them
    decay: float = 1e-2  # of weights, each step; the network is far larger than what 92,000 rows can settle
    batch: int = 512
    epochs: int = 4
    seeds: int = 3  # networks whose logits are averaged


class Network:
    """Layers of ReLU, trained by Adam on the logistic loss."""

    def __init__(self, width: int, settings: Settings, seed: int) -> None:
        self.rng, self.settings = np.random.default_rng(seed), settings
        sizes = (width, *settings.hidden, 1)
        pairs = list(itertools.pairwise(sizes))
        self.weights = [self.rng.normal(0, (2 / size) ** 0.5, (size, to)).astype(np.float32) for size, to in pairs]
        self.shifts = [np.zeros(to, np.float32) for _, to in pairs]
        self.first = [np.zeros_like(part) for part in (*self.weights, *self.shifts)]
        self.second = [np.zeros_like(part) for part in self.first]
        self.steps = 0

    def logits(self, rows: Rows) -> Rows:
        """One for each row."""
        return self._layers(rows)[-1][:, 0]

    def learn(self, rows: Rows, labels: Floats) -> None:
        """All rows, some times over, in a new order each time."""
        batch, epochs = self.settings.batch, self.settings.epochs
        orders = [self.rng.permutation(len(rows)) for _ in range(epochs)]
        parts = [order[begin : begin + batch] for order in orders for begin in range(0, len(rows), batch)]
        for place, part in enumerate(parts):
            self.step(rows[part], labels[part], self.settings.rate * (1 - place / len(parts)))

    def step(self, rows: Rows, labels: Floats, rate: float) -> None:
        """One step of Adam."""
        layers = self._layers(rows)
        wrong = 1 / (1 + np.exp(-layers[-1])) - labels[:, None]
        slopes = self._slopes(layers, (wrong / len(rows)).astype(np.float32))
        self.steps += 1
        parts = (*self.weights, *self.shifts)
        for place, slope in enumerate(slopes):
            self.first[place] += 0.1 * (slope - self.first[place])
            self.second[place] += 0.001 * (slope**2 - self.second[place])
            mean = self.first[place] / (1 - 0.9**self.steps)
            spread = np.sqrt(self.second[place] / (1 - 0.999**self.steps))
            kept = self.settings.decay if place < len(self.weights) else 0.0
            parts[place][:] -= rate * (mean / (spread + 1e-8) + kept * parts[place])

    def _layers(self, rows: Rows) -> list[Rows]:
        """The rows, and what each layer makes of them; the last are logits."""
        made = [rows]
        for weights, shift in zip(self.weights, self.shifts, strict=True):
            rows = made[-1] @ weights + shift
            made.append(np.maximum(rows, 0))
        made[-1] = rows
        return made

    def _slopes(self, layers: list[Rows], back: Rows) -> list[Rows]:
        """Of all weights, then of all shifts."""
        weights, shifts = [], []
        for place in reversed(range(len(self.weights))):
            weights.append(layers[place].T @ back)
            shifts.append(back.sum(axis=0))
            back = (back @ self.weights[place].T) * (layers[place] > 0)
        return [*reversed(weights), *reversed(shifts)]


def once(rows: Rows, known: Flags, labels: Floats, settings: Settings) -> Floats:
    """Logits of all rows, learnt from the known ones; labels are in 0 … 1."""
    made = np.zeros(len(rows))
    for learner in _taught(rows, known, labels, settings):
        made += learner.logits(rows) / settings.seeds
    return made


def live(rows: Rows, known: Flags, labels: Floats, settings: Settings) -> Floats:
    """The same; the other rows, which follow in time, are learnt too, a batch at a time, once their logits are read.

    A batch is half new rows, twice, and half rows of before, so that these are not forgotten.
    """
    made, half = np.zeros(len(rows)), settings.batch // 2
    later = np.flatnonzero(~known)
    for learner in _taught(rows, known, labels, settings):
        for begin in range(0, len(later), half):
            new = later[begin : begin + half]
            made[new] += learner.logits(rows[new]) / settings.seeds
            for _ in range(2):
                both = np.concatenate([new, learner.rng.integers(0, new[0], half)])
                learner.step(rows[both], labels[both], settings.live_rate)
    return made


def encoded(features: Rows, known: Flags) -> Rows:
    """Columns of few values as one for each, the others by their ranks among the known rows, -1 … 1: tails are long.

    What is missing is 0.
    """
    made: list[Rows] = []
    for column in features.T:
        values, counts = np.unique(column[known], return_counts=True)
        is_told = ~np.isnan(values)
        if is_told.sum() <= KINDS:
            made += [(column == value).astype(np.float32) for value in values[is_told & (counts >= SEEN)]]
        else:
            marks = np.unique(np.nanquantile(column[known], np.linspace(0, 1, 101)))
            ranks = np.interp(column, marks, np.linspace(-1, 1, len(marks)))
            made.append(np.nan_to_num(ranks).astype(np.float32))
    return np.stack(made, axis=1)


def _taught(rows: Rows, known: Flags, labels: Floats, settings: Settings) -> list[Network]:
    learners = [Network(rows.shape[1], settings, seed) for seed in range(settings.seeds)]
    for learner in learners:
        learner.learn(rows[known], labels[known])
    return learners
