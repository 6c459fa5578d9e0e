"""The content vectors in this process's memory, and where their clusters lie."""

from typing import Final

import numpy as np

from revue.recommender import vectors
from revue.recommender.engine import clusters
from revue.recommender.engine.catalogue import Ids, found
from revue.recommender.engine.clusters import Vectors
from revue.recommender.engine.content.facts import DIMENSIONS

GROWN: Final = 1.2  # clusters are looked for again when there are so many times more vectors, or so many times fewer


class Shelf:
    """Reads vectors again when there are others. Not safe for threads at once: the snapshot's lock guards it."""

    def __init__(self) -> None:
        self._stand = ""
        self._ids: Ids = np.empty(0, np.int64)
        self._rows: Vectors = np.empty((0, DIMENSIONS), np.float32)
        self._centres: Vectors = np.empty((0, DIMENSIONS), np.float32)
        self._fitted = 0  # vectors that the centres were found among

    def vectors_of(self, ids: Ids, stand: str) -> Vectors:
        """A row for each video, zeros for those that have no vector. Shape (videos, DIMENSIONS).

        Args:
            ids: videos.
            stand: anything that changes whenever vectors do.
        """
        if stand != self._stand:
            model = vectors.model()
            kept, rows = vectors.all_vectors(model.means)
            self._ids, self._rows, self._stand = kept, model.compared(rows), stand
        places, known = found(self._ids, ids)
        filled = np.zeros((len(ids), DIMENSIONS), np.float32)
        filled[known] = self._rows[places]
        return filled

    def centres(self, rows: Vectors) -> Vectors:
        """Where the clusters of these vectors lie; found anew only when there are many more or fewer."""
        full = rows[rows.any(axis=1)]
        if not self._fitted / GROWN < len(full) < self._fitted * GROWN:
            self._centres, self._fitted = clusters.fit(full), len(full)
        return self._centres
