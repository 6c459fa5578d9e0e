"""Reads of a viewer's controls: whole for feeds in one statement, line by line for their own page."""

from typing import Any, Final

import orjson
from django.db import connection

from revue.accounts.contracts import Viewer
from revue.events.policy import NOBODY, viewer_key
from revue.platform import paging
from revue.recommender import topics
from revue.recommender.controls.contracts import (
    FACTORS,
    NO_CONTROLS,
    Controls,
    Entry,
    Hidden,
    Panel,
    Step,
)
from revue.recommender.models import FeedSetting, MutedWord, TopicDial

_CONTROLS = """
SELECT
    CASE WHEN k.whole THEN (SELECT json_agg(json_build_array(n.kind, n.target))::text
        FROM recommender_notinterested AS n WHERE n.viewer = k.viewer) END,
    CASE WHEN k.whole THEN (SELECT json_agg(json_build_array(d.topic, d.step))::text
        FROM recommender_topicdial AS d WHERE d.viewer = k.viewer) END,
    CASE WHEN k.whole THEN (SELECT json_agg(m.plain)::text
        FROM recommender_mutedword AS m WHERE m.viewer = k.viewer) END,
    (SELECT array_agg(p.id) FROM (
        SELECT muted_id AS id FROM social_mute WHERE muter_id = %(person)s
        UNION ALL SELECT blocked_id FROM social_block WHERE blocker_id = %(person)s
        UNION ALL SELECT blocker_id FROM social_block WHERE blocked_id = %(person)s
    ) AS p),
    k.is_personalised, k.is_history_paused, k.most_videos, k.most_minutes
FROM (
    SELECT v.viewer, coalesce(s.is_personalised, true) AS is_personalised,
        coalesce(s.is_history_paused, false) AS is_history_paused, s.most_videos, s.most_minutes,
        coalesce(s.is_personalised, true) OR NOT %(only_personalised)s AS whole
    FROM (SELECT %(viewer)s::bigint AS viewer) AS v LEFT JOIN recommender_feedsetting AS s ON s.viewer = v.viewer
) AS k
"""
# Who or what stands behind a line of the list. A video, and a sound without a name, is named by its author's handle.
_ENTRIES = """
SELECT n.kind, n.target, n.made_at, coalesce(
    CASE n.kind
        WHEN 'creator' THEN (SELECT '@' || p.handle FROM accounts_person AS p WHERE p.id = n.number AND p.is_active)
        WHEN 'video' THEN (SELECT coalesce(nullif(v.caption, ''), '@' || p.handle) FROM videos_video AS v
            JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
            WHERE v.id = n.number AND v.state = 'published' AND v.visibility IN ('everyone', 'unlisted'))
        WHEN 'sound' THEN (SELECT coalesce(nullif(s.name, ''), '@' || p.handle) FROM sounds_sound AS s
            LEFT JOIN accounts_person AS p ON p.id = s.owner_id AND p.is_active WHERE s.id = n.number)
    END, '')
FROM (
    SELECT *, CASE WHEN kind IN ('creator', 'video', 'sound') THEN target::bigint END AS number
    FROM recommender_notinterested
    WHERE viewer = %(viewer)s AND (
        %(at)s::timestamptz IS NULL OR (made_at, kind, target) < (%(at)s::timestamptz, %(kind)s, %(target)s)
    )
    ORDER BY made_at DESC, kind DESC, target DESC
    LIMIT %(limit)s
) AS n
ORDER BY n.made_at DESC, n.kind DESC, n.target DESC
"""
_PAGE: Final = "recommender.hidden"


