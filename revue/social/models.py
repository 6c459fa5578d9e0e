"""Who follows whom, who likes what, and what they say."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock, ids


class Follow(models.Model):
    """`follower` sees the videos of `followed` under Following."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    follower = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    followed = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follower", "followed"], name="social_follow_once"),
            models.CheckConstraint(condition=~models.Q(follower=models.F("followed")), name="social_follow_not_self"),
        ]
        indexes: ClassVar = [models.Index(fields=["followed", "-id"], name="social_followers")]


class Like(models.Model):
    """A person likes a video."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("videos.Video", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "video"], name="social_like_once")]


class Comment(models.Model):
    """What a person says under a video."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("videos.Video", on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["video", "-id"], name="social_comments")]
