"""What people pass on to those who follow them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock, ids


class Repost(models.Model):
    """A video stands in the Following feeds of those who follow `person`. Its place there is the row's id."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    video = models.ForeignKey("videos.Video", on_delete=models.CASCADE, related_name="+", db_index=False)
    note = models.CharField(max_length=150, blank=True, default="")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "video"], name="social_repost_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="social_reposts"),
            models.Index(fields=["video", "-id"], name="social_reposts_of_video"),
        ]
