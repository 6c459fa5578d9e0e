"""The newest sound weights in this process's memory: looked for beside the requests, swapped whole.

Files that are missing, cut off, damaged or of other shapes leave what was served before, or no model at all.
"""

import pathlib
import threading
import time
from typing import Final

import structlog
from django.conf import settings

from revue.platform import clock
from revue.recommender.engine import learned, weights
from revue.recommender.engine.catalogue import Catalogue
from revue.recommender.engine.learned import Laid
from revue.recommender.engine.weights import BadWeights

LOOK_S: Final = (
    2.0  # weights that were published are served at most so many seconds later, and what it takes to read them
)
OLDEST_S: Final = 7 * 86_400  # a model whose trainer has been away for so long has no say
_log = structlog.get_logger(__name__)


def folder() -> pathlib.Path:
    """Where published weights lie."""
    return pathlib.Path(settings.DATA_ROOT) / "weights"


class Held:
    """Holds the newest model; readers never wait."""

    def __init__(self) -> None:
        self._renewing = threading.Lock()
        self._laid: Laid | None = None
        self._due = 0.0  # by time.monotonic
        self._stand: object = None  # of the folder when it was looked at last
        self._vectors: object = None  # of the catalogue at that time
        self._told: set[str] = set()

    def current(self, catalogue: Catalogue) -> Laid | None:
        """The model to serve by now; None while there is none. A newer one is read beside the requests.

        Args:
            catalogue: which a newer one is laid over; an older one fits it by the ids of its videos.
        """
        if time.monotonic() >= self._due and self._renewing.acquire(blocking=False):
            threading.Thread(target=self._renew, args=[catalogue], name="parameters", daemon=True).start()
        return self._laid

    def look(self, catalogue: Catalogue) -> Laid | None:
        """Look now, in this thread; what is served from then on."""
        with self._renewing:
            self._look(catalogue)
        return self._laid

    def _renew(self, catalogue: Catalogue) -> None:
        """Look, in a thread of its own that holds the lock."""
        try:
            self._look(catalogue)
        finally:
            self._due = time.monotonic() + LOOK_S
            self._renewing.release()

    def _look(self, catalogue: Catalogue) -> None:
        stand = _stand()
        # The catalogue's vectors are another object whenever its videos or their vectors are others.
        if stand == self._stand and catalogue.vectors is self._vectors:
            return
        self._stand, self._vectors = stand, catalogue.vectors
        if stand is None:
            self._laid = None
            return
        found = weights.newest(folder(), tell=self._tell)
        try:
            if found is not None and (self._laid is None or found.version >= self._laid.version):
                self._laid = learned.lay(found, catalogue.ids, catalogue.authors, catalogue.vectors)
        except BadWeights as error:
            self._tell(folder(), error)

    def _tell(self, path: pathlib.Path, error: Exception) -> None:
        """Log what cannot be used, once."""
        if str(error) not in self._told:
            self._told.add(str(error))
            _log.warning("weights_unusable", file=path.name, error=str(error))


def is_fresh(laid: Laid) -> bool:
    """Whether its trainer was here lately."""
    return clock.now().timestamp() - laid.about.made_s < OLDEST_S


def forget_old() -> None:
    """Remove weights that no trainer has touched for long: they hold ids that nobody takes out. Harmless to repeat."""
    newest = max((weights.version_of(path) for path in folder().glob("*.npz")), default=None)
    if newest is not None and clock.now().timestamp() - newest > OLDEST_S:  # versions are seconds since 1970
        weights.remove_all(folder())


def _stand() -> object:
    """Something that changes whenever files come or go; None: there are none."""
    try:
        changed = folder().stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return changed if any(folder().glob("*.npz")) else None


held = Held()
