"""Ranking KuaiRand's impressions: AUC and GAUC of long views, XAUC of watch time, from causal features only.

python -m bench.recommender.impressions --data FOLDER

Trained on rows before 1 May, tested on 1 to 8 May (Beijing), first as learnt by 1 May, then learning through the week:
each row is scored before it is learnt. Beside ours, a small network in numpy, stands LightGBM (extra `bench`) where it
is installed. Settings were chosen on days before May. Watch time is learnt as its rank among all watch times, which
is what XAUC asks for.
"""

import argparse

import numpy as np
import numpy.typing as npt

from bench.recommender import data, features, network
from bench.recommender.data import Ints
from bench.recommender.features import Floats, Table
from bench.recommender.network import Flags, Rows

WATCHED_MOST_MS = 300_000.0
PAIRS = 400_000
GATE_AUC, GATE_GAUC = 0.76, 0.66
REQUEST_MS = 30 * 60_000  # a longer gap between two impressions of a user begins a new request
TREES = {  # few leaves and half the columns: 92,000 rows are few
    "learning_rate": 0.03,
    "num_leaves": 15,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 20.0,
    "verbose": -1,
    "num_threads": 1,
    "seed": 1,
}
ROUNDS = 400
OFFSET_WEIGHT, OFFSET_STRENGTH = 2.0, 10.0  # of a user's surprises


def trees(told: Table, known: Flags, asked: Flags, labels: Floats) -> Floats | None:
    """LightGBM's logits of the rows asked for, 0 elsewhere; None where it is not installed."""
    try:
        import lightgbm  # noqa: PLC0415 - an optional peer
    except ImportError:
        return None
    rows = lightgbm.Dataset(told.features[known], labels[known])
    fitted = lightgbm.train({**TREES, "objective": "cross_entropy"}, rows, ROUNDS)
    made = np.zeros(len(labels))
    made[asked] = fitted.predict(told.features[asked], raw_score=True)
    return made


def daily_trees(told: Table, tested: Flags, labels: Floats) -> Floats | None:
    """The same, fitted anew at the start of each tested day on all rows before it."""
    made = np.zeros(len(labels))
    days = (told.time_ms + data.BEIJING_MS) // data.DAY_MS
    for day in np.unique(days[tested]):
        found = trees(told, days < day, days == day, labels)
        if found is None:
            return None
        made += found
    return made


def requests(told: Table) -> Ints:
    """A number for each run of a user's impressions without a long gap: (rows,)."""
    order = np.lexsort((told.time_ms, told.user))
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (np.diff(told.user[order]) != 0) | (np.diff(told.time_ms[order]) > REQUEST_MS)
    made = np.empty(len(order), np.int64)
    made[order] = np.cumsum(is_new)
    return made


def offsets(logits: Floats, told: Table, tested: Flags, request: Ints) -> Floats:
    """How far each user's labels lay above what was expected of them, before the request began.

    All candidates of one request share it: it calibrates between users and does not touch the order within a request.
    """
    wrong = told.long - 1 / (1 + np.exp(-logits))
    rows = np.flatnonzero(tested)
    rows = rows[np.argsort(request[rows], kind="stable")]  # by user, then by time
    made = np.zeros(len(logits))
    user, summed, count = -1, 0.0, 0
    for part in np.split(rows, np.flatnonzero(np.diff(request[rows])) + 1):
        if told.user[part[0]] != user:
            user, summed, count = told.user[part[0]], 0.0, 0
        made[part] = OFFSET_WEIGHT * summed / (count + OFFSET_STRENGTH)
        summed, count = summed + wrong[part].sum(), count + len(part)
    return made


def auc(scores: Floats, labels: Floats) -> float:
    """Area under the ROC curve, ties counted half."""
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    positives = labels.sum()
    return float((ranks[labels > 0].sum() - positives * (positives + 1) / 2) / (positives * (len(labels) - positives)))


def gauc(scores: Floats, labels: Floats, groups: Ints) -> float:
    """AUC of each group (a user, a request) with both labels, weighted by rows."""
    order = np.argsort(groups, kind="stable")
    bounds = np.flatnonzero(np.diff(groups[order])) + 1
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


class Judge:
    """Prints a line for each model, and keeps in mind whether one passed both gates."""

    def __init__(self, told: Table, tested: Flags, request: Ints) -> None:
        self.told, self.tested, self.request = told, tested, request[tested]
        self.is_passed = False

    def tell(self, name: str, long: Floats | None, watch: Floats | None = None) -> None:
        """Logits of long views of all rows, and scores of watch time; None where a peer is not installed."""
        if long is None:
            return
        labels, scores = self.told.long[self.tested], long[self.tested]
        area, own = auc(scores, labels), gauc(scores, labels, self.told.user[self.tested])
        within = gauc(scores, labels, self.request)
        line = f"{name:<38} AUC {area:.4f}  GAUC {own:.4f}  by request {within:.4f}"
        if watch is not None:
            watched = np.minimum(self.told.watched_ms[self.tested], WATCHED_MOST_MS)
            line += f"  XAUC {xauc(watch[self.tested], watched):.4f}"
        print(line, flush=True)
        self.is_passed = self.is_passed or (area >= GATE_AUC and own >= GATE_GAUC)


def judge(told: Table, known: Flags, tested: Flags) -> bool:
    """Print all lines; whether a model passed both gates."""
    request, settings = requests(told), network.Settings()
    judged = Judge(told, tested, request)
    video = told.features[:, told.names.index("video")].astype(float)
    judged.tell("video's rate alone", video, video)
    watched = _ranks(told.watched_ms, known)
    rows: Rows = network.encoded(told.features, known)
    by_network = [network.once(rows, known, labels, settings) for labels in (told.long, watched)]
    by_trees = [trees(told, known, tested, labels) for labels in (told.long, watched)]
    judged.tell("network (ours)", *by_network)
    judged.tell("LightGBM", *by_trees)
    judged.tell("mean of both", *map(_mean, by_network, by_trees))
    live, daily = network.live(rows, known, told.long, settings), daily_trees(told, tested, told.long)
    judged.tell("learning: network (ours), each batch", live)
    judged.tell("learning: LightGBM, each day", daily)
    judged.tell("learning: mean of both", _mean(live, daily))
    best = live if daily is None else (live + daily) / 2
    judged.tell("… and each user's offset by request", best + offsets(best, told, tested, request))
    return judged.is_passed


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
    is_passed = judge(told, known, tested)
    print(f"gates AUC {GATE_AUC}, GAUC {GATE_GAUC}: {'passed' if is_passed else 'FAILED'}")


def _ranks(values: Floats, known: npt.NDArray[np.bool_]) -> Floats:
    """0 … 1 among the known rows, 0 elsewhere."""
    made = np.zeros(len(values))
    made[known] = np.argsort(np.argsort(values[known], kind="stable"), kind="stable") / known.sum()
    return made


def _mean(one: Floats, other: Floats | None) -> Floats | None:
    return None if other is None else (one + other) / 2


if __name__ == "__main__":
    main()
