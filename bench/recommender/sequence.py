"""Our sequence model under the protocol of `offline`: ids and order only.

Several settings of the dials (learning rate, dropout, masking) and several seeds learn side by side on one device.
Which epoch and which setting is kept, the validation event decides; the test event is read once, at the end.
"""

import dataclasses
import functools
import time
from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpy.typing as npt

from bench.recommender import protocol
from bench.recommender.data import Ints, Sequences
from revue.recommender.engine import encoder, heads, train
from revue.recommender.engine.train import Batch, Config, Dials, Params, State, Videos

SHOWN = 1e9  # impressions: without content a video has only its own vector
_ACTION = encoder.WATCH_BUCKETS - 1
_PATIENCE = 4  # validations without a better one


@dataclasses.dataclass(frozen=True)
class Dial:
    """One setting that learns beside others."""

    rate: float = Config.rate
    dropout: float = Config.dropout
    masked: float = Config.masked
    seed: int = 1


@dataclasses.dataclass(frozen=True)
class Fitted:
    """A model as it was at its best epoch by validation."""

    dial: Dial
    length: int  # events it reads
    epoch: int
    valid: float  # NDCG@10
    weights: dict[str, npt.NDArray[np.float32]]


@dataclasses.dataclass
class Learner:
    """Models that learn side by side from the same users, one for each dial."""

    config: Config
    dials: Sequence[Dial]
    videos: Videos
    rows: Any  # (users, length) rows of videos, padded at the end
    lengths: Any  # (users,)
    states: State  # each array has one more axis in front: the dials

    @classmethod
    def begin(cls, known: Sequences, config: Config, dials: Sequence[Dial], length: int) -> "Learner":
        """Before the first epoch."""
        taken = np.bincount(known.items + 1, minlength=known.n_items + 1).astype(float)
        nothing = np.zeros((known.n_items + 1, 0), np.float32)
        videos = train.catalogue(
            nothing, np.zeros(len(taken), np.int64), np.full(len(taken), SHOWN), taken, uniform=config.uniform
        )
        return cls(config, dials, videos, *_table(known, length), _first_states(known, config, dials))

    def epoch(self, number: int) -> float:
        """All users once, in an order that follows from the epoch's number; gives the mean loss."""
        dials = Dials(*(jnp.array([getattr(dial, name) for dial in self.dials]) for name in Dials._fields))
        self.states, losses = _epoch(
            self.config, self.states, self.videos, self.rows, self.lengths, dials, jax.random.key(number)
        )
        return float(losses.mean())

    def weights(self, place: int) -> Params:
        """The published weights of one dial, on the device."""
        return {name: array[place] for name, array in self.states.mean.items()}

    def kept(self, place: int, epoch: int, valid: float) -> Fitted:
        """One dial's model, on this side."""
        held = {name: np.asarray(array) for name, array in self.weights(place).items()}
        return Fitted(self.dials[place], self.rows.shape[-1], epoch, valid, held)


def fit(
    whole: Sequences,
    config: Config,
    dials: Sequence[Dial],
    *,
    length: int = 50,
    epochs: int = 150,
    every: int = 10,
    seconds: float = 1e9,
) -> list[Fitted]:
    """Learn without the last two events of each user; now and then validate, and keep each dial's best.

    Ends early when nothing got better for some time, or the time is up.
    """
    learner = Learner.begin(protocol.without_last(whole, 2), config, dials, length)
    valid, began = _validation(whole, length), time.monotonic()
    best: list[Fitted] = []
    for epoch in range(1, epochs + 1):
        loss = learner.epoch(epoch)
        if epoch % every and epoch != epochs:
            continue
        found = [_ndcg(learner.weights(place), learner.videos, *valid) for place in range(len(dials))]
        now = [learner.kept(place, epoch, ndcg) for place, ndcg in enumerate(found)]
        best = [max(pair, key=lambda kept: kept.valid) for pair in zip(best, now, strict=True)] if best else now
        told, spent = " ".join(f"{ndcg:.4f}" for ndcg in found), time.monotonic() - began
        print(f"    epoch {epoch:3d}  loss {loss:.3f}  validation NDCG@10 {told}  {spent:.0f} s", flush=True)
        if spent > seconds or all(epoch - kept.epoch >= _PATIENCE * every for kept in best):
            break
    return best


def refit(whole: Sequences, config: Config, chosen: Fitted) -> Fitted:
    """Learn again for the epochs that validation chose, with the validation event and without the test event.

    So the model is fitted on what the counting models are fitted on.
    """
    learner = Learner.begin(protocol.without_last(whole, 1), config, [chosen.dial], chosen.length)
    for epoch in range(1, chosen.epoch + 1):
        learner.epoch(epoch)
    return learner.kept(0, chosen.epoch, chosen.valid)


