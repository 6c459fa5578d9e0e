"""What the troupe remembers, so that it can be killed, resumed and removed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.platform import clock


class Performer(models.Model):
    """The account that plays a member of the cast."""

    member = models.CharField(primary_key=True, max_length=30)  # the handle in `cast`
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")


class Number(models.Model):
    """A turn of the programme that has been posted. A turn with a row is never posted again."""

    key = models.CharField(primary_key=True, max_length=20)
    video = models.OneToOneField("videos.Video", null=True, on_delete=models.SET_NULL, related_name="+")
    is_applauded = models.BooleanField(default=False)  # the others have liked it and said something
    made_at = models.DateTimeField(default=clock.now, editable=False)


class Wish(models.Model):
    """Whether this instance wants a troupe: one row once anyone has decided. Keeps a removed troupe away."""

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    is_wanted = models.BooleanField()

    class Meta:
        verbose_name_plural = "wishes"
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="demo_one_wish")]
