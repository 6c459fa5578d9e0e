"""What the recommender keeps of videos."""

from django.db import models

from revue.platform import clock


class VideoVector(models.Model):
    """Where a video lies among all others by what it is: near ones show, sound and say alike."""

    video = models.OneToOneField("videos.Video", primary_key=True, on_delete=models.CASCADE, related_name="+")
    means = models.CharField(max_length=40)  # how it was made; vectors of different means are not compared
    vector = models.BinaryField()  # float32, little end first, of length 1
    made_at = models.DateTimeField(default=clock.now, editable=False)
