"""What the recommender keeps of videos."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from revue.platform import clock


class VideoVector(models.Model):
    """Where a video lies among all others by what it is: near ones show, sound and say alike."""

    video = models.OneToOneField("videos.Video", primary_key=True, on_delete=models.CASCADE, related_name="+")
    means = models.CharField(max_length=40)  # how it was made; vectors of different means are not compared
    vector = models.BinaryField()  # float32, little end first, of length 1
    made_at = models.DateTimeField(default=clock.now, editable=False)


class Watch(models.Model):
    """What one viewer did with one video: what the recommender learns from, and all that it knows of a viewer.

    A row is written with the first event of a view and updated by each later one. Whoever takes a row away takes away
    what was learnt from it.
    """

    pk = models.CompositePrimaryKey("viewer", "video_id")
    viewer = models.BigIntegerField()  # `events.policy.viewer_key`
    video_id = models.BigIntegerField()
    at = models.DateTimeField()  # of the newest event, by our clock
    watch_ms = models.IntegerField(default=0)  # of all views
    reward = models.FloatField(null=True)  # 0 … 1: share of the video that was watched, cut at 1.5 times; None: open
    is_long = models.BooleanField(default=False)  # a long view
    long_at = models.DateTimeField(null=True)  # of the first one
    is_skip = models.BooleanField(default=False)  # swiped away early
    is_liked = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    is_commented = models.BooleanField(default=False)
    is_followed = models.BooleanField(default=False)
    is_saved = models.BooleanField(db_default=False)
    is_reposted = models.BooleanField(db_default=False)
    source = models.CharField(max_length=20, default="")  # where it stood when it was first seen
    position = models.IntegerField(default=0)
    propensity = models.FloatField(null=True)
    model_version = models.CharField(max_length=40, default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["viewer", "-at"], name="recommender_watch_newest"),
            models.Index(fields=["at"], name="recommender_watch_age"),
            models.Index(fields=["long_at"], name="recommender_watch_long", condition=models.Q(long_at__isnull=False)),
            models.Index(
                fields=["viewer", "-long_at"],
                name="recommender_watch_longs",
                condition=models.Q(long_at__isnull=False),
            ),
        ]


class VideoTopic(models.Model):
    """What a video is about, by its words: `topics.topics_of`, kept for whoever must ask of many videos at once."""

    video = models.OneToOneField("videos.Video", primary_key=True, on_delete=models.CASCADE, related_name="+")
    topics = ArrayField(models.SmallIntegerField(), default=list)  # ids of `topics.TOPICS`, ascending
    edition = models.PositiveSmallIntegerField()  # `topics.EDITION` when it was made
    made_at = models.DateTimeField()  # before the words were read: an edit since then shows by `changed_at`

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["topics"], name="recommender_by_topic")]


class NotInterested(models.Model):
    """Something that a viewer does not want to be shown, until they take that back."""

    pk = models.CompositePrimaryKey("viewer", "kind", "target")
    viewer = models.BigIntegerField()  # `events.policy.viewer_key`
    kind = models.CharField(max_length=10)  # a `controls.Hidden`
    target = models.CharField(max_length=100)  # an id in digits, or a tag
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "target"], name="recommender_hidden_by_whom"),
            models.Index(fields=["viewer", "-made_at"], name="recommender_hidden_newest"),
        ]


class TopicDial(models.Model):
    """How much of a topic a viewer wants; without a row: as it comes."""

    pk = models.CompositePrimaryKey("viewer", "topic")
    viewer = models.BigIntegerField()  # `events.policy.viewer_key`
    topic = models.SmallIntegerField()
    step = models.SmallIntegerField()  # a `controls.Step`
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(step__gte=-2, step__lte=2), name="recommender_dial_has_5_steps")
        ]


class MutedWord(models.Model):
    """A word, a few words or a #tag that keeps a video from a viewer."""

    pk = models.CompositePrimaryKey("viewer", "plain")
    viewer = models.BigIntegerField()  # `events.policy.viewer_key`
    plain = models.CharField(max_length=120)  # as it is compared; see `platform.wording`
    word = models.CharField(max_length=60)  # as it was written
    made_at = models.DateTimeField(default=clock.now)


class FeedSetting(models.Model):
    """How a viewer wants their feeds. Its row is also what changes to a viewer's other controls lock."""

    viewer = models.BigIntegerField(primary_key=True)  # `events.policy.viewer_key`
    is_personalised = models.BooleanField(default=True)
    is_history_paused = models.BooleanField(default=False)
    most_videos = models.PositiveIntegerField(null=True)  # in one visit
    most_minutes = models.PositiveIntegerField(null=True)  # of one visit
    changed_at = models.DateTimeField(default=clock.now)


class Chart(models.Model):
    """What those are shown who want no personal feed: one order for everybody of a language, for some minutes."""

    pk = models.CompositePrimaryKey("period", "locale")
    period = models.BigIntegerField()  # which of `chart.PERIOD_S` since 1970
    locale = models.CharField(max_length=20)
    videos = ArrayField(models.BigIntegerField())
    reasons = ArrayField(models.CharField(max_length=10))  # a `contracts.Why` for each


class TrainingStep(models.Model):
    """One minute in which the trainer had something to learn, or one refit from the log. It names nobody."""

    kind = models.CharField(max_length=10)  # `training.steps.Kind`
    at = models.DateTimeField(default=clock.now)
    events = models.IntegerField()  # that were learnt
    loss = models.FloatField(null=True)
    ndcg = models.FloatField(null=True)  # NDCG@10 of what was predicted before it was learnt
    auc = models.FloatField(null=True)  # of long views, likewise
    judged = models.IntegerField(default=0)  # these five: `engine.trust.Tally`
    long = models.IntegerField(default=0)
    pairs = models.BigIntegerField(default=0)
    model_wins = models.FloatField(default=0)
    score_wins = models.FloatField(default=0)
    trust = models.FloatField(default=0)  # from then on
    drift = models.FloatField(null=True)  # the largest change of a norm; None: refused before it was known
    version = models.BigIntegerField(null=True)  # that was published
    refused = models.CharField(max_length=200, default="")  # why nothing was

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "-at"], name="recommender_step_newest")]

    def told(self) -> str:
        """One line for an operator."""
        rates = {"loss": self.loss, "NDCG@10": self.ndcg, "AUC": self.auc, "trust": self.trust}
        said = [f"{name} {value:.3f}" for name, value in rates.items() if value is not None]
        end = f"refused: {self.refused}" if self.refused else f"version {self.version}"
        return ", ".join([f"{self.kind}: {self.events} watches", *said, end])
