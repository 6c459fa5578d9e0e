"""Learning the encoder and its heads, with JAX and optax (extra `train`); one loop that can be read.

Retrieval learns by a softmax over sampled negatives, half of them uniform and half by popularity, corrected for how
often each is drawn; never against the other positives of the batch alone, which collapses on a skewed catalogue.
The heads learn each label that is known. One seed gives one result.
"""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt
import optax

from revue.recommender.engine import encoder, heads
from revue.recommender.engine.encoder import Array, Tokens

Params = dict[str, Any]
_TABLES = ("ids", "authors")


@dataclasses.dataclass(frozen=True)
class Config:
    """Every number of the training, with its reason."""

    events: int = encoder.EVENTS  # of a viewer
    d: int = 64
    layers: int = 2
    heads: int = 2
    feed: int = 256
    rate: float = 2e-3  # twice Adam's usual one: better by validation where a running mean smooths it
    dropout: float = 0.2
    masked: float = 0.2  # share of a history's videos hidden while learning; gains more than width (decision 96)
    negatives: int = 1024  # for a whole batch; the loss, not the architecture, decides (reference tables)
    temperature: float = 0.08  # of the softmax over cosines; chosen by validation beside plain inner products
    uniform: float = 0.5  # share of negatives drawn uniformly, so that rare videos are pushed away too
    heads_weight: float = 1.0  # of the heads' loss beside retrieval's
    clip: float = 1.0  # longest gradient step: one odd minute must not undo a day
    batch: int = 128  # viewers
    replay: int = 20_000  # windows kept for replay
    mean_decay: float = (
        0.999  # of a running mean of the weights, which is what is published; 0 = the weights themselves
    )


class Dials(NamedTuple):
    """What may differ between settings that learn side by side in one compiled step; scalars of JAX or floats."""

    rate: Array
    dropout: Array
    masked: Array

    @classmethod
    def of(cls, config: Config) -> "Dials":
        """The configured ones."""
        return cls(config.rate, config.dropout, config.masked)


class Videos(NamedTuple):
    """The catalogue as the trainer sees it; row 0 is nobody's."""

    content: Array  # (N, C) float32
    authors: Array  # (N,) int
    impressions: Array  # (N,) float
    drawn: Array  # (N,) float: how likely a negative is this one; sums to 1
    reached: Array  # (N,) float, ascending: a draw from 0 … 1 takes the first video whose number is above it
    rows: Array  # (N,) int: of the table of ids; 0 = none yet


class Batch(NamedTuple):
    """Windows of viewers, padded at their end; (B, T) unless said otherwise."""

    videos: Array  # rows
    actions: Array
    times: Array  # seconds from the first event of the window, float32
    labels: Array  # (B, T, 10) in 0 … 1, in the order of `heads.TASKS`; NaN = not known
    counters: Array  # (B, T, k)
    fresh: Array  # 1 where the event is to be learnt, 0 where it is only context or padding


class State(NamedTuple):
    """All that changes while learning."""

    weights: Params
    mean: Params  # running mean of the weights
    moments: Any  # of the optimiser
    key: Any
    steps: Any  # how many so far


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """Up to `encoder.EVENTS` events of one viewer, oldest first; the fields are those of `Batch`."""

    videos: npt.NDArray[np.int32]
    actions: npt.NDArray[np.int32]
    times: npt.NDArray[np.float64]
    labels: npt.NDArray[np.float32]
    counters: npt.NDArray[np.float32]
    fresh: npt.NDArray[np.bool_]

    def part(self, some: slice) -> "Window":
        """Some of its events."""
        return Window(*(getattr(self, field.name)[some] for field in dataclasses.fields(self)))


def catalogue(
    content: npt.NDArray[np.float32],
    authors: npt.NDArray[np.int64],
    impressions: npt.NDArray[np.float64],
    taken: npt.NDArray[np.float64],
    uniform: float = Config.uniform,
    size: int = 0,
    rows: npt.NDArray[np.int64] | None = None,
) -> Videos:
    """The videos to learn, row 0 included; `taken` (N,) counts how often each was a positive.

    With `size`, empty rows are added up to it, so that a growing catalogue is compiled for only now and then. Without
    `rows` every video has the row of its place in the table of ids.
    """
    size = max(size, len(taken))
    rows = np.arange(len(taken)) if rows is None else rows
    even = np.ones(len(taken))
    even[0] = 0.0
    popular = (taken + 1e-9) * even
    drawn = uniform * even / even.sum() + (1 - uniform) * popular / popular.sum()

    reached = np.cumsum(drawn)
    reached[-1] = 2.0  # above every draw, whatever rounding leaves of the sum

    def column(array: npt.NDArray[Any], kind: str, beyond: float = 0.0) -> Array:
        more = [(0, size - len(array))] + [(0, 0)] * (array.ndim - 1)
        return jnp.asarray(np.pad(array.astype(kind), more, constant_values=beyond))

    return Videos(
        content=column(content, "f4"),
        authors=column(authors, "i4"),
        impressions=column(impressions, "f4"),
        drawn=column(drawn, "f4"),
        reached=column(reached, "f4", beyond=2.0),
        rows=column(rows, "i4"),
    )


