"""What people are told, what they want to be told, and the browsers that are told by push."""

from typing import ClassVar, Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from revue.inbox.notifications.contracts import NoticeKind, NoticeTopic
from revue.platform import clock, ids

LONGEST_LANGUAGE: Final = 16  # letters of a code, such as "zh-hans"
_TOPICS = [(topic.value, topic.value) for topic in NoticeTopic]


def not_pushed_at_first() -> list[str]:
    """Likes are many: they wait in the app until somebody wants more."""
    return [NoticeTopic.LIKES.value]


class Notice(models.Model):
    """Something that a person is told. Others join it while it is open: not read yet, and not a day old."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in NoticeKind])
    key = models.CharField(max_length=100)  # what it is about and whose it is; of equal ones at most one is open
    # Its place among the newest, as an id of the moment at which it last said something new.
    place = models.BigIntegerField(default=ids.new_id)
    video = models.ForeignKey("videos.Video", null=True, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey("social.Comment", null=True, on_delete=models.CASCADE, related_name="+")
    event = models.CharField(max_length=20, blank=True, default="")  # a `SecurityEvent`
    browser = models.CharField(max_length=20, blank=True, default="")  # its name, where it did that
    made_at = models.DateTimeField(default=clock.now, editable=False)
    told_at = models.DateTimeField(default=clock.now)
    is_open = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(is_open=True), name="inbox_one_open")
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-place"], name="inbox_newest"),
            models.Index(fields=["person", "-place"], name="inbox_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["made_at"], name="inbox_to_close", condition=models.Q(is_open=True)),
            models.Index(fields=["place"], name="inbox_oldest"),
        ]


class NoticeActor(models.Model):
    """Somebody who did what a notice tells. Each does it once, however often they take it back."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)  # of the notice

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "key"], name="inbox_actor_once")]
        indexes: ClassVar = [models.Index(fields=["notice", "-id"], name="inbox_actors")]


class Preferences(models.Model):
    """What a person wants to be told, and how; without a row: everything, and nothing by mail."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    hidden = ArrayField(models.CharField(max_length=20, choices=_TOPICS), default=list, blank=True)
    not_pushed = ArrayField(models.CharField(max_length=20, choices=_TOPICS), default=not_pushed_at_first, blank=True)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)  # minutes since midnight
    quiet_to = models.PositiveSmallIntegerField(null=True, blank=True)
    time_zone = models.CharField(max_length=64, blank=True, default="")  # of the browser that set the hours
    wants_digest = models.BooleanField(default=False)
    language = models.CharField(max_length=LONGEST_LANGUAGE, blank=True, default="")  # of the mail
    digest_at = models.DateTimeField(null=True, blank=True)  # when one was last sent

    class Meta:
        verbose_name_plural = "preferences"
        indexes: ClassVar = [
            models.Index(fields=["digest_at"], name="inbox_digests", condition=models.Q(wants_digest=True))
        ]


class Subscription(models.Model):
    """A browser that asked to be told by push, for as long as the person is signed in there."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.CharField(max_length=22)  # the session's name, see `accounts.queries.session_names`
    endpoint = models.CharField(max_length=1000, unique=True)  # the address at the browser's push service
    public_key = models.CharField(max_length=87)  # p256dh, as base64url
    auth = models.CharField(max_length=22)  # as base64url
    language = models.CharField(max_length=LONGEST_LANGUAGE, blank=True, default="")  # that the browser asked in
    made_at = models.DateTimeField(default=clock.now, editable=False)
