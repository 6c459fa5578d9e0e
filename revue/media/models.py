"""Uploads, the clips made of them and the files that play."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from revue.media.contracts import ClipState, WishState
from revue.platform import clock, ids


class Upload(models.Model):
    """A file on its way in, by the tus 1.0 protocol. `offset_bytes` is what is safely on disk."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    length_bytes = models.BigIntegerField()
    offset_bytes = models.BigIntegerField(default=0)
    filename = models.CharField(max_length=200, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")  # hex, set when the last byte is in our inbox
    is_kept = models.BooleanField(default=False)  # a draft has it: once whole, it stays until its owner says otherwise
    parts_name = models.TextField(blank=True, default="")  # the bucket's for an upload that a browser sends there
    made_at = models.DateTimeField(default=clock.now, editable=False)
    touched_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)


class EarlyRun(models.Model):
    """What is made of an upload while its bytes come. Without it, or when it is of no use, nothing is lost but time."""

    upload = models.OneToOneField(Upload, primary_key=True, on_delete=models.CASCADE, related_name="early")
    tries = models.PositiveSmallIntegerField(default=0)  # runs, those that were killed included
    lease_id = models.BigIntegerField(null=True, blank=True)  # names the run, and its folder
    lease_until = models.DateTimeField(null=True, blank=True)  # the run lives until then
    reached_ms = models.PositiveIntegerField(default=0)  # of the clip, as far as it is encoded
    found = models.JSONField(null=True, blank=True)  # an `early.Found`, once the pictures are made


class Clip(models.Model):
    """One uploaded moving picture and what was made of it. The row is the truth; jobs are nudges."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    upload = models.OneToOneField(Upload, null=True, on_delete=models.SET_NULL, related_name="clip")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    original_key = models.CharField(max_length=200)
    original_sha256 = models.CharField(
        max_length=64, blank=True
    )  # empty: the bytes went to the bucket, nobody read them
    original_bytes = models.BigIntegerField()
    found = models.JSONField(null=True, blank=True)  # a `probe.Probe` of the original, once it was read through
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ClipState], default=ClipState.PENDING.value
    )
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)  # runs, those that were killed included
    failures = models.PositiveSmallIntegerField(default=0)  # of them, that ended with an error
    lease_id = models.BigIntegerField(null=True, blank=True)  # names the run that has it; a late run's writes miss
    lease_until = models.DateTimeField(null=True, blank=True)  # a worker has it until then; waiting: not before then
    failure_code = models.CharField(max_length=40, blank=True, default="")
    failure_reason = models.CharField(max_length=300, blank=True, default="")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    has_audio = models.BooleanField(default=False)
    is_sound_lost = models.BooleanField(default=False)  # the source had sound that we could not read
    poster_key = models.CharField(max_length=200, blank=True, default="")
    poster_at_ms = models.PositiveIntegerField(null=True, blank=True)  # the moment its author chose, if they did
    thumbhash = models.CharField(max_length=60, blank=True, default="")
    # What is laid under, or instead of, the original's own sound; no key: nothing.
    track_key = models.CharField(max_length=200, blank=True, default="")
    track_start_ms = models.PositiveIntegerField(default=0)
    track_percent = models.PositiveSmallIntegerField(default=100)
    track_loops = models.BooleanField(default=False)
    own_percent = models.PositiveSmallIntegerField(default=100)
    # What is made beside the renditions; 0 tiles: not yet.
    sprite_step_ms = models.PositiveIntegerField(default=0)
    sprite_tiles = models.PositiveSmallIntegerField(default=0)
    has_preview = models.BooleanField(default=False)
    has_sound_file = models.BooleanField(default=False)
    has_hls = models.BooleanField(default=False)
    photo_count = models.PositiveSmallIntegerField(default=0)  # a film of so many photos; 0: one that was sent as such
    is_urgent = models.BooleanField(default=True)  # False: made anew while an older one plays; everyone else first
    recipe = models.CharField(max_length=60, blank=True, default="")  # how it was made; see `plan.recipe`
    made_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "lease_until"], name="media_clip_due")]


class RenditionFile(models.Model):
    """One playable file of a clip."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="rendition_files")
    name = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    bitrate = models.PositiveIntegerField()
    bytes = models.BigIntegerField()
    codec = models.CharField(max_length=10, default="h264", db_default="h264")
    mime = models.CharField(max_length=80, default="video/mp4", db_default="video/mp4")
    # Of the ladder, which every clip gets; False: made later, because the clip is watched.
    in_ladder = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clip", "name"], name="media_rendition_once")]


