"""Where the content vectors of a catalogue have their middle and their clusters: found once, then only added to."""

import dataclasses
import logging
from typing import Final

import numpy as np

from revue.recommender.engine import clusters
from revue.recommender.engine.clusters import Places, Vectors
from revue.recommender.engine.content.facts import DIMENSIONS, ContentModel

_log = logging.getLogger(__name__)
GROWN: Final = 1.2  # it is found anew when there are so many times more vectors, or so many times fewer


@dataclasses.dataclass(frozen=True)
class Shelf:
    """What new vectors are held against, so that one more video moves none of the others."""

    among: Vectors  # a fair sample of the catalogue, as it was made: its middle is the catalogue's
    centres: Vectors  # of clusters, among vectors as they are compared
    count: int  # vectors that there were

    def is_outgrown(self, count: int) -> bool:
        """Whether it no longer stands for a catalogue of `count` vectors."""
        return count != self.count and not self.count / GROWN < count < self.count * GROWN

    def placed(self, made: Vectors, model: ContentModel) -> tuple[Vectors, Places]:
        """Vectors as they are compared, and the cluster of each. Zeros stay zeros, in no cluster.

        Args:
            made: as they were made, shape (videos, DIMENSIONS).
            model: who made them.
        """
        if not len(self.among):
            return made, clusters.nearest(made, self.centres)
        parts = [made[begin : begin + clusters.SAMPLE] for begin in range(0, len(made), clusters.SAMPLE)]
        try:
            rows = np.concatenate([made[:0], *(model.compared(part, self.among) for part in parts)], dtype=np.float32)
        except Exception:  # noqa: BLE001 - see `fitted`
            _log.exception("Content vectors could not be compared; these videos count as having none.")
            rows = np.zeros_like(made)
        rows[~np.isfinite(rows).all(axis=1)] = 0
        return rows, clusters.nearest(rows, self.centres)


EMPTY: Final = Shelf(np.zeros((0, DIMENSIONS), np.float32), np.zeros((0, DIMENSIONS), np.float32), 0)


def fitted(made: Vectors, model: ContentModel) -> Shelf:
    """The shelf of a whole catalogue. One that cannot be made is empty: videos are then ranked without clusters."""
    full = made[made.any(axis=1)]
    among = full
    if len(full) > clusters.SAMPLE:
        among = full[np.sort(np.random.default_rng(0).choice(len(full), clusters.SAMPLE, replace=False))]
    try:
        return Shelf(among, clusters.fit(model.compared(among, among)), len(full))
    except Exception:  # noqa: BLE001 - an instance's own model of content too must not stop the feed
        _log.exception("No clusters of videos could be found; the feed goes on without them.")
        return dataclasses.replace(EMPTY, count=len(full))
