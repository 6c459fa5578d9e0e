"""Whose videos are for fewer, or for more again, because their account became private or open."""

from django.db.models import F

from revue.platform import clock
from revue.videos import live, policy
from revue.videos.contracts import Visibility
from revue.videos.models import Video


def follow_private(*, person_id: int, is_private: bool) -> None:
    """Have a person's videos, in whatever state, be for followers at most, or as they chose. Again changes nothing."""
    if not is_private:
        chosen = Video.objects.filter(author_id=person_id).exclude(chosen_visibility="")
        chosen.update(visibility=F("chosen_visibility"), chosen_visibility="", changed_at=clock.now())
        return
    narrowed = Video.objects.filter(policy.narrowed(), author_id=person_id)
    video_ids = list(narrowed.select_for_update(no_key=True).values_list("pk", flat=True))
    Video.objects.filter(pk__in=video_ids).update(
        visibility=Visibility.FOLLOWERS.value, chosen_visibility=F("visibility"), changed_at=clock.now()
    )
    for video_id in video_ids:
        live.audience_changed(video_id)
