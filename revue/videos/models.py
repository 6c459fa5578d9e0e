"""The video, its words, and what these were before."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Coalesce

from revue.platform import clock, ids
from revue.videos.contracts import Commenters, VideoState, Visibility


class Video(models.Model):
    """A clip with an author, a caption and an audience."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    clip = models.OneToOneField("media.Clip", on_delete=models.PROTECT, related_name="+")
    # What is to take the clip's place once it plays; it stays, failed, until its author tries another.
    next_clip = models.OneToOneField("media.Clip", null=True, on_delete=models.PROTECT, related_name="+")
    # What it has replaced, for as long as open pages may still play that.
    last_clip = models.OneToOneField("media.Clip", null=True, on_delete=models.SET_NULL, related_name="+")
    sound = models.ForeignKey("sounds.Sound", null=True, on_delete=models.SET_NULL, related_name="+")
    uses_sound = models.BooleanField(default=False)  # the author laid it under; False: it came with the file
    sound_start_ms = models.PositiveIntegerField(default=0)
    sound_percent = models.PositiveSmallIntegerField(default=100)
    own_percent = models.PositiveSmallIntegerField(default=100)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in VideoState], default=VideoState.PROCESSING.value
    )
    visibility = models.CharField(
        max_length=10, choices=[(v.value, v.value) for v in Visibility], default=Visibility.EVERYONE.value
    )
    # What its author chose, of a video that fewer may watch for as long as their account is private; else empty.
    chosen_visibility = models.CharField(max_length=10, blank=True, default="")
    caption = models.CharField(max_length=2200, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=100), default=list, blank=True)  # lower case, without #
    mentions = ArrayField(models.CharField(max_length=30), default=list, blank=True)  # handles, without @
    commenters = models.CharField(
        max_length=10, choices=[(c.value, c.value) for c in Commenters], default=Commenters.EVERYONE.value
    )
    may_duet = models.BooleanField(default=True)
    may_stitch = models.BooleanField(default=True)
    may_download = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    remake_asked_at = models.DateTimeField(null=True, blank=True)  # since when its clip is to be made anew
    pinned_at = models.DateTimeField(null=True, blank=True)  # since when it stands first on its author's page
    edited_at = models.DateTimeField(null=True, blank=True)  # since when it says something else than people have read
    publish_at = models.DateTimeField(null=True, blank=True)  # not before; null: as soon as it plays
    # Its place among the newest, as an id of the moment at which it went out; null: its own id.
    place = models.BigIntegerField(null=True, blank=True)
    binned_at = models.DateTimeField(null=True, blank=True)  # since when it lies in the bin
    state_before = models.CharField(max_length=10, blank=True, default="")  # of what lies in the bin

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["-id"],
                name="videos_public_newest",
                condition=models.Q(state="published", visibility="everyone"),
            ),
            # For what very many have: the newest with a tag that stands on every other video are found at once.
            models.Index(
                Coalesce("place", "id").desc(),
                name="videos_public_by_place",
                condition=models.Q(state="published", visibility="everyone"),
            ),
            models.Index("author", Coalesce("place", "id").desc(), name="videos_by_author"),
            models.Index(
                "sound",
                Coalesce("place", "id").desc(),
                name="videos_by_sound",
                condition=models.Q(state="published", visibility="everyone"),
            ),
            # For trends: what was published lately, read from the index alone.
            models.Index(
                fields=["published_at"],
                include=["sound", "author"],
                name="videos_trending",
                condition=models.Q(state="published", visibility="everyone", sound__isnull=False),
            ),
            models.Index(
                fields=["remake_asked_at"],
                name="videos_to_remake",
                condition=models.Q(remake_asked_at__isnull=False),
            ),
            models.Index(
                fields=["author", "-pinned_at"],
                name="videos_pinned",
                condition=models.Q(pinned_at__isnull=False),
            ),
            models.Index(fields=["publish_at"], name="videos_due", condition=models.Q(state="scheduled")),
            models.Index(fields=["binned_at"], name="videos_binned", condition=models.Q(state="binned")),
            GinIndex(
                fields=["tags"],
                name="videos_by_tag",
                condition=models.Q(state="published", visibility="everyone"),
            ),
        ]


class Draft(models.Model):
    """What somebody is about to post. It stays until they post or delete it, or leave."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()  # made up by the client that began it: saving twice makes one
    upload_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_photos = models.BooleanField(default=False)
    sealed_caption = models.TextField(blank=True, default="")  # for its author's eyes: see `videos.draft_words`
    visibility = models.CharField(
        max_length=10, choices=[(v.value, v.value) for v in Visibility], default=Visibility.EVERYONE.value
    )
    commenters = models.CharField(
        max_length=10, choices=[(c.value, c.value) for c in Commenters], default=Commenters.EVERYONE.value
    )
    may_duet = models.BooleanField(default=True)
    may_stitch = models.BooleanField(default=True)
    may_download = models.BooleanField(default=True)
    poster_at_ms = models.PositiveIntegerField(null=True, blank=True)
    sound = models.ForeignKey("sounds.Sound", null=True, on_delete=models.SET_NULL, related_name="+")
    sound_start_ms = models.PositiveIntegerField(default=0)
    sound_percent = models.PositiveSmallIntegerField(default=100)
    own_percent = models.PositiveSmallIntegerField(default=100)
    publish_at = models.DateTimeField(null=True, blank=True)  # as it was wished; it may have passed meanwhile
    made_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["author", "key"], name="videos_draft_once")]
        indexes: ClassVar = [models.Index(fields=["author", "-changed_at"], name="videos_drafts")]


class Tag(models.Model):
    """A tag of public videos; see `videos.tags`. The key's own index answers what begins with a few letters."""

    name = models.CharField(max_length=100, primary_key=True)
    videos = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-videos", "name"], name="videos_tags_most_first")]


class FormerCaption(models.Model):
    """What a video said before its author changed it, and to whom it said that."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="+")
    caption = models.CharField(max_length=2200, blank=True)
    visibility = models.CharField(max_length=10, choices=[(v.value, v.value) for v in Visibility])
    until_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["video", "-id"], name="videos_former_captions")]


class Subtitles(models.Model):
    """What is said in a video, in one language: see `videos.subtitles`."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="+", db_index=False)
    language = models.CharField(max_length=11)  # BCP 47
    vtt = models.TextField()
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name_plural = "subtitles"
        constraints: ClassVar = [models.UniqueConstraint(fields=["video", "language"], name="videos_subtitles_once")]


class Gone(models.Model):
    """A video that everybody could watch until its author deleted it. It says that, and nothing of whose it was."""

    id = models.BigIntegerField(primary_key=True)  # the video's
    gone_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name_plural = "gone"
        indexes: ClassVar = [models.Index(fields=["gone_at"], name="videos_gone_when")]
