"""What a viewer's last events say about the next one: a small causal transformer, one source for numpy and JAX.

Serving calls `encode(numpy, …)`, training `encode(jax.numpy, …)`. Everything it computes with comes from `weights`, a
flat mapping of arrays; layers, heads and widths are read off their shapes.
"""

from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any, NamedTuple

Array = Any  # of numpy or of JAX: what goes in comes out
Weights = Mapping[str, Array]

EVENTS = 100  # of a viewer, the newest; older ones are left to the counters
WATCH_BUCKETS = 8
LIKED, SHARED, NEGATIVE = 1, 2, 4  # marks of an action code, above the watch bucket
ACTIONS = WATCH_BUCKETS * 8
EVIDENCE = 20.0  # so many impressions weigh a video's own vector as much as what it shows
_FAR = -1e9  # what may not be attended to


class Tokens(NamedTuple):
    """Events, oldest first, of one viewer (T) or of many (B, T); shorter ones are padded at their end.

    What follows an event never changes what was read before it, so padding needs no mask.
    """

    vectors: Array  # (…, T, d) float32: `video_vectors` of each event's video
    authors: Array  # (…, T) int: rows of the table of authors; 0 = unknown
    actions: Array  # (…, T) int: `action_codes`
    times: Array  # (…, T) float: seconds since any one moment


class Encoded(NamedTuple):
    """State t has read the events before event t; the last one has read them all. Both are (…, T + 1, d)."""

    retrieval: Array  # of length 1: its inner product with `unit` video vectors ranks the whole catalogue
    ranking: Array  # what the heads attend to


def action_codes(watch: Array, liked: Array, shared: Array, negative: Array) -> Array:
    """One number for what was done: watch quantile in [0, 1] as one of eight buckets, and three flags (0 or 1)."""
    bucket = (watch * WATCH_BUCKETS).astype("int32").clip(0, WATCH_BUCKETS - 1)
    return bucket + WATCH_BUCKETS * (LIKED * liked + SHARED * shared + NEGATIVE * negative)


def video_vectors(weights: Weights, rows: Array, content: Array, impressions: Array) -> Array:
    """Where videos lie, (…, d): a new one where its content says, one that was shown often where its viewers say.

    Args:
        weights: with `ids` (N, d) and `content` (C, d).
        rows: (…) int: rows of the table of ids; 0 = the video has none yet.
        content: (…, C) float32: content vectors; C may be 0.
        impressions: (…) float: how often each was shown.
    """
    own = (rows > 0) * impressions / (impressions + EVIDENCE)
    return content @ weights["content"] + own[..., None].astype("float32") * weights["ids"][rows]


def encode(
    xp: ModuleType, weights: Weights, tokens: Tokens, drop: Callable[[Array], Array] = lambda array: array
) -> Encoded:
    """Read events in one causal pass.

    Args:
        xp: numpy, or jax.numpy.
        weights: of `shapes`.
        tokens: at most `EVENTS` for each viewer; none at all is well defined.
        drop: dropout, in training.
    """
    events = tokens.vectors + weights["authors"][tokens.authors] + _actions(xp, weights, tokens.actions)
    start = xp.broadcast_to(weights["start"], (*events.shape[:-2], 1, events.shape[-1]))
    x = drop(xp.concatenate([start, events], axis=-2))
    gaps = _log_gaps(xp, tokens.times)
    for layer in range(layers(weights)):
        x = x + drop(_attend(xp, weights, f"{layer}.", _norm(xp, x, weights[f"{layer}.norm1"]), gaps))
        x = x + drop(_feed(xp, weights, f"{layer}.", _norm(xp, x, weights[f"{layer}.norm2"])))
    x = _norm(xp, x, weights["norm"])
    return Encoded(unit(xp, x @ weights["retrieval"]), x @ weights["ranking"])


def unit(xp: ModuleType, vectors: Array) -> Array:
    """The same directions at length 1. Ranking by the angle keeps often seen videos from winning by length alone."""
    return vectors / xp.sqrt((vectors * vectors).sum(axis=-1, keepdims=True) + 1e-8)


def layers(weights: Weights) -> int:
    """How many layers these weights have."""
    return sum(name.endswith(".qkv") for name in weights)


