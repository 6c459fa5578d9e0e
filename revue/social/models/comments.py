"""What is said under videos."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock, ids


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
