"""What people keep from each other: who has blocked, muted or restricted whom."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock, ids


class Block(models.Model):
    """Neither of the two finds anything of the other's, anywhere."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="social_block_once"),
            models.CheckConstraint(condition=~models.Q(blocker=models.F("blocked")), name="social_block_not_self"),
        ]


class Mute(models.Model):
    """`muter` finds nothing of `muted` in their feeds. Nobody else is told."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    muter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["muter", "muted"], name="social_mute_once"),
            models.CheckConstraint(condition=~models.Q(muter=models.F("muted")), name="social_mute_not_self"),
        ]


class Restriction(models.Model):
    """What `restricted` says from now on under videos of `restricter` waits to be approved. Nobody else is told."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    restricter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    restricted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["restricter", "restricted"], name="social_restriction_once"),
            models.CheckConstraint(
                condition=~models.Q(restricter=models.F("restricted")), name="social_restriction_not_self"
            ),
        ]
