"""The catalogue's rows in the database: all of them, the newest, or those that changed since an earlier reading.

What changed is told by the transaction that wrote each row (`xmin`), not by a time that an action would have to keep: a
row whose transaction had not ended when the reading before began is read again, whoever wrote it and in whatever order
transactions are committed. What left the catalogue is told by the number of its videos and the parity of their ids.

The database packs each column into one value of bytes, so that ten thousand videos cost this process next to nothing.
"""

import dataclasses
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from django.db import connection

from revue.recommender import vectors
from revue.recommender.engine.catalogue import Columns, Ids
from revue.recommender.engine.clusters import Vectors
from revue.recommender.engine.content.facts import DIMENSIONS

AT_ONCE: Final = 50_000  # videos that one statement reads: some 20 MB
_EVERYTHING: Final = 0  # every id is greater

_PUBLIC = """
    videos_video AS v JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
    WHERE v.state = 'published' AND v.visibility = 'everyone' AND v.published_at IS NOT NULL
"""
_COLUMNS = """
SELECT
    string_agg(int8send(v.id), ''::bytea),
    string_agg(int8send(v.author_id), ''::bytea),
    string_agg(int8send(coalesce(v.sound_id, 0)), ''::bytea),
    string_agg(float8send(extract(epoch FROM v.published_at)::float8), ''::bytea),
    string_agg(int8send(coalesce(c.impressions, 0)), ''::bytea),
    string_agg(float8send(coalesce(c.recent_plays, 0)), ''::bytea),
    string_agg(float8send(coalesce(c.recent_completions, 0)), ''::bytea),
    string_agg(float8send(extract(epoch FROM coalesce(c.recent_at, v.published_at))::float8), ''::bytea),
    string_agg(int8send(coalesce(c.plays, 0)), ''::bytea),
    string_agg(int8send(coalesce(c.completions, 0)), ''::bytea),
    string_agg(int8send(topics.mask), ''::bytea),
    string_agg(coalesce(r.vector, %(nowhere)s), ''::bytea)
FROM (SELECT v.id, v.author_id, v.sound_id, v.published_at FROM {public} AND {which}) AS v
LEFT JOIN events_videocounts AS c ON c.video_id = v.id
LEFT JOIN recommender_videovector AS r
    ON r.video_id = v.id AND r.means = %(means)s AND octet_length(r.vector) = octet_length(%(nowhere)s)
LEFT JOIN LATERAL (
    SELECT coalesce(bit_or(1::bigint << topic), 0) AS mask
    FROM recommender_videotopic AS t, unnest(t.topics) AS topic WHERE t.video_id = v.id
) AS topics ON true
"""
_NEXT = _COLUMNS.format(public=_PUBLIC, which="v.id > %(after)s ORDER BY v.id LIMIT %(most)s")
_NEWEST = _COLUMNS.format(public=_PUBLIC, which="true ORDER BY v.id DESC LIMIT %(most)s")
_THESE = _COLUMNS.format(public=_PUBLIC, which="v.id = ANY (%(ids)s)")
_IDS = f"SELECT string_agg(int8send(v.id), ''::bytea ORDER BY v.id) FROM {_PUBLIC}"  # noqa: S608 - constants
_MOMENT = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
    (SELECT system_identifier FROM pg_control_system()) || '/'
        || (SELECT oid FROM pg_database WHERE datname = current_database())
"""
# Ages count backwards from now, so they also compare numbers that have begun anew at zero.
_CHANGED = f"""
WITH since AS MATERIALIZED (SELECT age(%(since)s::text::xid8::xid) AS age),
changed AS (
    SELECT id FROM videos_video WHERE age(xmin) <= (SELECT age FROM since)
    UNION SELECT video_id FROM events_videocounts WHERE age(xmin) <= (SELECT age FROM since)
    UNION SELECT video_id FROM recommender_videotopic WHERE age(xmin) <= (SELECT age FROM since)
    UNION SELECT video_id FROM recommender_videovector WHERE age(xmin) <= (SELECT age FROM since)
)
SELECT (SELECT string_agg(int8send(id), ''::bytea) FROM changed),
    (SELECT ARRAY[count(*), coalesce(bit_xor(v.id), 0)] FROM {_PUBLIC})
"""  # noqa: S608 - put together from constants


@dataclasses.dataclass(frozen=True)
class Moment:
    """When something was read, as the database counts."""

    since: int  # every transaction with a smaller number had ended
    database: str  # which database this is; the numbers of another one mean nothing here


@dataclasses.dataclass(frozen=True)
class Rows:
    """Videos that are public now, by ascending id."""

    columns: Columns
    made: Vectors  # content vectors as they were made, zeros where there is none; shape (videos, DIMENSIONS)


@dataclasses.dataclass(frozen=True)
class Change:
    """What happened since a moment."""

    ids: Ids  # of videos whose rows, counts, topics or vectors were written, public or not; in no order
    count: int  # public videos now
    parity: int  # exclusive or of their ids


def moment() -> Moment:
    """Now. To be asked before what is read then: what is written meanwhile will be read again."""
    with connection.cursor() as cursor:
        cursor.execute(_MOMENT)
        return Moment(*cursor.fetchone())


def everything() -> Rows:
    """All public videos, some at a time."""
    parts, after = [], _EVERYTHING
    while True:
        part = _read(_NEXT, after=after, most=AT_ONCE)
        parts.append(part)
        if len(part.columns.ids) < AT_ONCE:
            return joined(parts)
        after = int(part.columns.ids[-1])


def newest(most: int) -> Rows:
    """The newest public videos, at most so many."""
    return _read(_NEWEST, most=most)


def these(ids: Ids) -> Rows:
    """Those of `ids` that are public."""
    return _read(_THESE, ids=ids.tolist())


def public_ids() -> Ids:
    """Every public video, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(_IDS)
        return _numbers(cursor.fetchone()[0], ">i8")


def changed(since: int) -> Change:
    """What was written by transactions that had not ended at a `Moment`, and perhaps a little more."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, {"since": str(since)})
        ids, (count, parity) = cursor.fetchone()
    return Change(_numbers(ids, ">i8"), count, parity)


def joined(parts: list[Rows]) -> Rows:
    """Rows put together, by ascending id."""
    ids = np.concatenate([part.columns.ids for part in parts])
    order = np.argsort(ids, kind="stable")
    columns = {
        field.name: np.concatenate([getattr(part.columns, field.name) for part in parts])[order]
        for field in dataclasses.fields(Columns)
    }
    return Rows(Columns(**columns), np.concatenate([part.made for part in parts])[order])


def _read(statement: str, **values: Any) -> Rows:
    given: dict[str, Any] = {**values, "means": vectors.model().means, "nowhere": bytes(vectors.BYTES)}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        *packed, made = cursor.fetchone()
    kinds = (">i8", ">i8", ">i8", ">f8", ">i8", ">f8", ">f8", ">f8", ">i8", ">i8", ">i8")
    columns = Columns(*(_numbers(column, kind) for column, kind in zip(packed, kinds, strict=True)))
    found = vectors.from_bytes(made or b"").reshape(-1, DIMENSIONS)
    found[~np.isfinite(found).all(axis=1)] = 0  # one that is damaged must not count in the middle of all others
    return joined([Rows(columns, found)])


def _numbers(packed: bytes | memoryview | None, kind: str) -> npt.NDArray[Any]:
    """Numbers of this machine's byte order; the database sends the high byte first."""
    return np.frombuffer(packed or b"", dtype=kind).astype(kind.replace(">", "="))
