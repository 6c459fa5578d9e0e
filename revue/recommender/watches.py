"""From events to labels: what each viewer did with each video, kept up with every batch of events.

A watch becomes a reward, a long view or a skip the moment it is reported, in the transaction that records it: the next
page, in whatever process, is ranked by it.
"""

import dataclasses
from collections.abc import Sequence
from typing import Final

from django.db import connection

from revue.accounts.contracts import Viewer
from revue.events.contracts import Event, Kind
from revue.events.policy import MOST_WATCH_MS, viewer_key
from revue.platform import clock

LONG_MS: Final = 18_000  # a long view: to the end, or so far of a longer video (KuaiRand's rule)
WHOLE: Final = 1.5  # a watch of one and a half lengths is the best there is
KEPT_DAYS: Final = 180
# The bits of `engine.signals.Mark`, of a row.
MARKS: Final = (
    "(is_long::int + 2 * is_liked::int + 4 * is_shared::int + 8 * is_commented::int + 16 * is_followed::int"
    " + 32 * is_skip::int + 64 * is_saved::int + 128 * is_reposted::int)"
)

# A view reports its time once, at its end. Rows are written in one order, so batches never wait in a circle.
_NOTE = """
INSERT INTO recommender_watch AS w (
    viewer, video_id, at, watch_ms, reward, is_long, long_at, is_skip, is_liked, is_shared, is_commented, is_followed,
    is_saved, is_reposted, source, position, propensity, model_version
)
SELECT %(viewer)s, g.video_id, %(now)s, g.watch_ms,
    CASE WHEN g.is_watched OR g.is_skip
        THEN least(g.watch_ms::float8 / greatest(c.duration_ms, 1), %(whole)s) / %(whole)s END,
    long.is_so, CASE WHEN long.is_so THEN %(now)s END, g.is_skip,
    g.is_liked, g.is_shared, g.is_commented, g.is_followed, g.is_saved, g.is_reposted,
    g.source, g.position, g.propensity, g.model_version
FROM unnest(
    %(video_id)s::bigint[], %(watch_ms)s::int[], %(is_watched)s::bool[], %(is_skip)s::bool[], %(is_liked)s::bool[],
    %(is_shared)s::bool[], %(is_commented)s::bool[], %(is_followed)s::bool[], %(is_saved)s::bool[],
    %(is_reposted)s::bool[], %(source)s::text[], %(position)s::int[],
    %(propensity)s::float8[], %(model_version)s::text[]
) AS g (
    video_id, watch_ms, is_watched, is_skip, is_liked, is_shared, is_commented, is_followed, is_saved, is_reposted,
    source, position, propensity, model_version
)
JOIN videos_video AS v ON v.id = g.video_id
JOIN media_clip AS c ON c.id = v.clip_id
CROSS JOIN LATERAL (SELECT g.watch_ms > 0 AND g.watch_ms >= least(c.duration_ms, %(long)s) AS is_so) AS long
ORDER BY g.video_id
ON CONFLICT (viewer, video_id) DO UPDATE SET
    at = excluded.at,
    watch_ms = least(w.watch_ms::bigint + excluded.watch_ms, %(most)s)::int,
    reward = greatest(w.reward, excluded.reward),
    is_long = w.is_long OR excluded.is_long,
    long_at = coalesce(w.long_at, excluded.long_at),
    is_skip = (w.is_skip OR excluded.is_skip) AND NOT (w.is_long OR excluded.is_long),
    is_liked = w.is_liked OR excluded.is_liked,
    is_shared = w.is_shared OR excluded.is_shared,
    is_commented = w.is_commented OR excluded.is_commented,
    is_followed = w.is_followed OR excluded.is_followed,
    is_saved = w.is_saved OR excluded.is_saved,
    is_reposted = w.is_reposted OR excluded.is_reposted
"""
_SAYS_NOTHING = frozenset(
    {Kind.REBUFFER, Kind.MUTE, Kind.SPEED, Kind.SEEK, Kind.PAUSE, Kind.UNLIKE, Kind.UNSAVE, Kind.UNREPOST}
)


@dataclasses.dataclass
class _Sum:
    """What one batch says of one video."""

    video_id: int
    source: str
    position: int
    propensity: float | None
    model_version: str
    watch_ms: int = 0
    is_watched: bool = False
    is_skip: bool = False
    is_liked: bool = False
    is_shared: bool = False
    is_commented: bool = False
    is_followed: bool = False
    is_saved: bool = False
    is_reposted: bool = False

    def add(self, event: Event) -> None:
        """One more event of it."""
        if event.kind is Kind.WATCH_MS:
            self.is_watched = True
            self.watch_ms = min(self.watch_ms + max(0, event.watch_ms or 0), MOST_WATCH_MS)
        self.is_skip |= event.kind is Kind.SKIP
        self.is_liked |= event.kind is Kind.LIKE
        self.is_shared |= event.kind is Kind.SHARE
        self.is_commented |= event.kind is Kind.COMMENT_POST
        self.is_followed |= event.kind is Kind.FOLLOW
        self.is_saved |= event.kind is Kind.SAVE
        self.is_reposted |= event.kind is Kind.REPOST


def note(*, viewer: Viewer, events: Sequence[Event]) -> None:
    """Keep what a batch of new events says; one statement."""
    sums: dict[int, _Sum] = {}
    for event in events:
        if event.kind in _SAYS_NOTHING:
            continue
        first = _Sum(event.video_id, event.source.value, event.position, event.propensity, event.model_version)
        sums.setdefault(event.video_id, first).add(event)
    if not sums:
        return
    columns = {field.name: [getattr(one, field.name) for one in sums.values()] for field in dataclasses.fields(_Sum)}
    numbers = {"whole": WHOLE, "long": LONG_MS, "most": MOST_WATCH_MS}
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, {**columns, **numbers, "viewer": viewer_key(viewer), "now": clock.now()})


def forget_person(*, person_id: int) -> None:
    """Remove what is known of a person who leaves."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recommender_watch WHERE viewer = %s", [person_id])


def forget_video(*, video_id: int) -> None:
    """Nobody has watched a video that is gone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM recommender_watch WHERE video_id = %s", [video_id])


def forget_old() -> None:
    """Drop what is older than it may be. Harmless to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM recommender_watch WHERE at < %s - make_interval(days => %s)", [clock.now(), KEPT_DAYS]
        )
