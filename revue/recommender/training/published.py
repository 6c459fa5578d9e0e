"""Publishing: a delta each time, a whole base each hour, nothing that is gone in any of them."""

import dataclasses
import pathlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from revue.platform import clock
from revue.recommender.engine import dictionary, learned, weights
from revue.recommender.engine.counts import Ids
from revue.recommender.engine.learned import About
from revue.recommender.engine.weights import BadWeights, Snapshot

BASE_S: Final = 3600  # between two whole bases: who starts anew reads at most so many deltas
BASES: Final = 7  # that are kept: the nightly refit is compared with what the champion was some hours ago


def publish(
    folder: pathlib.Path,
    served: Snapshot | None,
    arrays: Mapping[str, npt.NDArray[Any]],
    about: About,
    *,
    is_whole: bool = False,
) -> Snapshot:
    """Make a version the one that is served, and give it.

    A delta, unless a whole base is due or what lies in the folder does not lead to `served`: so damage is mended by the
    next publication.

    Args:
        folder: where weights lie.
        served: what is served now; None: nothing.
        arrays: the weights.
        about: what travels beside them; its time of publishing is filled in here.
        is_whole: the version does not come from `served`.

    Raises:
        OSError: the disk is full or read-only; what was served is served on.
    """
    now_s = clock.now().timestamp()
    told = np.array([now_s, *about.told[1:]])
    version = max(int(now_s), served.version + 1 if served else 0)
    parent = None if served is None or is_whole else served.version
    made = Snapshot(version, parent, {**arrays, **dataclasses.replace(about, told=told).arrays()})
    folder.mkdir(parents=True, exist_ok=True)
    if served is None or is_whole or _base_is_due(folder, served, now_s):
        weights.save(folder, made)
        weights.prune(folder, keep=BASES)
    else:
        weights.save(folder, weights.difference(served, made))
    return made


def _base_is_due(folder: pathlib.Path, served: Snapshot, now_s: float) -> bool:
    bases = [weights.version_of(path) for path in folder.glob("*.whole.npz")]
    if not bases or now_s - max(bases) >= BASE_S:
        return True
    found = weights.newest(folder)
    return found is None or found.version != served.version


def forget(folder: pathlib.Path, videos: Ids, people: Ids) -> None:
    """Take ids out of every file that is kept. Call it once a newer base without them lies there.

    Raises:
        OSError: the disk is full or read-only; what is left is taken out the next time.
    """
    wholes = sorted(folder.glob("*.whole.npz"))
    for path in wholes[:-1]:
        try:
            old = weights.load(path, mapped=False)
            about = dictionary.without(About.of(old.arrays), videos, people) if isinstance(old, Snapshot) else None
        except (BadWeights, KeyError):
            about = None
        if about is None or not isinstance(old, Snapshot):
            path.unlink(missing_ok=True)
        else:
            weights.save(
                folder, Snapshot(old.version, old.parent, {**learned.weights_of(old.arrays), **about.arrays()})
            )
    for path in folder.glob("*.delta.npz"):
        if weights.version_of(path) <= weights.version_of(wholes[-1]):
            path.unlink(missing_ok=True)
