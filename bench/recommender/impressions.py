"""Ranking KuaiRand's impressions: AUC and GAUC of long views, XAUC of watch time, from causal features only.

python -m bench.recommender.impressions --data FOLDER

Trained on rows before 1 May, tested on 1 to 8 May (Beijing). Beside ours, a small network in numpy that can learn on
line, stands LightGBM (extra `bench`) where it is installed. Settings were chosen on 29 and 30 April. Watch time is
learnt as its rank among all watch times, which is what XAUC asks for.
"""

import argparse
import dataclasses

import numpy as np
import numpy.typing as npt

from bench.recommender import data, features
from bench.recommender.features import Floats, Table

WATCHED_MOST_MS = 300_000.0
PAIRS = 400_000
GATE_AUC, GATE_GAUC = 0.76, 0.66
Rows = npt.NDArray[np.float32]
TREES = {  # few leaves and half the columns: 92,000 rows are few
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 20.0,
    "verbose": -1,
    "num_threads": 2,
    "seed": 1,
}
ROUNDS = 400


@dataclasses.dataclass(frozen=True)
class Settings:
    """Of the network."""

    hidden: int = 32
    rate: float = 1e-3
    decay: float = 1e-3  # of weights, each step; the network is far larger than what 92,000 rows can settle
    batch: int = 512
    epochs: int = 4
    seeds: int = 3  # networks whose logits are averaged


class Network:
    """One hidden layer of ReLU, trained by Adam on the logistic loss."""

    def __init__(self, width: int, settings: Settings, seed: int) -> None:
        self.rng, self.settings = np.random.default_rng(seed), settings
        hidden = settings.hidden
        self.parts = [
            self.rng.normal(0, (2 / width) ** 0.5, (width, hidden)).astype(np.float32),
            np.zeros(hidden, np.float32),
            np.zeros(hidden, np.float32),
            np.zeros(1, np.float32),
        ]
        self.parts[2] += self.rng.normal(0, hidden**-0.5, hidden).astype(np.float32)
        self.first = [np.zeros_like(part) for part in self.parts]
        self.second = [np.zeros_like(part) for part in self.parts]
        self.steps = 0

    def logits(self, rows: Rows) -> Rows:
        """One for each row."""
        into, bias, out, shift = self.parts
        made: Rows = np.maximum(rows @ into + bias, 0) @ out + shift
        return made

    def learn(self, rows: Rows, labels: Floats) -> None:
        """All rows, some times over, in a new order each time."""
        for _ in range(self.settings.epochs):
            order = self.rng.permutation(len(rows))
            for begin in range(0, len(order), self.settings.batch):
                part = order[begin : begin + self.settings.batch]
                self._step(rows[part], labels[part])

    def _step(self, rows: Rows, labels: Floats) -> None:
        into, bias, out, _ = self.parts
        hidden = np.maximum(rows @ into + bias, 0)
        wrong = ((1 / (1 + np.exp(-self.logits(rows))) - labels) / len(rows)).astype(np.float32)
        back = np.outer(wrong, out) * (hidden > 0)
        slopes = [rows.T @ back, back.sum(axis=0), hidden.T @ wrong, wrong.sum(keepdims=True)]
        self.steps += 1
        for place, slope in enumerate(slopes):
            self.first[place] += 0.1 * (slope - self.first[place])
            self.second[place] += 0.001 * (slope**2 - self.second[place])
            mean = self.first[place] / (1 - 0.9**self.steps)
            spread = np.sqrt(self.second[place] / (1 - 0.999**self.steps))
            self.parts[place] -= self.settings.rate * (mean / (spread + 1e-8) + self.settings.decay * self.parts[place])


def scaled(rows: Rows, known: npt.NDArray[np.bool_]) -> Rows:
    """Each column by its ranks among the known rows, -1 … 1: counters have long tails. What is missing is 0."""
    made = np.zeros(rows.shape, np.float32)
    for place in range(rows.shape[1]):
        column = rows[:, place]
        marks = np.unique(np.nanquantile(column[known], np.linspace(0, 1, 101)))
        if len(marks) > 1:
            made[:, place] = np.nan_to_num(np.interp(column, marks, np.linspace(-1, 1, len(marks))))
    return made


