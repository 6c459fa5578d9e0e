"""Everything that changes the index. Again, or two at once, is the same: a row follows from what it is about.

What is published or changed is indexed in the transaction that does so. `repair` makes the index what it should be,
whatever was missed: a person's new name in their videos, a sound that nobody has any more, rules that have changed.
"""

import dataclasses
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

import orjson
from django.db import connection, transaction

from revue.search import sources, tasks
from revue.search.documents import Document, of_person, of_sound, of_video, plain_tag
from revue.search.languages import BY_CODE
from revue.sounds import queries as sounds
from revue.videos import policy, subtitles
from revue.videos import queries as videos

AT_ONCE: Final = 500  # things that one statement indexes


@dataclasses.dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of thing is indexed."""

    table: str
    key: str
    source: str
    make: Callable[[dict[str, Any]], Document]
    has_time: bool = False


def _of_video(row: dict[str, Any]) -> Document:
    names = ("caption", "tags", "mentions", "handle", "name", "sound")
    said = orjson.loads(row["spoken"]) if row["spoken"] else ()
    spoken = [(language, subtitles.words_of(vtt)) for language, vtt in said]
    return of_video(**{name: row[name] for name in names}, spoken=spoken)


def _of_person(row: dict[str, Any]) -> Document:
    return of_person(handle=row["handle"], name=row["name"], bio=row["bio"])


def _of_sound(row: dict[str, Any]) -> Document:
    return of_sound(name=row["name"], owner=row["owner"], handle=row["handle"], mood=row["mood"])


_VIDEO: Final = _Kind("search_video", "video_id", sources.VIDEOS, _of_video, has_time=True)
_PERSON: Final = _Kind("search_person", "person_id", sources.PEOPLE, _of_person)
_SOUND: Final = _Kind("search_sound", "sound_id", sources.SOUNDS, _of_sound)
_KINDS: Final = (_VIDEO, _PERSON, _SOUND)

# Words as they are, and what PostgreSQL's stemmers make of them, put together as the text of a tsvector.
_INDEX: Final = """
WITH exact AS (
    SELECT * FROM unnest(
        %(exact_ids)s::bigint[], %(exact)s::text[], %(exact_places)s::int[], %(weights)s::text[]
    ) AS e (id, word, place, weight)
), stems AS (
    SELECT w.id, stem || '/' || w.code, w.place, w.weight
    FROM unnest(
        %(stem_ids)s::bigint[], %(stem)s::text[], %(stem_places)s::int[], %(stem_weights)s::text[], %(codes)s::text[],
        %(stemmers)s::text[]
    ) AS w (id, word, place, weight, code, stemmer),
        unnest(ts_lexize(w.stemmer::regdictionary, w.word)) AS stem
), lexemes AS (
    SELECT id, quote_literal(word) || ':' || string_agg(place || weight, ',') AS lexeme
    FROM (SELECT * FROM exact UNION ALL SELECT * FROM stems) AS said GROUP BY id, word
), vectors AS (
    SELECT id, string_agg(lexeme, ' ')::tsvector AS words FROM lexemes GROUP BY id
)
INSERT INTO {table} AS i ({key}, digest, words, popular, popular_before{time})
SELECT g.id, g.digest, coalesce(v.words, ''), 0, 0{given_time}
FROM unnest(%(ids)s::bigint[], %(digests)s::text[], %(times)s::timestamptz[]) AS g (id, digest, published_at)
LEFT JOIN vectors AS v ON v.id = g.id
ORDER BY g.id
ON CONFLICT ({key}) DO UPDATE SET digest = excluded.digest, words = excluded.words{set_time}
WHERE i.digest <> excluded.digest
"""
_READ: Final = "SELECT * FROM ({source}) AS source WHERE id = ANY (%s::bigint[]) ORDER BY id"
_DROP: Final = "DELETE FROM {table} WHERE {key} = ANY (%s::bigint[])"
_UNSAID: Final = "UPDATE {table} SET digest = ''"
_WRONG: Final = """
SELECT coalesce(s.id, i.{key}) FROM ({source}) AS s FULL JOIN {table} AS i ON i.{key} = s.id
WHERE s.digest IS DISTINCT FROM i.digest
"""


def follow_video(*, video_id: int) -> None:
    """Have a video found by what it says now, with its tags and its sound; or not at all."""
    _index(_VIDEO, [video_id])
    content = videos.content(video_id=video_id)
    if content is None:
        return
    _add_tags(content.tags)
    if content.sound_id is not None:
        _index(_SOUND, [content.sound_id])


def follow_person(*, person_id: int) -> None:
    """Have a person found by what they are called now; a job does the same for their videos and sounds."""
    _index(_PERSON, [person_id])
    tasks.index_works.enqueue(person_id=person_id, once=f"works:{person_id}")


def index_works(*, person_id: int) -> None:
    """Have a person's videos and sounds found by what their maker is called now."""
    work = videos.video_ids_of(author_id=person_id)
    for first in range(0, len(work), AT_ONCE):
        _index(_VIDEO, work[first : first + AT_ONCE])
    _index(_SOUND, sounds.ids_of_owner(person_id))


def follow_private(*, person_id: int, is_private: bool) -> None:  # noqa: ARG001 - either way the index follows
    """Have a person's videos and sounds found as far as their account lets them be; at once less, by a job more."""
    tasks.index_works.enqueue(person_id=person_id, once=f"works:{person_id}")


