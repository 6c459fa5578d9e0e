"""Who likes what."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock, ids


class Like(models.Model):
    """A person likes a video."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("videos.Video", on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "video"], name="social_like_once")]
        indexes: ClassVar = [models.Index(fields=["person", "-id"], name="social_likes")]
