"""Taking whoever was deleted out of the dictionary, and out of every file that holds it. Needs numpy alone."""

import dataclasses
import pathlib
from typing import Final

import numpy as np
from django.db import connection

from revue.platform import clock
from revue.recommender.engine import dictionary, learned, weights
from revue.recommender.engine.counts import Ids
from revue.recommender.engine.learned import About
from revue.recommender.engine.weights import Snapshot
from revue.recommender.training import published

SIGN_S: Final = 86_400  # servers take a model that is much older for one whose trainer is gone
_VIDEOS = "SELECT id FROM videos_video WHERE id = ANY (%s)"
_PEOPLE = "SELECT id FROM accounts_person WHERE id = ANY (%s)"


@dataclasses.dataclass(frozen=True)
class Gone:
    """Who has a row and is not there any more."""

    videos: Ids
    people: Ids

    def __bool__(self) -> bool:
        return bool(len(self.videos) or len(self.people))


def gone(about: About) -> Gone:
    """Videos and people of a dictionary that were deleted."""
    return Gone(_missing(about.videos, _VIDEOS), _missing(about.authors, _PEOPLE))


def taken_out(folder: pathlib.Path, served: Snapshot) -> Snapshot:
    """What is served then: itself, or a version like it in which nobody is who is gone, as in no other file.

    Once a day a version like it is published all the same: it says that its trainer is there.

    Raises:
        OSError: there is no room; it is done the next time.
    """
    about = About.of(served.arrays)
    found = gone(about)
    if not found and clock.now().timestamp() - about.made_s < SIGN_S:
        return served
    about = dictionary.without(about, found.videos, found.people)
    made = published.publish(folder, served, learned.weights_of(served.arrays), about, is_whole=bool(found))
    if found:
        published.forget(folder, found.videos, found.people)
    return made


def tidy(folder: pathlib.Path) -> None:
    """The same of whatever lies in the folder.

    Raises:
        OSError: there is no room; it is done the next time.
    """
    served = weights.newest(folder, mapped=False)
    if served is not None:
        taken_out(folder, served)


def _missing(keys: Ids, statement: str) -> Ids:
    held = keys[keys > 0]
    with connection.cursor() as cursor:
        cursor.execute(statement, [held.tolist()])
        found = [row[0] for row in cursor.fetchall()]
    return np.setdiff1d(held, np.array(found, np.int64))
