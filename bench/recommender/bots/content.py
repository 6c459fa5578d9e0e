"""Content vectors of a world without any files: they are given, or nobody knows any."""

import numpy as np

from revue.recommender.engine.content.facts import DIMENSIONS, Rows, Vector, VideoFacts


class Given:
    """Vectors are put into the tables by the bench, and compared as they are."""

    means = "bench-given"

    def vector(self, facts: VideoFacts) -> Vector:  # noqa: ARG002 - the world's videos have no facts
        """Of a video that the bench did not make, nothing is known."""
        return np.zeros(DIMENSIONS, np.float32)

    def compared(self, rows: Rows, among: Rows) -> Rows:  # noqa: ARG002 - nothing is laid about a middle
        """As they are."""
        return rows


class Hidden(Given):
    """Nothing is known of any video: only what others watch helps."""

    means = "bench-hidden"