def scorer(fitted: Fitted) -> protocol.Scorer:
    """Scores of all items from histories, by the engine's numpy encoder."""
    weights = fitted.weights
    rows = np.arange(1, len(weights["ids"]))
    vectors = encoder.video_vectors(weights, rows, np.zeros((len(rows), 0), np.float32), np.full(len(rows), SHOWN))
    padded, units = np.concatenate([np.zeros_like(vectors[:1]), vectors]), encoder.unit(np, vectors)

    def score(histories: list[Ints]) -> protocol.Scores:
        lengths = np.array([min(len(history), fitted.length) for history in histories])
        made = np.zeros((len(histories), lengths.max()), np.int64)
        for row, history in enumerate(histories):
            made[row, : lengths[row]] = history[-fitted.length :] + 1
        nobody, done = np.zeros_like(made), np.full_like(made, _ACTION)
        tokens = encoder.Tokens(padded[made], nobody, done, np.zeros(made.shape, np.float32))
        states = encoder.encode(np, weights, tokens).retrieval[np.arange(len(histories)), lengths]
        return (states @ units.T / Config.temperature).astype(np.float32)

    return score


def _first_states(known: Sequences, config: Config, dials: Sequence[Dial]) -> State:
    states = [
        train.start(
            config,
            train.fresh_weights(config, videos=known.n_items + 1, authors=1, content=0, counters=0, seed=dial.seed),
            dial.seed,
        )
        for dial in dials
    ]
    stacked: State = jax.tree.map(lambda *leaves: jnp.stack(leaves), *states)
    return stacked


def _table(known: Sequences, length: int) -> tuple[Any, Any]:
    rows, lengths = np.zeros((len(known), length), np.int32), np.zeros(len(known), np.int32)
    for user in range(len(known)):
        newest = known.of(user)[-length:]
        rows[user, : len(newest)], lengths[user] = newest + 1, len(newest)
    return jnp.asarray(rows), jnp.asarray(lengths)


def _batch(rows: Any, lengths: Any) -> Batch:
    there = (jnp.arange(rows.shape[-1]) < lengths[..., None]).astype(jnp.float32)
    labels = jnp.full((*rows.shape, len(heads.TASKS)), jnp.nan).at[..., heads.LONG].set(1.0)
    nothing = jnp.zeros((*rows.shape, 0))
    return Batch(rows, jnp.full(rows.shape, _ACTION), jnp.zeros(rows.shape), labels, nothing, there)


@functools.partial(jax.jit, static_argnums=0, donate_argnums=1)
def _epoch(
    config: Config, states: State, videos: Videos, rows: Any, lengths: Any, dials: Dials, key: Any
) -> tuple[State, Any]:
    steps = len(rows) // config.batch
    order = jax.random.permutation(key, len(rows))[: steps * config.batch].reshape(steps, config.batch)

    def step(states: State, users: Any) -> tuple[State, Any]:
        learn = functools.partial(train.learn, config)
        return jax.vmap(learn, in_axes=(0, None, None, 0))(states, videos, _batch(rows[users], lengths[users]), dials)

    return jax.lax.scan(step, states, order)


def _validation(whole: Sequences, length: int) -> tuple[Any, Any, Any, Any]:
    """Rows before the validation event, how many, all that is to be excluded, and the targets."""
    known = protocol.without_last(whole, 2)
    seen, _ = _table(known, int(np.diff(known.starts).max()))
    targets = np.array([whole.of(user)[-2] for user in range(len(whole))]) + 1
    return *_table(known, length), seen, jnp.asarray(targets)


def _ndcg(weights: Params, videos: Videos, *told: Any) -> float:
    parts = [
        _gains(weights, videos, *(array[begin : begin + 1024] for array in told))
        for begin in range(0, len(told[0]), 1024)
    ]
    return float(jnp.concatenate(parts).mean())


@jax.jit
def _gains(weights: Params, videos: Videos, rows: Any, lengths: Any, seen: Any, targets: Any) -> Any:
    everything = jnp.arange(len(videos.drawn))
    vectors = encoder.video_vectors(weights, everything, videos.content, videos.impressions)
    batch = _batch(rows, lengths)
    tokens = encoder.Tokens(vectors[rows], jnp.zeros_like(rows), batch.actions, batch.times)
    states = encoder.encode(jnp, weights, tokens).retrieval
    states = jnp.take_along_axis(states, lengths[:, None, None], axis=1)[:, 0]
    scores = states @ encoder.unit(jnp, vectors).T
    own = jnp.take_along_axis(scores, targets[:, None], axis=1)
    scores = scores.at[jnp.arange(len(rows))[:, None], seen].set(-jnp.inf).at[:, 0].set(-jnp.inf)
    ranks = (scores > own).sum(-1)
    return jnp.where(ranks < protocol.TOP, 1 / jnp.log2(ranks + 2.0), 0.0)
