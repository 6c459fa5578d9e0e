"""The SQL of the event log: one statement for a whole batch."""

LOCK_VIDEOS = """
SELECT id FROM videos_video WHERE id = ANY(%s) AND state = 'published' ORDER BY id FOR KEY SHARE
"""

TAKE_LOOSE_KEYS = """
INSERT INTO events_loosekey (id) SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING RETURNING id
"""

# One JSON text goes over faster than sixteen arrays: of those the driver looks at each value several times.
APPEND_SERVED = """
INSERT INTO events_event (
    id, day, at, kind, video_id, person_id, viewer, session, source, position, propensity, model_version,
    watch_ms, loops, max_pos_ms, data
)
SELECT * FROM json_to_recordset(%s::json) AS given (
    id uuid, day date, at timestamptz, kind text, video_id bigint, person_id bigint, viewer bigint, session text,
    source text, position int, propensity float8, model_version text,
    watch_ms int, loops int, max_pos_ms int, data jsonb
)
"""

APPEND = f"{APPEND_SERVED} ON CONFLICT (id, day) DO NOTHING RETURNING id"

# Recent counts halve every half-life. The exponent stops at 60 so that a product never runs out of a float's range.
ADD_WATCHED = """
INSERT INTO events_videocounts AS c (
    video_id, impressions, plays, completions, loops, watch_ms, skips, recent_plays, recent_completions,
    likes, comments, shares, recent_at
)
SELECT video_id, impressions, plays, completions, loops, watch_ms, skips, plays, completions, 0, 0, 0, now()
FROM unnest(
    %(videos)s::bigint[], %(impressions)s::bigint[], %(plays)s::bigint[], %(completions)s::bigint[],
    %(loops)s::bigint[], %(watch_ms)s::bigint[], %(skips)s::bigint[]
) AS given (video_id, impressions, plays, completions, loops, watch_ms, skips)
ORDER BY video_id
ON CONFLICT (video_id) DO UPDATE SET
    impressions = c.impressions + excluded.impressions,
    plays = c.plays + excluded.plays,
    completions = c.completions + excluded.completions,
    loops = c.loops + excluded.loops,
    watch_ms = c.watch_ms + excluded.watch_ms,
    skips = c.skips + excluded.skips,
    recent_plays = excluded.plays + c.recent_plays
        * power(0.5, least(60, greatest(0, extract(epoch FROM now() - c.recent_at)::float8 / %(half_life)s))),
    recent_completions = excluded.completions + c.recent_completions
        * power(0.5, least(60, greatest(0, extract(epoch FROM now() - c.recent_at)::float8 / %(half_life)s))),
    recent_at = greatest(c.recent_at, now())
"""

# Rows are locked in one order, so that no two wait in a circle.
ADD_MARKS = """
WITH change AS (SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
    AS g (video_id, likes, saves, reposts)),
held AS (
    SELECT video_id FROM events_videocounts
    WHERE video_id IN (SELECT video_id FROM change) ORDER BY video_id FOR NO KEY UPDATE
)
UPDATE events_videocounts AS c SET
    likes = greatest(c.likes + g.likes, 0),
    saves = greatest(c.saves + g.saves, 0),
    reposts = greatest(c.reposts + g.reposts, 0)
FROM held AS h JOIN change AS g USING (video_id)
WHERE c.video_id = h.video_id
"""
ADD_SOCIAL = """
INSERT INTO events_videocounts AS c (
    video_id, likes, comments, shares, impressions, plays, completions, loops, watch_ms, skips,
    recent_plays, recent_completions
)
VALUES (
    %(video)s, greatest(%(likes)s, 0), greatest(%(comments)s, 0), greatest(%(shares)s, 0), 0, 0, 0, 0, 0, 0, 0, 0
)
ON CONFLICT (video_id) DO UPDATE SET
    likes = greatest(c.likes + %(likes)s, 0),
    comments = greatest(c.comments + %(comments)s, 0),
    shares = greatest(c.shares + %(shares)s, 0)
RETURNING likes, comments, shares
"""

SET_SOCIAL = """
UPDATE events_videocounts AS c SET likes = counted.likes, comments = counted.comments
FROM (
    SELECT o.video_id, coalesce(given.likes, 0) AS likes, coalesce(given.comments, 0) AS comments
    FROM events_videocounts AS o
    LEFT JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given (video_id, likes, comments) USING (video_id)
) AS counted
WHERE c.video_id = counted.video_id AND (c.likes, c.comments) IS DISTINCT FROM (counted.likes, counted.comments)
"""

ADD_KEPT = """
INSERT INTO events_videocounts AS c (
    video_id, saves, reposts, likes, comments, shares, impressions, plays, completions, loops, watch_ms, skips,
    recent_plays, recent_completions
)
VALUES (%(video)s, greatest(%(saves)s, 0), greatest(%(reposts)s, 0), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
ON CONFLICT (video_id) DO UPDATE SET
    saves = greatest(c.saves + %(saves)s, 0), reposts = greatest(c.reposts + %(reposts)s, 0)
RETURNING saves, reposts
"""

SET_KEPT = """
UPDATE events_videocounts AS c SET saves = counted.saves, reposts = counted.reposts
FROM (
    SELECT o.video_id, coalesce(given.saves, 0) AS saves, coalesce(given.reposts, 0) AS reposts
    FROM events_videocounts AS o
    LEFT JOIN unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS given (video_id, saves, reposts)
        ON given.video_id = o.video_id
) AS counted
WHERE c.video_id = counted.video_id AND (c.saves, c.reposts) IS DISTINCT FROM (counted.saves, counted.reposts)
"""

REMEMBER_SEEN = """
INSERT INTO events_seen (viewer, video_id) SELECT %s, unnest(%s::bigint[])
ON CONFLICT (viewer, video_id) DO UPDATE SET seen_at = now()
"""


# People are found by the index of persons, visitors by that of visitors.
_THEIRS = """
(person_id = %(person)s OR (%(person)s IS NULL AND viewer < 0 AND viewer = %(viewer)s))
AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
AND (%(videos)s::bigint[] IS NULL OR video_id = ANY (%(videos)s))
"""
FORGET_WATCHED = (
    f"DELETE FROM events_event WHERE kind <> 'served' AND {_THEIRS}",  # noqa: S608 - put together from constants
    f"UPDATE events_event SET person_id = NULL, viewer = 0 WHERE kind = 'served' AND {_THEIRS}",  # noqa: S608
    """
    DELETE FROM events_seen WHERE viewer = %(viewer)s
    AND (%(since)s::timestamptz IS NULL OR seen_at >= %(since)s)
    AND (%(videos)s::bigint[] IS NULL OR video_id = ANY (%(videos)s))
    """,
)
