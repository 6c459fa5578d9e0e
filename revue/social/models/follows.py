"""Who follows whom, and who has asked to."""

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


class FollowRequest(models.Model):
    """`asker` would follow `asked`, whose account is private; the row goes with the answer."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["asker", "asked"], name="social_followrequest_once"),
            models.CheckConstraint(condition=~models.Q(asker=models.F("asked")), name="social_followrequest_not_self"),
        ]
        indexes: ClassVar = [models.Index(fields=["asked", "-id"], name="social_asked")]
