"""The peers of `offline`, each as small as its description: popularity, item-kNN, EASE and implicit ALS, in numpy."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from bench.recommender.data import Ints, Sequences
from bench.recommender.protocol import Scorer, Scores

RECENCY = 0.8  # what an event weighs against the one after it


def popularity(known: Sequences) -> Scorer:
    """How many took each item."""
    counts = np.bincount(known.items, minlength=known.n_items).astype(np.float32)
    return lambda histories: np.tile(counts, (len(histories), 1))


def item_knn(known: Sequences, recency: float = 1.0) -> Scorer:
    """Cosine between the columns of the binary user x item matrix, summed over the history by age."""
    together = co_occurrence(known)
    counts = np.maximum(together.diagonal(), 1)
    alike = together / np.sqrt(np.outer(counts, counts))
    np.fill_diagonal(alike, 0)
    return _summed(alike, recency)


def ease(known: Sequences, l2: float) -> Scorer:
    """Steck's linear model: the inverse of the regularised Gram matrix, its diagonal kept at 0."""
    inverse = np.linalg.inv(co_occurrence(known) + l2 * np.eye(known.n_items, dtype=np.float32))
    weights = inverse / -inverse.diagonal()
    np.fill_diagonal(weights, 0)
    return _summed(weights.astype(np.float32), 1.0)


def als(
    known: Sequences, *, factors: int = 64, reg: float = 0.05, alpha: float = 10.0, rounds: int = 15, seed: int = 1
) -> Scorer:
    """Implicit ALS (Hu, Koren, Volinsky): a taken item has confidence 1 + alpha, every other 1."""
    rng = np.random.default_rng(seed)
    users = np.repeat(np.arange(len(known)), np.diff(known.starts))
    pairs = np.unique(users * known.n_items + known.items)
    users, items = pairs // known.n_items, pairs % known.n_items
    people = np.zeros((len(known), factors), np.float32)
    things = rng.normal(0, 0.1, (known.n_items, factors)).astype(np.float32)
    by_item = np.argsort(items, kind="stable")
    for _ in range(rounds):
        _solve(people, things, users, items, reg, alpha)
        _solve(things, people, items[by_item], users[by_item], reg, alpha)
    return lambda histories: _folded_in(things, histories, reg, alpha) @ things.T


def co_occurrence(known: Sequences) -> npt.NDArray[np.float32]:
    """(items, items): how many users took both."""
    together = np.zeros(known.n_items**2, np.float32)
    for user in range(len(known)):
        items = np.unique(known.of(user))
        together[(items[:, None] * known.n_items + items).ravel()] += 1
    return together.reshape(known.n_items, known.n_items)


def _summed(alike: npt.NDArray[np.float32], recency: float) -> Scorer:
    def score(histories: list[Ints]) -> Scores:
        made = np.empty((len(histories), len(alike)), np.float32)
        for row, history in enumerate(histories):
            newest = history[-200:]
            fade = (recency ** np.arange(len(newest))[::-1]).astype(np.float32)
            made[row] = fade @ alike[newest]
        return made

    return score


def _runs(keys: Ints) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Groups of rows whose runs in sorted `keys` have about one length: the rows, where runs begin, their lengths."""
    rows, starts, lengths = np.unique(keys, return_index=True, return_counts=True)
    order = np.argsort(lengths, kind="stable")
    begin = 0
    while begin < len(order):
        end = begin + 1
        while end < len(order) and lengths[order[end]] * (end - begin + 1) < 50_000:
            end += 1
        part = order[begin:end]
        yield rows[part], starts[part], lengths[part]
        begin = end


def _solve(
    wanted: npt.NDArray[np.float32],
    given: npt.NDArray[np.float32],
    keys: Ints,
    others: Ints,
    reg: float,
    alpha: float,
) -> None:
    """Best rows of `wanted` while `given` stays; `keys` are sorted."""
    gram = given.T @ given + reg * np.eye(given.shape[1], dtype=np.float32)
    for rows, starts, lengths in _runs(keys):
        places = starts[:, None] + np.minimum(np.arange(lengths.max()), lengths[:, None] - 1)
        there = (np.arange(lengths.max()) < lengths[:, None]).astype(np.float32)
        taken = given[others[places]] * there[..., None]
        left = gram + alpha * (taken.transpose(0, 2, 1) @ taken)
        wanted[rows] = np.linalg.solve(left, (1 + alpha) * taken.sum(axis=1)[..., None])[..., 0]


def _folded_in(
    things: npt.NDArray[np.float32], histories: list[Ints], reg: float, alpha: float
) -> npt.NDArray[np.float32]:
    people = np.zeros((len(histories), things.shape[1]), np.float32)
    keys = np.repeat(np.arange(len(histories)), [len(history) for history in histories])
    _solve(people, things, keys, np.concatenate(histories), reg, alpha)
    return people
