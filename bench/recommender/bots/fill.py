"""A world in the tables of an instance: rows as the pipeline leaves them, without files. Bots never fetch any."""

import dataclasses
import datetime

from django.db import connection, transaction

from bench.recommender import world
from bench.recommender.world import World
from revue.accounts.models import Person
from revue.events import partitions
from revue.events.models import VideoCounts
from revue.media.contracts import ClipState
from revue.media.models import Clip, RenditionFile
from revue.platform import clock
from revue.platform.ids import new_id
from revue.recommender import topics, vectors
from revue.recommender.models import VideoTopic, VideoVector
from revue.videos.contracts import VideoState
from revue.videos.models import Video

_AT_ONCE = 2000  # rows


@dataclasses.dataclass(frozen=True)
class Filled:
    """Where the world's videos stand in the tables."""

    ids: list[int]  # of the world's videos, in its order
    authors: dict[int, int]  # an author's number in the world → their id


def fill(made: World, *, means: str) -> Filled:
    """Put a world into empty tables.

    Args:
        made: the world.
        means: what the content model of the instance is called.
    """
    now = clock.now()
    partitions.make(now.date() - datetime.timedelta(days=1), days=3)
    people = [Person(handle=f"author{number}", home_region="local") for number in sorted({*made.authors.tolist()})]
    Person.objects.bulk_create(people, _AT_ONCE)
    authors = {int(person.handle.removeprefix("author")): person.id for person in people}
    ids: list[int] = []
    for begin in range(0, len(made.topics), _AT_ONCE):
        places = range(begin, min(begin + _AT_ONCE, len(made.topics)))
        ids += _videos(made, [*places], authors, now)
    plays = world.plays(made)
    VideoCounts.objects.bulk_create(
        [
            VideoCounts(
                video_id=video_id,
                impressions=int(count) + world.PLAYS_BEFORE,
                plays=int(count),
                completions=int(count) // 3,
            )
            for video_id, count in zip(ids, plays, strict=True)
        ],
        _AT_ONCE,
    )
    _describe(made, ids, means, now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Filled(ids, authors)


def words_of(topic: int) -> str:
    """A caption that says what a video is about: the world's topics take turns at ours, of which there are fewer."""
    return min(topics.TOPICS[topic % len(topics.TOPICS)].words)


def topic_of(topic: int) -> int:
    """Which of our topics a topic of the world is told as."""
    return topics.TOPICS[topic % len(topics.TOPICS)].id


@transaction.atomic
def newborn(made: World, like: int, *, video_id: int, means: str) -> None:
    """Publish a video by somebody who has none.

    Args:
        made: the world.
        like: the place of a video whose vector and topic it has.
        video_id: its id.
        means: as of `fill`.
    """
    author = Person.objects.create(handle="firsttimer", home_region="local")
    now = clock.now()
    young = dataclasses.replace(made, age_days=made.age_days * 0, authors=made.authors * 0)
    _videos(young, [like], {0: author.id}, now, ids=[video_id])
    alone = dataclasses.replace(made, topics=made.topics[[like]], vectors=made.vectors[[like]])
    _describe(alone, [video_id], means, now)


def _videos(
    made: World, places: list[int], authors: dict[int, int], now: datetime.datetime, ids: list[int] | None = None
) -> list[int]:
    clips = Clip.objects.bulk_create(
        Clip(
            owner_id=authors[int(made.authors[place])],
            original_key=f"originals/{place}",
            original_sha256="0" * 64,
            original_bytes=1,
            state=ClipState.READY.value,
            progress=100,
            width=720,
            height=1280,
            duration_ms=round(1000 * float(made.durations_s[place])),
            has_audio=True,
            thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI",
        )
        for place in places
    )
    RenditionFile.objects.bulk_create(
        RenditionFile(clip=clip, name="540", key=f"clips/{clip.pk}/540.mp4", width=540, height=960, bitrate=1, bytes=1)
        for clip in clips
    )
    videos = Video.objects.bulk_create(
        Video(
            id=video_id,
            author_id=clip.owner_id,
            clip=clip,
            state=VideoState.PUBLISHED.value,
            caption=f"{words_of(int(made.topics[place]))} {place}",
            published_at=now - datetime.timedelta(days=float(made.age_days[place])),
            changed_at=now - datetime.timedelta(days=float(made.age_days[place])),
        )
        for clip, place, video_id in zip(clips, places, ids or [new_id() for _ in places], strict=True)
    )
    return [video.pk for video in videos]


def _describe(made: World, ids: list[int], means: str, now: datetime.datetime) -> None:
    VideoVector.objects.bulk_create(
        [
            VideoVector(video_id=video_id, means=means, vector=vectors.to_bytes(vector), made_at=now)
            for video_id, vector in zip(ids, made.vectors, strict=True)
        ],
        _AT_ONCE,
    )
    VideoTopic.objects.bulk_create(
        [
            VideoTopic(video_id=video_id, topics=[topic_of(int(topic))], edition=topics.EDITION, made_at=now)
            for video_id, topic in zip(ids, made.topics, strict=True)
        ],
        _AT_ONCE,
    )
