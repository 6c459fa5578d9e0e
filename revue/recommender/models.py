"""What the recommender keeps of videos."""

from typing import ClassVar

from django.db import models

from revue.platform import clock


class VideoVector(models.Model):
    """Where a video lies among all others by what it is: near ones show, sound and say alike."""

    video = models.OneToOneField("videos.Video", primary_key=True, on_delete=models.CASCADE, related_name="+")
    means = models.CharField(max_length=40)  # how it was made; vectors of different means are not compared
    vector = models.BinaryField()  # float32, little end first, of length 1
    made_at = models.DateTimeField(default=clock.now, editable=False)


class Watch(models.Model):
    """What one viewer did with one video: what the recommender learns from, and all that it knows of a viewer.

    A row is written with the first event of a view and updated by each later one. Whoever takes a row away takes away
    what was learnt from it.
    """

    pk = models.CompositePrimaryKey("viewer", "video_id")
    viewer = models.BigIntegerField()  # `events.policy.viewer_key`
    video_id = models.BigIntegerField()
    at = models.DateTimeField()  # of the newest event, by our clock
    watch_ms = models.IntegerField(default=0)  # of all views
    reward = models.FloatField(null=True)  # 0 … 1: share of the video that was watched, cut at 1.5 times; None: open
    is_long = models.BooleanField(default=False)  # a long view
    is_skip = models.BooleanField(default=False)  # swiped away early
    is_liked = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    is_commented = models.BooleanField(default=False)
    is_followed = models.BooleanField(default=False)
    source = models.CharField(max_length=20, default="")  # where it stood when it was first seen
    position = models.IntegerField(default=0)
    propensity = models.FloatField(null=True)
    model_version = models.CharField(max_length=40, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["viewer", "-at"], name="recommender_watch_newest"),
            models.Index(fields=["at"], name="recommender_watch_age"),
        ]
