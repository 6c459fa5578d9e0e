"""Which videos a person's page begins with."""

from django.db import connection, transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import clock
from revue.videos.actions.hold import own_alone
from revue.videos.errors import TooManyPins
from revue.videos.models import Video

MOST_PINS = 3


@transaction.atomic
def pin_video(*, viewer: Viewer, video_id: int) -> None:
    """Put the viewer's own video first on their page; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
        TooManyPins: three others are pinned.
    """
    person_id = person_id_of(viewer)
    with connection.cursor() as cursor:  # one after the other, or two could both find room for one
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [person_id])
    own_alone(viewer, video_id)
    own = Video.objects.filter(author_id=person_id)
    if own.filter(pinned_at__isnull=False).exclude(pk=video_id).count() >= MOST_PINS:
        raise TooManyPins
    own.filter(pk=video_id, pinned_at=None).update(pinned_at=clock.now())


@transaction.atomic
def unpin_video(*, viewer: Viewer, video_id: int) -> None:
    """Let the viewer's own video stand where its age puts it; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        VideoNotFound: it is not there, or not theirs.
        VideoInBin: it is to be restored first.
    """
    video = own_alone(viewer, video_id)
    Video.objects.filter(pk=video.pk).update(pinned_at=None)
