"""The only way into the event log and the counters. Each action is safe to repeat and to run beside itself."""

import collections
import dataclasses
import datetime
import itertools
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import orjson
from django.db import connection, transaction

from revue.accounts.contracts import VISITOR, Viewer
from revue.events import hooks, partitions, policy, queries, statements
from revue.events.contracts import Event, Kind, Receipt, Served
from revue.media import queries as media
from revue.platform import clock
from revue.platform.errors import NotFound
from revue.videos import upkeep

Row = dict[str, object]  # a column's name → its value
_COUNTED = {
    Kind.IMPRESSION: "impressions",
    Kind.PLAY_START: "plays",
    Kind.COMPLETE: "completions",
    Kind.SKIP: "skips",
}
_WATCHED_AT_ONCE = 500  # videos
_MEANS_SEEN = frozenset({Kind.IMPRESSION, Kind.PLAY_START, Kind.WATCH_MS, Kind.COMPLETE, Kind.SKIP})


@transaction.atomic
def record_events(*, viewer: Viewer, events: Sequence[Event]) -> Receipt:
    """Append a viewer's events, count them and remember what was seen.

    An id counts once for ever: a repeat, also one that arrives at the same moment or on another day, changes nothing.
    Locks are taken in one order (videos, loose keys, events, counters, seen; each by its key), so batches never
    wait for each other in a circle.

    Of a viewer who leaves no trace (`hooks.is_traced`) the events count as nobody's: videos are counted, and nothing
    says who it was or which events belong to one visit.

    Args:
        viewer: whose events they are, a visitor perhaps.
        events: at most a few hundred.

    Returns:
        How many were new, were there already, or were ignored: unknown video, or a time nobody can believe.
    """
    now = clock.now()
    given = {event.id: event for event in events}
    if not hooks.is_traced(viewer):
        viewer, given = VISITOR, {event.id: dataclasses.replace(event, session="") for event in events}
    believable = {event.id: event for event in given.values() if policy.is_believable(_time(event), now=now)}
    videos = _lock_videos({event.video_id for event in believable.values()})
    wanted = [event for event in believable.values() if event.video_id in videos]
    fresh = _append(viewer, wanted, now) if wanted else []
    _count(fresh)
    _remember_seen(viewer, fresh)
    if fresh and policy.viewer_key(viewer) != policy.NOBODY:
        hooks.tell(viewer, fresh)
    return Receipt(
        accepted=len(fresh),
        repeated=len(wanted) - len(fresh) + len(events) - len(given),
        ignored=len(given) - len(wanted),
    )


def record_served(
    *,
    viewer: Viewer,
    session: str,
    started_ms: int,
    source: str,
    model_version: str,
    items: Sequence[Served],
    round_: int = 0,
) -> None:
    """Append what a feed put at which place of a session, in one statement.

    A feed may fill places again that its viewer has not come to: each time in another round, and the last one counts.

    Raises:
        django.db.IntegrityError: the session has an item at one of these places already; nothing was appended.
    """
    started = policy.time_of(started_ms)
    shared = {
        "day": started.date(),
        "at": clock.now(),
        "kind": "served",
        "person_id": viewer.person_id,
        "viewer": policy.viewer_key(viewer),
        "session": session,
        "source": source,
        "model_version": model_version,
    }
    rows: list[Row] = [
        {
            **shared,
            "id": policy.served_id(session=session, started_ms=started_ms, position=item.position, round_=round_),
            "video_id": item.video_id,
            "position": item.position,
            "propensity": item.propensity,
            "data": {**item.detail, "round": round_},
        }
        for item in items
    ]
    with connection.cursor() as cursor:
        cursor.execute(statements.APPEND_SERVED, [_json(rows)])


def hold_video(*, video_id: int) -> None:
    """Keep a published video from being deleted until the caller's transaction ends.

    Raises:
        NotFound: it is gone, or no longer published.
    """
    if not _lock_videos({video_id}):
        raise NotFound("This video does not exist.")