def controls_of(viewer: Viewer, *, only_personalised: bool = False) -> Controls:
    """What a viewer has set, for feeds. One SELECT; none for nobody in particular.

    Args:
        viewer: whose controls.
        only_personalised: of a viewer who wants no personal feed, read no more than that.
    """
    key = viewer_key(viewer)
    if key == NOBODY:
        return NO_CONTROLS
    with connection.cursor() as cursor:
        values = {"viewer": key, "person": viewer.person_id, "only_personalised": only_personalised}
        cursor.execute(_CONTROLS, values)
        hidden, dials, muted, people, *settings = cursor.fetchone()
    if not (hidden or dials or muted or people):
        return Controls(**dict(zip(_SETTINGS, settings, strict=True)))
    return _controls(_read(hidden), _read(dials), _read(muted), people or [], settings)


_SETTINGS: Final = ("is_personalised", "is_history_paused", "most_videos", "most_minutes")


def _read(column: str | None) -> list[Any]:
    found: list[Any] = orjson.loads(column) if column else []
    return found


def _controls(
    hidden: list[tuple[str, str]], dials: list[tuple[int, int]], muted: list[str], people: list[int], settings: Any
) -> Controls:
    by_kind: dict[str, list[str]] = {kind.value: [] for kind in Hidden}
    for kind, target in hidden:
        by_kind[kind].append(target)
    steps = {topic: Step(step) for topic, step in dials}
    return Controls(
        videos=frozenset(map(int, by_kind[Hidden.VIDEO])),
        creators=frozenset(map(int, by_kind[Hidden.CREATOR])),
        people=frozenset(people),
        sounds=frozenset(map(int, by_kind[Hidden.SOUND])),
        topics=frozenset(map(int, by_kind[Hidden.TOPIC])),
        tags=frozenset(by_kind[Hidden.TAG]),
        never=frozenset(topic for topic, step in steps.items() if step is Step.NEVER),
        factors={topic: FACTORS[step] for topic, step in steps.items() if step in FACTORS},
        muted=frozenset(muted),
        **dict(zip(_SETTINGS, settings, strict=True)),
    )


def is_traced(viewer: Viewer) -> bool:
    """Whether what a viewer watches may be written down under their name: they have not paused their history."""
    key = viewer_key(viewer)
    return key == NOBODY or not FeedSetting.objects.filter(viewer=key, is_history_paused=True).exists()


def panel_of(viewer: Viewer) -> Panel:
    """A viewer's controls for their own page, without the list of what they are not interested in."""
    key = viewer_key(viewer)
    setting = FeedSetting.objects.filter(viewer=key).first() or FeedSetting(viewer=key)
    dials = TopicDial.objects.filter(viewer=key).values_list("topic", "step")
    words = MutedWord.objects.filter(viewer=key).order_by("-made_at", "plain").values_list("word", flat=True)
    return Panel(
        is_personalised=setting.is_personalised,
        is_history_paused=setting.is_history_paused,
        most_videos=setting.most_videos,
        most_minutes=setting.most_minutes,
        steps={topic: Step(step) for topic, step in dials},
        muted_words=tuple(words),
    )


def entries_of(viewer: Viewer, *, cursor: str = "", limit: int = 50) -> tuple[list[Entry], str | None]:
    """What a viewer is not interested in, newest first, and the cursor of the next page; None at the end.

    Raises:
        BadCursor: the cursor is not ours.
    """
    after = paging.read(_PAGE, cursor) if cursor else {"at": None, "kind": "", "target": ""}
    with connection.cursor() as database:
        database.execute(_ENTRIES, {**after, "viewer": viewer_key(viewer), "limit": limit + 1})
        rows = database.fetchall()
    found = [Entry(Hidden(kind), target, _name(kind, target, name), at) for kind, target, at, name in rows[:limit]]
    if len(rows) <= limit:
        return found, None
    last = found[-1]
    return found, paging.sign(_PAGE, {"at": last.made_at.isoformat(), "kind": last.kind.value, "target": last.target})


def _name(kind: str, target: str, name: str) -> str:
    if kind == Hidden.TOPIC:
        topic = topics.BY_ID.get(int(target))
        return topic.name if topic else ""
    return f"#{target}" if kind == Hidden.TAG else name
