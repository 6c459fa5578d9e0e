"""Leave-last-one-out with full ranking: popularity, item-kNN, EASE, implicit ALS, and our sequence model.

python -m bench.recommender.offline --data FOLDER                      # all sets, the counting peers
python -m bench.recommender.offline --data FOLDER --set beauty --learn # and ours, which wants a GPU or patience
"""

import argparse
import pathlib
import time
from collections.abc import Callable

import numpy as np

from bench.recommender import baselines, data, protocol
from bench.recommender.data import Ints, Sequences
from bench.recommender.protocol import Scorer, Scores

SETS: dict[str, Callable[[pathlib.Path], Sequences]] = {
    "ml100k": data.ml100k,
    "beauty": data.beauty,
    "kuairand": data.long_views,
    "ml1m": data.ml1m,
}
RIDGE = {"ml100k": 300.0, "beauty": 200.0, "kuairand": 200.0, "ml1m": 300.0}
SHARES = (0.0, 0.3, 0.6, 1.0, 2.0)  # of the counting model in the blend; validation takes one
SMALL = {"d": 64, "layers": 2, "heads": 2}  # what an instance serves by default
WIDE = {"d": 256, "layers": 1, "heads": 4}
SMALL_DIALS, WIDE_DIALS = ({"rate": 2e-3, "dropout": 0.2}, {"rate": 1e-3, "dropout": 0.4})
MASKED = (0.3, 0.4)  # of a history, while learning: validation takes one
FLOOR = 1e-3  # added to a similarity before its logarithm


def main() -> None:
    """Print one table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.argument(parser)
    parser.add_argument("--set", choices=SETS, action="append", help="only this one; may be given again")
    parser.add_argument("--skip-ease", action="store_true", help="leave out the inverse of items by items")
    parser.add_argument("--learn", action="store_true", help="the sequence model too (extra `train`)")
    parser.add_argument("--epochs", type=int, default=150)
    parser.add_argument("--small", action="store_true", help="two layers of 64, as an instance serves by default")
    words = parser.parse_args()
    for name in words.set or SETS:
        try:
            whole = SETS[name](words.data)
        except data.Missing as error:
            print(f"\n{name}: skipped, {error}")
            continue
        print(f"\n{whole.name}: {len(whole)} users, {whole.n_items} items, {len(whole.items)} events")
        _peers(whole, RIDGE[name], skip_ease=words.skip_ease)
        if words.learn:
            _ours(whole, words)


def _peers(whole: Sequences, ridge: float, *, skip_ease: bool) -> None:
    known = protocol.without_last(whole, 1)
    makers: dict[str, Callable[[], Scorer]] = {
        "popularity": lambda: baselines.popularity(known),
        "item-kNN": lambda: baselines.item_knn(known),
        "item-kNN, weighted 0.8^age": lambda: baselines.item_knn(known, baselines.RECENCY),
        "implicit ALS 64": lambda: baselines.als(known),
        "EASE": lambda: baselines.ease(known, ridge),
    }
    for name, make in makers.items():
        if not (skip_ease and name == "EASE"):
            began = time.monotonic()
            scorer = make()
            _tell(name, protocol.evaluate(whole, scorer), time.monotonic() - began)


def _ours(whole: Sequences, words: argparse.Namespace) -> None:
    """The sequence model as the protocol has it, then fitted on what the peers are fitted on, each also blended."""
    from bench.recommender import sequence  # noqa: PLC0415 - needs the extra `train`

    shape, dial = (SMALL, SMALL_DIALS) if words.small else (WIDE, WIDE_DIALS)
    config = sequence.Config(**shape, batch=256, negatives=2048, heads_weight=0.0)
    dials = [sequence.Dial(**dial, masked=masked) for masked in MASKED]
    began = time.monotonic()
    chosen = max(sequence.fit(whole, config, dials, epochs=words.epochs), key=lambda fitted: fitted.valid)
    share = _best_share(whole, sequence.scorer(chosen))
    print(f"  validation chose {chosen.dial}, epoch {chosen.epoch}, share {share}")
    _tell_learnt("without the validation event", whole, sequence.scorer(chosen), share, 2, began)
    again = sequence.refit(whole, config, chosen)
    _tell_learnt("fitted as the peers are", whole, sequence.scorer(again), share, 1, began)


def _tell_learnt(name: str, whole: Sequences, scorer: Scorer, share: float, left_out: int, began: float) -> None:
    """A learnt model, and its blend with item-kNN, both fitted without the last `left_out` events of each user."""
    counted = baselines.item_knn(protocol.without_last(whole, left_out), baselines.RECENCY)
    _tell(f"sequence model, {name}", protocol.evaluate(whole, scorer), time.monotonic() - began)
    mixed = protocol.evaluate(whole, blended(scorer, counted, share))
    _tell("… blended with item-kNN", mixed, time.monotonic() - began)


def _best_share(whole: Sequences, scorer: Scorer) -> float:
    """The share of item-kNN that validates best, both fitted without the validation event."""
    counted = baselines.item_knn(protocol.without_last(whole, 2), baselines.RECENCY)

    def ndcg(share: float) -> float:
        return protocol.evaluate(whole, blended(scorer, counted, share), left_out=2, most=3000).ndcg

    return max(SHARES, key=ndcg)


def blended(learnt: Scorer, counted: Scorer, share: float) -> Scorer:
    """log p of the learnt model, and `share` times the logarithm of the counted similarity."""

    def score(histories: list[Ints]) -> Scores:
        made = learnt(histories)
        made -= np.log(np.exp(made - made.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
        return made + share * np.log(counted(histories) + FLOOR)

    return score


def _tell(name: str, found: protocol.Quality, seconds: float) -> None:
    print(f"  {name:<44} {found}  {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