def follow_sound(*, sound_id: int) -> None:
    """Have a sound found by its name now, or not at all."""
    _index(_SOUND, [sound_id])


def forget_person(*, person_id: int) -> None:
    """Take a person's name out of what their sounds are found by. The rest goes with the rows that it is about."""
    _drop(_SOUND, sounds.ids_of_owner(person_id))


def repair() -> int:
    """Make the index what it should be; returns how many things were wrong in it."""
    return sum(_repair(kind) for kind in _KINDS)


def rebuild() -> int:
    """Make the whole index anew, in parts, while people search; returns how many things are in it."""
    count = 0
    for kind in _KINDS:
        with connection.cursor() as cursor:
            cursor.execute(_UNSAID.format(table=kind.table))
        count += _repair(kind)
    count_popular()
    return count


def count_popular() -> None:
    """Count what people did with everything that is found, and which tags there are."""
    with connection.cursor() as cursor:
        cursor.execute(_NEW_TAGS)
        _add_tags([row[0] for row in cursor.fetchall()])
        for statement in _COUNTS:
            cursor.execute(statement)


def _repair(kind: _Kind) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_WRONG.format(table=kind.table, key=kind.key, source=kind.source))
        wrong = [row[0] for row in cursor.fetchall()]
    for first in range(0, len(wrong), AT_ONCE):
        _index(kind, wrong[first : first + AT_ONCE])
    return len(wrong)


@transaction.atomic
def _index(kind: _Kind, ids: Collection[int]) -> None:
    """Index those of the things that may be found, and drop the others."""
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(_READ.format(source=kind.source), [list(ids)])
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        if rows:
            cursor.execute(_statement(kind), _values(kind, rows))
    _drop(kind, set(ids) - {row["id"] for row in rows})


def _statement(kind: _Kind) -> str:
    time = ("published_at", "published_at = excluded.published_at") if kind.has_time else ("", "")
    return _INDEX.format(
        table=kind.table,
        key=kind.key,
        time=f", {time[0]}" if time[0] else "",
        given_time=f", g.{time[0]}" if time[0] else "",
        set_time=f", {time[1]}" if time[1] else "",
    )


def _values(kind: _Kind, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The documents of some things as arrays, one for each column."""
    made = {row["id"]: kind.make(row) for row in rows}
    exact = [(key, *word) for key, document in made.items() for word in document.exact]
    stemmed = [(key, *word) for key, document in made.items() for word in document.stemmed]
    return {
        "ids": list(made),
        "digests": [row["digest"] for row in rows],
        "times": [row.get("published_at") for row in rows],
        "exact_ids": [word[0] for word in exact],
        "exact": [word[1] for word in exact],
        "exact_places": [word[2] for word in exact],
        "weights": [word[3] for word in exact],
        "stem_ids": [word[0] for word in stemmed],
        "stem": [word[1] for word in stemmed],
        "stem_places": [word[2] for word in stemmed],
        "stem_weights": [word[3] for word in stemmed],
        "codes": [word[4] for word in stemmed],
        "stemmers": [BY_CODE[word[4]].stemmer for word in stemmed],
    }


def _drop(kind: _Kind, ids: Collection[int]) -> None:
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_DROP.format(table=kind.table, key=kind.key), [list(ids)])


_ADD_TAGS: Final = """
INSERT INTO search_tag (name, plain, popular, popular_before)
SELECT name, plain, 0, 0 FROM unnest(%s::text[], %s::text[]) AS t (name, plain) ORDER BY name
ON CONFLICT (name) DO NOTHING
"""
_NEW_TAGS: Final = "SELECT name FROM videos_tag AS t WHERE NOT EXISTS (SELECT 1 FROM search_tag WHERE name = t.name)"
# What was added since tags were counted last is not in `videos_tag` yet.
_DROP_TAGS: Final = """
DELETE FROM search_tag AS i WHERE i.counted_at < now() - interval '20 minutes'
    AND NOT EXISTS (SELECT 1 FROM videos_tag AS t WHERE t.name = i.name)
"""
_SET: Final = """
UPDATE {table} AS i SET popular_before = i.popular, popular = c.number, counted_at = clock_timestamp()
FROM ({counts}) AS c (id, number) WHERE i.{key} = c.id AND i.popular <> c.number
"""
_COUNTS: Final = (
    _SET.format(table="search_video", key="video_id", counts="SELECT video_id, likes FROM events_videocounts"),
    _SET.format(
        table="search_person",
        key="person_id",
        counts="SELECT i.person_id, count(f.id) FROM search_person AS i"
        " LEFT JOIN social_follow AS f ON f.followed_id = i.person_id GROUP BY i.person_id",
    ),
    _SET.format(
        table="search_sound",
        key="sound_id",
        counts="SELECT i.sound_id, count(v.id) FROM search_sound AS i"  # noqa: S608 - put together from constants
        f" LEFT JOIN videos_video AS v ON v.sound_id = i.sound_id AND {policy.LISTED} GROUP BY i.sound_id",
    ),
    _SET.format(table="search_tag", key="name", counts="SELECT name, videos FROM videos_tag"),
    _DROP_TAGS,
)


def _add_tags(names: Collection[str]) -> None:
    if names:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_TAGS, [list(names), [plain_tag(name) for name in names]])
