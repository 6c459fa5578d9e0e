"""Who likes what."""

from collections.abc import Collection

from revue.accounts.contracts import Viewer
from revue.social.contracts import ListedVideo
from revue.social.models import Like


def liked_ids(*, viewer: Viewer, video_ids: Collection[int]) -> set[int]:
    """Those of `video_ids` that the viewer likes."""
    if viewer.person_id is None:
        return set()
    rows = Like.objects.filter(person_id=viewer.person_id, video_id__in=set(video_ids))
    return set(rows.values_list("video_id", flat=True))


def likes_of(person_id: int, *, before: int | None, limit: int) -> list[ListedVideo]:
    """What a person likes, the latest first, before a row; who may see that is the caller's business."""
    found = Like.objects.filter(person_id=person_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    return [ListedVideo(*row) for row in found.order_by("-pk").values_list("pk", "video_id")[:limit]]
