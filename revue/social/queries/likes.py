"""Who likes what."""

from collections.abc import Collection

from revue.accounts.contracts import Viewer
from revue.social.models import Like


def liked_ids(*, viewer: Viewer, video_ids: Collection[int]) -> set[int]:
    """Those of `video_ids` that the viewer likes."""
    if viewer.person_id is None:
        return set()
    rows = Like.objects.filter(person_id=viewer.person_id, video_id__in=set(video_ids))
    return set(rows.values_list("video_id", flat=True))
