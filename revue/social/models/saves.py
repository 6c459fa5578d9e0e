"""What people keep for themselves, and the collections they keep it in."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock, ids


class Collection(models.Model):
    """A named part of what somebody has saved."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=50)
    is_public = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["owner", "name"], name="social_collection_once")]
        indexes: ClassVar = [models.Index(fields=["owner", "-id"], name="social_collections")]


class Save(models.Model):
    """A person keeps a video, in one of their collections or in none."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("videos.Video", on_delete=models.CASCADE, related_name="+")
    collection = models.ForeignKey(Collection, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "video"], name="social_save_once")]
        indexes: ClassVar = [
            models.Index(fields=["person", "-id"], name="social_saves"),
            models.Index(
                fields=["collection", "-id"],
                name="social_collected",
                condition=models.Q(collection__isnull=False),
            ),
        ]