def fresh_weights(config: Config, *, videos: int, authors: int, content: int, counters: int, seed: int) -> Params:
    """Weights before the first event."""
    wanted = encoder.shapes(
        videos=videos,
        authors=authors,
        content=content,
        d=config.d,
        layers=config.layers,
        heads=config.heads,
        feed=config.feed,
    ) | heads.shapes(d=config.d, counters=counters)
    rng = np.random.default_rng(seed)
    return {name: _first(name, shape, rng) for name, shape in wanted.items()}


def _first(name: str, shape: tuple[int, ...], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    if "norm" in name:
        return np.ones(shape, np.float32)
    if name in ("retrieval", "ranking"):
        return np.eye(*shape, dtype=np.float32)
    if name.endswith(("bias", "fade", "lag", "authors", "marks", "watch")):
        return np.zeros(shape, np.float32)
    scale = 0.02 if name in ("ids", "start") else max(shape[0], 1) ** -0.5
    made = rng.normal(0, scale, shape).astype(np.float32)
    if name == "ids":
        made[0] = 0
    return made


def start(config: Config, weights: Params, seed: int) -> State:
    """Begin to learn from these weights."""
    held, mean = ({name: jnp.array(array) for name, array in weights.items()} for _ in range(2))
    return State(held, mean, _optimiser(config.clip, config.rate).init(held), jax.random.key(seed), jnp.array(0.0))


def grown(state: State, sizes: Mapping[str, int]) -> State:
    """The same state with more rows in some tables; a new row says nothing until it is learnt.

    Each new size is compiled for again: grow by large steps.
    """

    def padded(name: str, array: Array) -> Array:
        more = max(sizes.get(name, 0) - array.shape[0], 0)
        return jnp.pad(array, [(0, more)] + [(0, 0)] * (array.ndim - 1)) if more else array

    def all_padded(held: Any) -> Any:
        return {name: padded(name, array) for name, array in held.items()} if isinstance(held, dict) else held

    moments = jax.tree.map(all_padded, state.moments, is_leaf=lambda held: isinstance(held, dict))
    return state._replace(weights=all_padded(state.weights), mean=all_padded(state.mean), moments=moments)


def cleared(state: State, rows: Mapping[str, npt.NDArray[np.int64]]) -> State:
    """The same state with some rows of some tables at zero: they are nobody's any more."""

    def emptied(held: Any) -> Any:
        if not isinstance(held, dict):
            return held
        return {name: array.at[rows[name]].set(0) if name in rows else array for name, array in held.items()}

    moments = jax.tree.map(emptied, state.moments, is_leaf=lambda held: isinstance(held, dict))
    return state._replace(weights=emptied(state.weights), mean=emptied(state.mean), moments=moments)


def published(state: State) -> dict[str, npt.NDArray[np.float32]]:
    """The weights to serve, as numpy arrays."""
    return {name: np.asarray(array) for name, array in state.mean.items()}


@functools.partial(jax.jit, static_argnums=0, donate_argnums=1)
def step(config: Config, state: State, videos: Videos, batch: Batch) -> tuple[State, Array]:
    """One minibatch; gives the next state and the loss."""
    return learn(config, state, videos, batch, Dials.of(config))


def learn(config: Config, state: State, videos: Videos, batch: Batch, dials: Dials) -> tuple[State, Array]:
    """`step` with its dials as an argument, so that several settings of them can learn side by side."""
    key, mine = jax.random.split(state.key)
    loss, slope = jax.value_and_grad(_loss)(state.weights, config, videos, batch, mine, dials)
    change, moments = _optimiser(config.clip, dials.rate).update(slope, state.moments)
    change = {name: _touched(name, part, slope[name]) for name, part in change.items()}
    weights = {name: array + change[name] for name, array in state.weights.items()}
    decay = jnp.minimum(config.mean_decay, (1 + state.steps) / (10 + state.steps))  # the first steps are forgotten soon
    mean = {name: array + decay * (state.mean[name] - array) for name, array in weights.items()}
    return State(weights, mean, moments, key, state.steps + 1), loss


def _optimiser(clip: float, rate: Array) -> optax.GradientTransformation:
    return optax.chain(optax.clip_by_global_norm(clip), optax.adam(rate, b2=0.98))


def _touched(name: str, change: Array, slope: Array) -> Array:
    """Rows of a table that this batch says nothing about stay as they are, so that a delta holds few rows."""
    if name not in _TABLES:
        return change
    return change * (slope != 0).any(axis=-1, keepdims=True)


def _loss(weights: Params, config: Config, videos: Videos, batch: Batch, key: Array, dials: Dials) -> Array:
    drawing, dropping, masking = jax.random.split(key, 3)
    vectors = _vectors(weights, videos, batch.videos)
    seen = _masked(vectors, masking, dials.masked)
    tokens = Tokens(seen, videos.authors[batch.videos], batch.actions, batch.times)
    encoded = encoder.encode(jnp, weights, tokens, _Dropout(dropping, dials.dropout))
    loss = _retrieval_loss(weights, config, videos, batch, encoded.retrieval[..., :-1, :], vectors, drawing)
    if not config.heads_weight:
        return loss
    return loss + config.heads_weight * _heads_loss(weights, batch, encoded, vectors)


def _vectors(weights: Params, videos: Videos, rows: Array) -> Array:
    return encoder.video_vectors(weights, videos.rows[rows], videos.content[rows], videos.impressions[rows])


def _masked(vectors: Array, key: Array, share: Array) -> Array:
    """Hide whole videos of a history, so that no pair of neighbours is learnt by heart; what was done there stays."""
    return vectors * jax.random.bernoulli(key, 1 - share, vectors.shape[:-1])[..., None]


class _Dropout:
    """Each call takes away another random share and scales up the rest."""

    def __init__(self, key: Array, share: Array) -> None:
        self.key, self.share = key, share

    def __call__(self, array: Array) -> Array:
        self.key, mine = jax.random.split(self.key)
        kept = jax.random.bernoulli(mine, 1 - self.share, array.shape)
        return jnp.where(kept, array / (1 - self.share), 0.0)


def _retrieval_loss(
    weights: Params, config: Config, videos: Videos, batch: Batch, states: Array, vectors: Array, key: Array
) -> Array:
    """Mean over positives of -log softmax, the sum over the catalogue estimated from the negatives.

    A negative stands for 1 / (how many of it were expected) videos; the positive itself stands for one.
    """
    places = jnp.searchsorted(videos.reached, jax.random.uniform(key, (config.negatives,)), side="right")
    drawn = jnp.clip(places, 1, len(videos.drawn) - 1)
    states = states / config.temperature
    own = (states * encoder.unit(jnp, vectors)).sum(-1)
    others = states @ encoder.unit(jnp, _vectors(weights, videos, drawn)).T
    others = others - jnp.log(config.negatives * videos.drawn[drawn])
    others = jnp.where(batch.videos[..., None] == drawn, -1e9, others)
    whole = jnp.logaddexp(own, jax.nn.logsumexp(others, axis=-1))
    wanted = batch.fresh * (batch.labels[..., heads.LONG] >= 0.5) * (batch.videos > 0)  # noqa: PLR2004 - yes or no
    return ((whole - own) * wanted).sum() / jnp.maximum(wanted.sum(), 1)


def _heads_loss(weights: Params, batch: Batch, encoded: encoder.Encoded, vectors: Array) -> Array:
    """Mean over the known labels of their cross entropy; each event is a candidate before the events that follow."""
    length = batch.videos.shape[-1]
    allowed = jnp.arange(length)[:, None] >= jnp.arange(length)
    made = heads.logits(
        jnp,
        weights,
        encoded.retrieval[..., :-1, :],
        encoded.ranking[..., :-1, :],
        vectors,
        batch.counters,
        allowed,
    )
    known = ~jnp.isnan(batch.labels) * (batch.fresh > 0)[..., None]
    each = optax.sigmoid_binary_cross_entropy(made, jnp.where(known, batch.labels, 0.0))
    return (each * known).sum() / jnp.maximum(known.sum(), 1)


def pad(windows: Sequence[Window], length: int) -> Batch:
    """Windows as one batch of a fixed length, so that it is compiled once; longer ones lose their oldest events."""
    if not windows:
        raise ValueError("a batch holds at least one window")
    rows = len(windows)
    made = Batch(
        np.zeros((rows, length), np.int32),
        np.zeros((rows, length), np.int32),
        np.zeros((rows, length), np.float32),
        np.full((rows, length, len(heads.TASKS)), np.nan, np.float32),
        np.zeros((rows, length, windows[0].counters.shape[-1]), np.float32),
        np.zeros((rows, length), np.float32),
    )
    for row, window in enumerate(windows):
        kept = min(length, len(window.videos))
        for name in ("videos", "actions", "labels", "counters", "fresh"):
            getattr(made, name)[row, :kept] = getattr(window, name)[len(window.videos) - kept :]
        times = window.times[len(window.times) - kept :]
        made.times[row, :kept] = times - times[:1]
    return made
