"""The sound."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from revue.platform import clock, ids
from revue.sounds.contracts import Kind


class Sound(models.Model):
    """A sound that videos share. Its files lie with the clip it comes from, or under keys of its own."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in Kind])
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    clip = models.OneToOneField("media.Clip", null=True, on_delete=models.SET_NULL, related_name="+")
    slug = models.CharField(max_length=60, null=True, unique=True)  # noqa: DJ001 - only the starter library has one
    name = models.CharField(max_length=100, blank=True, default="")  # empty: "original sound" of its owner
    may_reuse = models.BooleanField(default=True)
    licence = models.CharField(max_length=60, blank=True, default="")
    credit = models.CharField(max_length=200, blank=True, default="")
    file_key = models.CharField(max_length=200)
    master_key = models.CharField(max_length=200)
    length_ms = models.PositiveIntegerField()
    peaks = models.BinaryField(default=bytes)
    fingerprint = ArrayField(models.BigIntegerField(), default=list)
    fingerprint_keys = ArrayField(models.IntegerField(), default=list)
    loops = models.BooleanField(default=False)
    mood = models.CharField(max_length=20, blank=True, default="")
    tempo = models.PositiveSmallIntegerField(default=0)  # beats a minute; 0: unknown
    beats_ms = ArrayField(models.PositiveIntegerField(), default=list)
    muted_at = models.DateTimeField(null=True, blank=True)
    muted_reason = models.CharField(max_length=300, blank=True, default="")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["fingerprint_keys"], name="sounds_by_fingerprint"),
            models.Index(fields=["owner", "-id"], name="sounds_by_owner"),
            models.Index(fields=["mood", "name"], name="sounds_starter", condition=models.Q(kind="starter")),
        ]
