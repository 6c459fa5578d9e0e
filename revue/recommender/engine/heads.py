"""What a viewer would do with each candidate: ten small predictions from one history.

A candidate attends to the history and to nothing else, so its score is the same in any company and can be kept.
"""

from types import ModuleType

from revue.recommender.engine.encoder import Array, Weights, softmax

TASKS = ("watch", "long", "skip", "like", "share", "comment", "follow", "return", "not_interested", "report")
WATCH, LONG = 0, 1  # places in TASKS: the watch quantile, and what retrieval learns from
HIDDEN = 64


def predict(
    xp: ModuleType,
    weights: Weights,
    viewer: Array,
    states: Array,
    candidates: Array,
    counters: Array,
    allowed: Array | None = None,
) -> Array:
    """Chances in 0 … 1 in the order of `TASKS`, (…, N, 10); the first is the expected watch quantile."""
    return 1 / (1 + xp.exp(-logits(xp, weights, viewer, states, candidates, counters, allowed)))


def logits(
    xp: ModuleType,
    weights: Weights,
    viewer: Array,
    states: Array,
    candidates: Array,
    counters: Array,
    allowed: Array | None = None,
) -> Array:
    """The same before the sigmoid.

    Args:
        xp: numpy, or jax.numpy.
        weights: of `shapes`.
        viewer: (…, N, d) or (…, 1, d): the retrieval state before the candidate.
        states: (…, T, d): ranking states of the history.
        candidates: (…, N, d): `video_vectors`.
        counters: (…, N, k): what was counted before this impression, scaled to about -3 … 3.
        allowed: (…, N, T): which states a candidate may attend to; None = all of them.
    """
    near = (candidates @ weights["heads.query"]) @ xp.swapaxes(states @ weights["heads.key"], -1, -2)
    near = near * candidates.shape[-1] ** -0.5
    if allowed is not None:
        near = xp.where(allowed, near, -1e9)
    read = softmax(xp, near) @ (states @ weights["heads.value"])
    viewer = xp.broadcast_to(viewer, candidates.shape)
    features = xp.concatenate([viewer, candidates, viewer * candidates, read, counters], axis=-1)
    hidden = xp.maximum(features @ weights["heads.in"] + weights["heads.in_bias"], 0)
    return hidden @ weights["heads.out"] + weights["heads.out_bias"]


def shapes(*, d: int = 64, counters: int = 0, hidden: int = HIDDEN) -> dict[str, tuple[int, ...]]:
    """The arrays of the heads."""
    return {
        "heads.query": (d, d),
        "heads.key": (d, d),
        "heads.value": (d, d),
        "heads.in": (4 * d + counters, hidden),
        "heads.in_bias": (hidden,),
        "heads.out": (hidden, len(TASKS)),
        "heads.out_bias": (len(TASKS),),
    }
