"""The event log, what each viewer has seen, and the counters of each video.

`events_event` is append-only and partitioned by day, which Django cannot say: `0001_initial` makes it in SQL and
`Event` only describes it.
"""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class VideoCounts(models.Model):
    """What happened to one video so far; changed only by `events.actions`, one statement per batch.

    `recent_plays` and `recent_completions` halve every `policy.HALF_LIFE_S`; their value holds at `recent_at`.
    """

    video = models.OneToOneField("videos.Video", primary_key=True, on_delete=models.CASCADE, related_name="+")
    impressions = models.BigIntegerField(default=0)
    plays = models.BigIntegerField(default=0)
    completions = models.BigIntegerField(default=0)
    loops = models.BigIntegerField(default=0)
    watch_ms = models.BigIntegerField(default=0)
    likes = models.BigIntegerField(default=0)
    comments = models.BigIntegerField(default=0)
    shares = models.BigIntegerField(default=0)
    skips = models.BigIntegerField(default=0)
    saves = models.BigIntegerField(db_default=0)
    reposts = models.BigIntegerField(db_default=0)
    recent_plays = models.FloatField(default=0)
    recent_completions = models.FloatField(default=0)
    recent_at = models.DateTimeField(db_default=Now())


class Event(models.Model):
    """One thing that happened in front of a viewer. Never changed; whole days are dropped."""

    pk = models.CompositePrimaryKey("id", "day")
    id = models.UUIDField()
    day = models.DateField()  # the partition; follows from `id` alone, see `actions`
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    video_id = models.BigIntegerField()  # no foreign key: the log outlives the video
    person_id = models.BigIntegerField(null=True)
    viewer = models.BigIntegerField()  # `policy.viewer_key`
    session = models.CharField(max_length=64)
    source = models.CharField(max_length=20)
    position = models.IntegerField()
    propensity = models.FloatField(null=True)
    model_version = models.CharField(max_length=40)
    watch_ms = models.IntegerField(null=True)
    loops = models.IntegerField(null=True)
    max_pos_ms = models.IntegerField(null=True)
    data = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = "events_event"


class LooseKey(models.Model):
    """An event id that does not carry its own time, kept as long as a repeat of it would be taken."""

    id = models.UUIDField(primary_key=True)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["received_at"], name="events_loose_key_age")]


class Seen(models.Model):
    """`viewer` had `video_id` on the screen."""

    pk = models.CompositePrimaryKey("viewer", "video_id")
    viewer = models.BigIntegerField()  # `policy.viewer_key`
    video_id = models.BigIntegerField()
    seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes: ClassVar = [models.Index(fields=["seen_at"], name="events_seen_age")]