def add_social(*, video_id: int, likes: int = 0, comments: int = 0, shares: int = 0) -> tuple[int, int, int]:
    """Change a video's social counters inside the caller's transaction; its (likes, comments, shares) afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(
            statements.ADD_SOCIAL, {"video": video_id, "likes": likes, "comments": comments, "shares": shares}
        )
        after: tuple[int, int, int] = cursor.fetchone()
    return after


def add_marks(changes: Mapping[int, tuple[int, int, int]]) -> None:
    """Change the (likes, saves, reposts) of several videos inside the caller's transaction.

    Those without a counter row are skipped.
    """
    if changes:
        with connection.cursor() as cursor:
            cursor.execute(statements.ADD_MARKS, [list(changes), *map(list, zip(*changes.values(), strict=True))])


def set_social(*, likes: dict[int, int], comments: dict[int, int]) -> None:
    """Set the social counters of all videos to what was counted afresh; those that are not named have none."""
    video_ids = sorted({*likes, *comments})
    with connection.cursor() as cursor:
        cursor.execute(
            statements.SET_SOCIAL,
            [video_ids, [likes.get(v, 0) for v in video_ids], [comments.get(v, 0) for v in video_ids]],
        )


def add_kept(*, video_id: int, saves: int = 0, reposts: int = 0) -> tuple[int, int]:
    """Change how often a video is saved and reposted inside the caller's transaction; both numbers afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(statements.ADD_KEPT, {"video": video_id, "saves": saves, "reposts": reposts})
        after: tuple[int, int] = cursor.fetchone()
    return after


def set_kept(*, saves: dict[int, int], reposts: dict[int, int]) -> None:
    """Set how often each video is saved and reposted to what was counted afresh; to 0 where nothing was counted."""
    video_ids = sorted({*saves, *reposts})
    with connection.cursor() as cursor:
        cursor.execute(
            statements.SET_KEPT,
            [video_ids, [saves.get(v, 0) for v in video_ids], [reposts.get(v, 0) for v in video_ids]],
        )


def keep_log(*, keep_days: int) -> None:
    """Make the coming days' partitions and drop what is older than it may be. Harmless to repeat."""
    today = clock.now().date()
    partitions.make(today, days=partitions.DAYS_AHEAD + 1)
    partitions.drop_before(today - datetime.timedelta(days=keep_days))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_loosekey WHERE received_at < %s", [clock.now() - policy.LOOSE_KEYS_FOR])
        cursor.execute("DELETE FROM events_seen WHERE seen_at < %s", [clock.now() - policy.SEEN_FOR])


def spend_on_watched() -> int:
    """Have more renditions made of what is watched a lot; returns how many are newly wanted. Harmless to repeat."""
    at_least = media.least_views()
    if at_least is None:
        return 0
    since = clock.now() - datetime.timedelta(days=media.watched_days())
    watched, count = queries.watched(at_least=at_least, since=since), 0
    while batch := dict(itertools.islice(watched, _WATCHED_AT_ONCE)):
        count += upkeep.enrich_watched(plays=batch)
    return count


def forget_person(*, person_id: int) -> None:
    """Remove every trace of a person from the log; counters stay, they name nobody."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_event WHERE person_id = %s", [person_id])
        cursor.execute("DELETE FROM events_seen WHERE viewer = %s", [person_id])


@transaction.atomic
def forget_watched(
    *, viewer: Viewer, video_ids: Collection[int] | None = None, since: datetime.datetime | None = None
) -> None:
    """Remove what the log says of a viewer: all of it, of some videos, or since a moment. Harmless to repeat.

    What a feed has served stays, under nobody's name: the visit that is going on still shows nothing twice.
    """
    key = policy.viewer_key(viewer)
    videos = None if video_ids is None else [*video_ids]
    values: dict[str, Any] = {"viewer": key, "person": viewer.person_id, "since": since, "videos": videos}
    with connection.cursor() as cursor:
        for statement in statements.FORGET_WATCHED if key != policy.NOBODY else ():
            cursor.execute(statement, values)


def forget_videos(*, video_ids: list[int]) -> None:
    """Remove everything the log says of some videos; their counters go with their rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_event WHERE video_id = ANY(%s)", [video_ids])
        cursor.execute("DELETE FROM events_seen WHERE video_id = ANY(%s)", [video_ids])