def shapes(
    *, videos: int, authors: int, content: int, d: int = 64, layers: int = 2, heads: int = 2, feed: int = 256
) -> dict[str, tuple[int, ...]]:
    """The arrays of an encoder; row 0 of `ids` and `authors` stands for what has no row of its own."""
    wanted: dict[str, tuple[int, ...]] = {
        "ids": (videos, d),
        "authors": (authors, d),
        "content": (content, d),
        "watch": (WATCH_BUCKETS, d),
        "marks": (3, d),
        "start": (d,),
        "norm": (d,),
        "retrieval": (d, d),
        "ranking": (d, d),
    }
    for layer in range(layers):
        wanted |= {
            f"{layer}.norm1": (d,),
            f"{layer}.qkv": (d, 3 * d),
            f"{layer}.out": (d, d),
            f"{layer}.fade": (heads,),
            f"{layer}.lag": (heads, EVENTS + 1),
            f"{layer}.norm2": (d,),
            f"{layer}.up": (d, feed),
            f"{layer}.up_bias": (feed,),
            f"{layer}.down": (feed, d),
            f"{layer}.down_bias": (d,),
        }
    return wanted


def _actions(xp: ModuleType, weights: Weights, codes: Array) -> Array:
    """A like is a like after any watch time: the bucket and each mark have a vector, and a rare pair is their sum."""
    marks = (codes[..., None] // WATCH_BUCKETS // xp.asarray([LIKED, SHARED, NEGATIVE])) % 2
    return weights["watch"][codes % WATCH_BUCKETS] + marks.astype("float32") @ weights["marks"]


def _norm(xp: ModuleType, x: Array, scale: Array) -> Array:
    return x * (scale / xp.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-6))


def _log_gaps(xp: ModuleType, times: Array) -> Array:
    """(…, T + 1, T + 1): log of 1 + the seconds between two events; the start is as old as the first event."""
    first = times[..., :1] if times.shape[-1] else xp.zeros((*times.shape[:-1], 1))
    since = (xp.concatenate([first, times], axis=-1) - first).astype("float32")
    return xp.log(1 + abs(since[..., :, None] - since[..., None, :]))


def _attend(xp: ModuleType, weights: Weights, layer: str, x: Array, gaps: Array) -> Array:
    """Causal attention whose weight falls by a power of the time between two events, learnt for each head.

    A second bias goes by how many events lie between.
    """
    fade, lag = weights[layer + "fade"], weights[layer + "lag"]
    heads, length, width = fade.shape[0], x.shape[-2], x.shape[-1] // fade.shape[0]
    split = (x @ weights[layer + "qkv"]).reshape(*x.shape[:-1], 3, heads, width)
    query, key, value = (xp.moveaxis(split[..., part, :, :], -2, -3) for part in range(3))
    near = query @ xp.swapaxes(key, -1, -2) * width**-0.5 + _by_lag(xp, lag, length)
    near = near - gaps[..., None, :, :] * fade[:, None, None]
    read = xp.moveaxis(softmax(xp, near) @ value, -3, -2)
    return read.reshape(x.shape) @ weights[layer + "out"]


def _by_lag(xp: ModuleType, lag: Array, length: int) -> Array:
    """(heads, T, T): `lag[i - j]` where j is not after i, and out of reach elsewhere.

    Each row is the one before, moved by one; repeating one vector and cutting it anew does that without an index.
    """
    future = xp.full((len(lag), length), _FAR, "float32")
    row = xp.concatenate([lag[:, :1], future, lag[:, 1:length][:, ::-1]], axis=1)
    repeated = xp.tile(row, (1, length))[:, : length * (2 * length - 1)]
    return repeated.reshape(len(lag), length, 2 * length - 1)[..., :length]


def softmax(xp: ModuleType, near: Array) -> Array:
    """Over the last axis."""
    raised = xp.exp(near - near.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def _feed(xp: ModuleType, weights: Weights, layer: str, x: Array) -> Array:
    hidden = xp.maximum(x @ weights[layer + "up"] + weights[layer + "up_bias"], 0)
    return hidden @ weights[layer + "down"] + weights[layer + "down_bias"]
