"""What two people write to each other, and what was reported of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from revue.inbox.messages.contracts import LONGEST_MESSAGE, ConversationState, ReportReason
from revue.platform import clock, ids

_STATES = [(state.value, state.value) for state in ConversationState if state is not ConversationState.NEW]
_REASONS = [(reason.value, reason.value) for reason in ReportReason]


class Conversation(models.Model):
    """All that two people write to each other. It goes, whole, with either of them."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    # The two, by their ids: whoever begins it, there is one row.
    low = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    high = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["low", "high"], name="inbox_conversation_once"),
            models.CheckConstraint(condition=models.Q(low__lt=models.F("high")), name="inbox_conversation_of_two"),
        ]


class Participant(models.Model):
    """One of the two, and how a conversation stands for them. Numbers of messages are their ids; 0: none."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    conversation = models.ForeignKey(Conversation, db_index=False, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, db_index=False, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=_STATES)
    # The newest message that they find there; null: the conversation is in none of their lists.
    place = models.BigIntegerField(null=True, blank=True)
    read_to = models.BigIntegerField(default=0)
    cleared_to = models.BigIntegerField(default=0)  # up to this one they have deleted everything
    declined_at = models.DateTimeField(null=True, blank=True)  # the other's request
    is_muted = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "person"], name="inbox_participant_once"),
            models.UniqueConstraint(fields=["person", "other"], name="inbox_participant_of_two"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-place"], name="inbox_conversations", condition=~models.Q(place=None))
        ]


class Message(models.Model):
    """What one of two people writes, or the video that they send."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    conversation = models.ForeignKey(Conversation, db_index=False, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(null=True)  # made up by the client: sending twice makes one
    text = models.CharField(max_length=LONGEST_MESSAGE, blank=True, default="")
    has_video = models.BooleanField(default=False)  # also once the video is gone
    video = models.ForeignKey("videos.Video", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    unsent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "author", "key"], condition=~models.Q(key=None), name="inbox_message_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["conversation", "-id"], name="inbox_messages"),
            models.Index(fields=["conversation", "author", "-id"], name="inbox_messages_by"),  # what is new, or asked
        ]


class MessageReport(models.Model):
    """What somebody reported, with a copy of what was said. It goes with either of the two."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reported = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    message_id = models.BigIntegerField()  # of a message that may be gone by now
    reason = models.CharField(max_length=20, choices=_REASONS)
    text = models.CharField(max_length=500, blank=True, default="")
    # Oldest first, the reported one last: [{"id", "author_id", "text", "video_id", "made_at"}]
    said = models.JSONField()
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reporter", "message_id"], name="inbox_message_report_once")
        ]