def _time(event: Event) -> datetime.datetime:
    """When it happened: by the id where that carries a time, else by the reporter's clock."""
    return policy.own_time(event.id) or policy.time_of(event.at_ms)


def _lock_videos(video_ids: set[int]) -> set[int]:
    """Those of `video_ids` that exist and are published, held against deletion until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(statements.LOCK_VIDEOS, [sorted(video_ids)])
        return {row[0] for row in cursor.fetchall()}


def _append(viewer: Viewer, events: list[Event], now: datetime.datetime) -> list[Event]:
    """Append what is not there yet; the events that were new."""
    loose = _take_loose_keys([event.id for event in events if policy.own_time(event.id) is None])
    key = policy.viewer_key(viewer)
    rows = sorted(
        (_row(event, viewer, key, now) for event in events if policy.own_time(event.id) or event.id in loose),
        key=lambda row: str(row["id"]),
    )
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statements.APPEND, [_json(rows)])
        new = {row[0] for row in cursor.fetchall()}
    return [event for event in events if event.id in new]


def _take_loose_keys(event_ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those ids without a time of their own that were never taken before."""
    wanted = sorted(event_ids)
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(statements.TAKE_LOOSE_KEYS, [wanted])
        return {row[0] for row in cursor.fetchall()}


def _row(event: Event, viewer: Viewer, key: int, now: datetime.datetime) -> Row:
    at = _time(event)
    day = at.date() if policy.own_time(event.id) else now.date()
    return {
        "id": event.id,
        "day": day,
        "at": min(at, now),
        "kind": event.kind.value,
        "video_id": event.video_id,
        "person_id": viewer.person_id,
        "viewer": key,
        "session": event.session,
        "source": event.source.value,
        "position": event.position,
        "propensity": event.propensity,
        "model_version": event.model_version,
        "watch_ms": policy.clamped(event.watch_ms, policy.MOST_WATCH_MS),
        "loops": policy.clamped(event.loops, policy.MOST_LOOPS),
        "max_pos_ms": policy.clamped(event.max_pos_ms, policy.MOST_WATCH_MS),
        "data": orjson.Fragment(event.data) if 0 < len(event.data) <= policy.MOST_DATA_LETTERS else None,
    }


def _json(rows: list[Row]) -> str:
    return orjson.dumps(rows).decode()


def _count(events: list[Event]) -> None:
    """Add new events to their videos' counters, in one statement."""
    sums: dict[int, collections.Counter[str]] = {}
    for event in events:
        sums.setdefault(event.video_id, collections.Counter()).update(_worth(event))
    if not any(sums.values()):
        return
    video_ids = sorted(sums)
    names = ("impressions", "plays", "completions", "loops", "watch_ms", "skips")
    values: dict[str, Any] = {name: [sums[video_id][name] for video_id in video_ids] for name in names}
    with connection.cursor() as cursor:
        cursor.execute(statements.ADD_WATCHED, {**values, "videos": video_ids, "half_life": policy.HALF_LIFE_S})


def _worth(event: Event) -> dict[str, int]:
    """What one event adds to which counter. Only the end of a view carries its watch time and loops."""
    if event.kind is Kind.WATCH_MS:
        return {
            "watch_ms": policy.clamped(event.watch_ms, policy.MOST_WATCH_MS) or 0,
            "loops": policy.clamped(event.loops, policy.MOST_LOOPS) or 0,
        }
    return {_COUNTED[event.kind]: 1} if event.kind in _COUNTED else {}


def _remember_seen(viewer: Viewer, events: list[Event]) -> None:
    key = policy.viewer_key(viewer)
    video_ids = sorted({event.video_id for event in events if event.kind in _MEANS_SEEN})
    if key == policy.NOBODY or not video_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(statements.REMEMBER_SEEN, [key, video_ids])