def network(told: Table, known: npt.NDArray[np.bool_], labels: Floats, settings: Settings) -> Floats:
    """Logits of all rows, learnt from the known ones; labels are in 0 … 1."""
    rows = scaled(told.features, known)
    made = np.zeros(len(rows))
    for seed in range(settings.seeds):
        learner = Network(rows.shape[1], settings, seed)
        learner.learn(rows[known], labels[known])
        made += learner.logits(rows) / settings.seeds
    return made


def trees(told: Table, known: npt.NDArray[np.bool_], labels: Floats) -> Floats | None:
    """LightGBM's logits of all rows; None where it is not installed."""
    try:
        import lightgbm  # noqa: PLC0415 - an optional peer
    except ImportError:
        return None
    rows = lightgbm.Dataset(told.features[known], labels[known])
    fitted = lightgbm.train({**TREES, "objective": "cross_entropy"}, rows, ROUNDS)
    return np.asarray(fitted.predict(told.features, raw_score=True))


def auc(scores: Floats, labels: Floats) -> float:
    """Area under the ROC curve, ties counted half."""
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positives = labels.sum()
    return float((ranks[labels > 0].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def gauc(scores: Floats, labels: Floats, users: npt.NDArray[np.int64]) -> float:
    """AUC of each user with both labels, weighted by rows."""
    order = np.argsort(users, kind="stable")
    bounds = np.flatnonzero(np.diff(users[order])) + 1
    summed = weight = 0.0
    for part in np.split(order, bounds):
        if 0 < labels[part].sum() < len(part):
            summed += auc(scores[part], labels[part]) * len(part)
            weight += len(part)
    return summed / weight


def xauc(scores: Floats, watched: Floats, seed: int = 1) -> float:
    """Share of random pairs with different watch times that are ordered rightly."""
    one, other = np.random.default_rng(seed).integers(0, len(scores), (2, PAIRS))
    differ = watched[one] != watched[other]
    right = (scores[one] > scores[other]) == (watched[one] > watched[other])
    return float(right[differ].mean())


def main() -> None:
    """Print one line for each model, and whether the gates are passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.argument(parser)
    parser.add_argument("--choose", action="store_true", help="test on 29 and 30 April instead, to choose settings by")
    words = parser.parse_args()
    try:
        log = data.kuairand(words.data)
    except data.Missing as error:
        print(f"skipped, {error}")
        return
    first, last = data.MAY_1_MS, 2**62
    if words.choose:
        first, last = data.MAY_1_MS - 2 * data.DAY_MS, data.MAY_1_MS
    told = features.table(log, first)
    known, tested = told.time_ms < first, (told.time_ms >= first) & (told.time_ms < last)
    print(f"{known.sum()} rows to learn, {tested.sum()} to test, {len(told.names)} features")
    ranks = np.argsort(np.argsort(told.watched_ms[known], kind="stable"), kind="stable") / known.sum()
    watched = np.zeros(len(known))
    watched[known] = ranks
    models: dict[str, tuple[Floats | None, Floats | None]] = {
        "network (ours)": (network(told, known, told.long, Settings()), network(told, known, watched, Settings())),
        "LightGBM": (trees(told, known, told.long), trees(told, known, watched)),
    }
    video = told.features[:, told.names.index("video")].astype(float)
    _tell("video's rate alone", told, tested, video, video)
    found = [
        _tell(name, told, tested, long, watch)
        for name, (long, watch) in models.items()
        if long is not None and watch is not None
    ]
    is_passed = any(area >= GATE_AUC and own >= GATE_GAUC for area, own in found)
    print(f"gates AUC {GATE_AUC}, GAUC {GATE_GAUC}: {'passed' if is_passed else 'FAILED'}")


def _tell(name: str, told: Table, tested: npt.NDArray[np.bool_], long: Floats, watch: Floats) -> tuple[float, float]:
    labels, watched = told.long[tested], np.minimum(told.watched_ms[tested], WATCHED_MOST_MS)
    found = auc(long[tested], labels), gauc(long[tested], labels, told.user[tested])
    ordered = xauc(watch[tested], watched)
    print(f"{name:<22} AUC {found[0]:.4f}  GAUC {found[1]:.4f}  XAUC {ordered:.4f}", flush=True)
    return found


if __name__ == "__main__":
    main()
