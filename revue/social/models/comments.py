"""What is said under videos, what it was before it was changed, who likes it, and what creators hold back."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F
from django.db.models.functions import Cast, Ln

from revue.platform import clock, ids
from revue.social.contracts import Hold
from revue.social.policy import LONGEST_COMMENT

_MS_A_WEEK = 7 * 24 * 3600 * 1000.0
# One doubling of likes and replies is worth a week: as likes only add and weeks pass for all alike, the order of two
# comments changes only by what people do with them. docs/develop/comments.md says it in words.
_WORTH = Ln(1.0 + Cast(F("likes") + 2 * F("replies"), models.FloatField())) / 0.6931471805599453
_WEEKS = Cast(F("id").bitrightshift(ids.RANDOM_BITS), models.FloatField()) / _MS_A_WEEK


class Comment(models.Model):
    """What a person says under a video, or in answer to a comment there.

    `likes` and `replies` count what everybody sees; what is held back counts nowhere.
    """

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey("videos.Video", on_delete=models.CASCADE, related_name="+")
    # Null: it begins one. `social_replies` is its index.
    thread = models.ForeignKey("self", null=True, db_index=False, on_delete=models.CASCADE, related_name="+")
    answers = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")  # of its thread
    key = models.UUIDField(null=True)  # made up by the client: writing twice makes one
    text = models.CharField(max_length=LONGEST_COMMENT)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)  # since when it stands first
    held_for = models.CharField(max_length=10, choices=[(h.value, h.value) for h in Hold], blank=True, default="")
    likes = models.PositiveIntegerField(default=0)
    replies = models.PositiveIntegerField(default=0)
    relevance = models.GeneratedField(expression=_WORTH + _WEEKS, output_field=models.FloatField(), db_persist=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["author", "key"], name="social_comment_once")]
        indexes: ClassVar = [
            models.Index(fields=["video", "-id"], name="social_comments"),
            models.Index(
                fields=["video", "-relevance", "-id"],
                name="social_comments_ranked",
                condition=models.Q(thread__isnull=True),
            ),
            models.Index(fields=["thread", "id"], name="social_replies", condition=models.Q(thread__isnull=False)),
            models.Index(fields=["video", "pinned_at"], name="social_pinned", condition=~models.Q(pinned_at=None)),
            models.Index(fields=["video", "-id"], name="social_held", condition=~models.Q(held_for="")),
        ]


class FormerComment(models.Model):
    """What a comment said before its author changed it."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_COMMENT)
    until_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["comment", "-id"], name="social_former_comments")]


class CommentLike(models.Model):
    """A person likes a comment."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "comment"], name="social_comment_like_once"),
        ]


class CommentRules(models.Model):
    """Which comments under a person's videos wait until that person has read them."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    approves_first = models.BooleanField(default=False)
    words = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # as they were typed, newest first

    class Meta:
        verbose_name_plural = "comment rules"
