"""Which tags there are, with the number of their public videos: counted anew now and then, asked by their beginning."""

from typing import Final

from django.db import connection, transaction

from revue.videos import captions, policy
from revue.videos.contracts import TagCount, TagNumbers

MOST: Final = 8
# A tag of few videos is looked up once more before it is told: the last of them may have been hidden since.
_FEW: Final = 20
_COUNT: Final = f"""
WITH counted AS (
    SELECT t.name, count(*) AS videos
    FROM videos_video AS v
    JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
    CROSS JOIN LATERAL unnest(v.tags) AS t (name)
    WHERE {policy.LISTED} GROUP BY t.name
), gone AS (
    DELETE FROM videos_tag AS t WHERE NOT EXISTS (SELECT 1 FROM counted AS c WHERE c.name = t.name)
)
INSERT INTO videos_tag AS t (name, videos) SELECT name, videos FROM counted
ON CONFLICT (name) DO UPDATE SET videos = EXCLUDED.videos WHERE t.videos <> EXCLUDED.videos
"""  # noqa: S608 - put together from constants
_BEGINNING: Final = f"""
SELECT found.name, found.videos FROM (
    SELECT name, videos FROM videos_tag WHERE name LIKE %(pattern)s ORDER BY videos DESC, name LIMIT {3 * MOST}
) AS found
WHERE found.videos > {_FEW} OR EXISTS (
    SELECT 1 FROM videos_video AS v WHERE {policy.LISTED} AND v.tags @> ARRAY[found.name]::varchar[]
)
ORDER BY found.videos DESC, found.name LIMIT {MOST}
"""  # noqa: S608 - put together from constants
_NUMBERS: Final = f"""
SELECT count(*), coalesce(sum(c.plays), 0)::bigint
FROM videos_video AS v
JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
LEFT JOIN events_videocounts AS c ON c.video_id = v.id
WHERE {policy.LISTED} AND v.tags @> ARRAY[%s]::varchar[]
"""  # noqa: S608 - put together from constants
_ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('videos_tag'))"


@transaction.atomic
def count() -> None:
    """Count the public videos of every tag. Again, or two at once, is the same."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        cursor.execute(_COUNT)


def beginning_with(prefix: str) -> list[TagCount]:
    """At most `MOST` tags that begin so, with or without `#`; those of most videos first. One SELECT."""
    pattern = captions.plain_tag(prefix).translate({ord(letter): f"\\{letter}" for letter in "\\%_"}) + "%"
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNING, {"pattern": pattern})
        return [TagCount(*row) for row in cursor.fetchall()]


def numbers(tag: str) -> TagNumbers:
    """How many public videos a tag has, and how often these were played; zeros for one that nobody has used."""
    name = captions.plain_tag(tag)
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [name])
        return TagNumbers(name, *cursor.fetchone())
