"""Counters of each video. The append-only `events_event` table is partitioned by day: see `0001_initial`."""

from django.db import models


class VideoCounts(models.Model):
    """What happened to one video so far; changed only by `events.actions`, with `F()`."""

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
