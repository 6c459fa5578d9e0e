"""The catalogue and what was watched of it, as arrays to learn. Needs the extra `train`."""

from typing import Any

import numpy as np
import numpy.typing as npt
from django.db import connection

from revue.recommender.engine import dictionary, encoder, learned, train
from revue.recommender.engine.catalogue import Catalogue
from revue.recommender.engine.counts import Ids
from revue.recommender.engine.learned import About
from revue.recommender.engine.train import Videos, Window
from revue.recommender.training import log
from revue.recommender.training.log import Flags, Watches

_SHOWN = "SELECT video_id FROM events_videocounts WHERE video_id = ANY (%s) AND impressions >= %s"


def known(about: About, catalogue: Catalogue, watched: Ids, *, now_s: float) -> About:
    """With rows for what was watched and shown often enough, and without those that nobody has watched lately."""
    about = dictionary.kept(about, about.videos, about.authors, now_s=now_s)
    shown = _ids(_SHOWN, [np.unique(watched).tolist(), dictionary.IMPRESSIONS])
    shown = shown[np.isin(shown, catalogue.ids)]
    authors = catalogue.authors[np.isin(catalogue.ids, np.union1d(shown, about.videos))]
    return dictionary.given(about, shown, np.unique(authors), now_s=now_s)


def videos_of(catalogue: Catalogue, about: About) -> Videos:
    """The catalogue's videos at their place + 1; place 0 stands for any that is not in it."""
    rows, people = learned.rows_of(about.videos, catalogue.ids), learned.rows_of(about.authors, catalogue.authors)
    counted = about.counts[rows] * (rows > 0)[:, None]
    return train.catalogue(
        _led(catalogue.vectors),
        _led(people),
        _led(counted[:, 0]),
        _led(counted[:, 1]),
        size=dictionary.size_for(len(rows) + 1),
        rows=_led(rows),
    )


def places(catalogue: Catalogue, ids: Ids) -> Ids:
    """Where videos stand in `videos_of`."""
    if not len(catalogue):
        return np.zeros(len(ids), np.int64)
    found = np.searchsorted(catalogue.ids, ids).clip(max=len(catalogue) - 1)
    return np.where(catalogue.ids[found] == ids, found + 1, 0)


def authors_of(catalogue: Catalogue, ids: Ids) -> Ids:
    """Who made each of these videos; 0: it is not in the catalogue."""
    return _led(catalogue.authors)[places(catalogue, ids)]


def counters_now(about: About, catalogue: Catalogue, watches: Watches) -> npt.NDArray[np.float32]:
    """What was counted of each watch's video up to `about`."""
    rows = learned.rows_of(about.videos, watches.videos)
    return learned.counters_of(about, rows, learned.rows_of(about.authors, authors_of(catalogue, watches.videos)))


def windows_of(
    watches: Watches,
    catalogue: Catalogue,
    counters: npt.NDArray[np.float32],
    fresh: Flags,
    labels: npt.NDArray[np.float32],
) -> list[Window]:
    """Watches as windows of one viewer each, of at most `encoder.EVENTS`; those without a fresh event are left out."""
    if not len(watches):
        return []
    begins = np.flatnonzero(np.r_[True, watches.viewers[1:] != watches.viewers[:-1]])
    whole = Window(
        videos=places(catalogue, watches.videos).astype(np.int32),
        actions=log.actions(watches),
        times=watches.at_s,
        labels=labels,
        counters=counters,
        fresh=fresh,
    )
    found = []
    for begin, end in zip(begins, [*begins[1:], len(watches)], strict=True):
        for first in range(begin, end, encoder.EVENTS):
            some = slice(first, min(first + encoder.EVENTS, end))
            if fresh[some].any():
                found.append(whole.part(some))
    return found


def _led(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """With nobody's entry before the first."""
    return np.concatenate([np.zeros_like(column, shape=(1, *column.shape[1:])), column])


def _ids(statement: str, values: list[Any]) -> Ids:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return np.array([row[0] for row in cursor.fetchall()], np.int64)