class Wish(models.Model):
    """A rendition beyond the ladder that a clip is to have because it is watched, and what became of that."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="wishes")
    name = models.CharField(max_length=10)  # of the rendition: "1080", "720-av1"
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in WishState], default=WishState.WANTED.value
    )
    attempts = models.PositiveSmallIntegerField(default=0)  # runs, those that were killed included
    failures = models.PositiveSmallIntegerField(default=0)  # of them, that ended with an error
    retry_at = models.DateTimeField(null=True, blank=True)  # not before then
    reason = models.CharField(max_length=200, blank=True, default="")  # why it is what it is, for operators
    made_at = models.DateTimeField(default=clock.now, editable=False)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clip", "name"], name="media_wish_once")]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="media_wish_wanted", condition=models.Q(state=WishState.WANTED.value))
        ]


class Photo(models.Model):
    """One photo of a clip that is a film of photos."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="photos")
    number = models.PositiveSmallIntegerField()  # its place, from 1
    upload = models.OneToOneField(Upload, null=True, on_delete=models.SET_NULL, related_name="photo")
    original_key = models.CharField(max_length=200)
    key = models.CharField(max_length=200, blank=True, default="")  # empty until made; the small one lies beside it
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clip", "number"], name="media_photo_once")]


class Credentials(models.Model):
    """What a clip's original says about how it was made (C2PA), as signed."""

    clip = models.OneToOneField(Clip, primary_key=True, on_delete=models.CASCADE, related_name="credentials")
    state = models.CharField(max_length=10)  # a `credentials.read.State`
    issuer = models.CharField(max_length=200, blank=True, default="")
    made_with_ai = models.BooleanField(default=False)
    store = models.TextField()  # all of it, as JSON; it may hold names and places: for its owner only
    read_at = models.DateTimeField(default=clock.now, editable=False)


class ClipFrames(models.Model):
    """What a clip looks like, to know it again: see `revue.media.recognise.frames`."""

    clip = models.OneToOneField(Clip, primary_key=True, on_delete=models.CASCADE, related_name="frames")
    hashes = models.BinaryField()
    keys = ArrayField(models.IntegerField(), default=list)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["keys"], name="media_frames_by_key")]


class Likeness(models.Model):
    """A clip resembles another that was there before."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="+")
    share = models.FloatField()  # of frames, 0 to 1

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clip", "other"], name="media_likeness_once")]


class KnownPicture(models.Model):
    """A picture of a list: of what was removed here, or of what others know."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    list_name = models.CharField(max_length=60)
    hash = models.BinaryField()  # PDQ, 32 bytes
    keys = ArrayField(models.IntegerField(), default=list)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["list_name", "hash"], name="media_known_once")]
        indexes: ClassVar = [GinIndex(fields=["keys"], name="media_known_by_key")]


class Sighting(models.Model):
    """Pictures of a list are in a clip."""

    id = models.BigIntegerField(primary_key=True, default=ids.new_id, editable=False)
    clip = models.ForeignKey(Clip, on_delete=models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=60)
    pictures = models.PositiveIntegerField()  # of the list
    seen_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["clip", "list_name"], name="media_sighting_once")]


class Weight(models.Model):
    """What lies beside a clip's renditions, by kind and in bytes, as last counted: see `actions.weigh`."""

    clip = models.OneToOneField(Clip, primary_key=True, on_delete=models.CASCADE, related_name="weight")
    photo_bytes = models.BigIntegerField(default=0)
    sound_bytes = models.BigIntegerField(default=0)
    hls_bytes = models.BigIntegerField(default=0)
    picture_bytes = models.BigIntegerField(default=0)  # posters, sprite, preview
    counted_at = models.DateTimeField(default=clock.now)
