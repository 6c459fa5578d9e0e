"""How far painting may run ahead of the pipeline.

Painting and transcoding share the processor. Clips that wait for a worker are of no use to anyone yet, so painting
pauses while a few of them wait: the first ones can be watched sooner, and the site stays quick meanwhile.
"""

import time
from collections.abc import Sequence

from revue.demo import locks, queries
from revue.demo.acts.turn import Turn
from revue.demo.contracts import Progress

_AHEAD = 2  # clips that may wait for a worker
_LIVELY = 8  # clips from which an instance is no empty room; nothing is painted behind them until they play
_LOOK_S = 0.2
_PATIENCE_S = 20.0  # without any clip getting ready: no worker runs, so nothing is won by waiting


class Pace:
    """Waits for the pipeline, until it turns out that there is none."""

    def __init__(self) -> None:
        self._has_worker = True

    def keep(self, turns: Sequence[Turn]) -> None:
        """Return when few enough clips wait, when nobody works on them, or when the troupe is to be removed."""
        now = queries.progress(turns)
        since = time.monotonic()
        while self._has_worker and _is_ahead(now) and not locks.is_removal_waiting():
            time.sleep(_LOOK_S)
            before, now = now, queries.progress(turns)
            if now.watchable > before.watchable:
                since = time.monotonic()
            self._has_worker = time.monotonic() - since < _PATIENCE_S


def _is_ahead(now: Progress) -> bool:
    ahead = 0 if now.watchable < _LIVELY <= now.posted else _AHEAD
    return now.posted - now.watchable > ahead
