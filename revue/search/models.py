"""What is searched: a row beside each thing that may be found, made by `actions` from what the thing says.

`popular` is what people did with it: likes of a video, followers of a person, videos of a sound or tag. It is counted
now and then; what it was before stands beside it, so that whoever leafs through results goes by the same numbers.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now


class Counted(models.Model):
    """How popular something is, and was before it was counted last."""

    popular = models.PositiveIntegerField(default=0)
    popular_before = models.PositiveIntegerField(default=0)
    counted_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


class VideoWords(Counted):
    """A video that stands in everybody's lists."""

    video = models.OneToOneField("videos.Video", primary_key=True, on_delete=models.CASCADE, related_name="+")
    words = SearchVectorField()
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=32)  # of what `words` was made of

    class Meta:
        db_table = "search_video"
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="search_videos", fastupdate=False),
            models.Index(fields=["-published_at", "-video"], name="search_videos_newest"),
        ]


class PersonWords(Counted):
    """Somebody who may be found."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    words = SearchVectorField()
    digest = models.CharField(max_length=32)

    class Meta:
        db_table = "search_person"
        indexes: ClassVar = [
            GinIndex(fields=["words"], name="search_people", fastupdate=False),
            models.Index(fields=["-popular", "person"], name="search_people_popular"),
        ]


class SoundWords(Counted):
    """A sound of the library, or one that a public video has."""

    sound = models.OneToOneField("sounds.Sound", primary_key=True, on_delete=models.CASCADE, related_name="+")
    words = SearchVectorField()
    digest = models.CharField(max_length=32)

    class Meta:
        db_table = "search_sound"
        indexes: ClassVar = [GinIndex(fields=["words"], name="search_sounds", fastupdate=False)]


class TagWords(Counted):
    """A tag of public videos."""

    name = models.CharField(max_length=100, primary_key=True)  # lower case, without #
    plain = models.CharField(max_length=200)  # folded: what it is found by

    class Meta:
        db_table = "search_tag"
        indexes: ClassVar = [
            models.Index(fields=["plain"], name="search_tags", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["-popular", "name"], name="search_tags_popular"),
        ]
