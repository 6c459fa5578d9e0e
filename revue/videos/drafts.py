"""A person's drafts, read for themselves alone."""

import uuid

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import queries as media
from revue.media.contracts import UploadSource, UploadView
from revue.media.errors import UploadNotFound
from revue.sounds.contracts import SoundChoice
from revue.videos import draft_words
from revue.videos.contracts import Allows, Commenters, DraftContent, DraftView, Visibility
from revue.videos.errors import DraftNotFound
from revue.videos.models import Draft


def drafts(*, viewer: Viewer) -> list[DraftView]:
    """All of the viewer's, the last changed first. Two SELECTs.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    author_id = person_id_of(viewer)
    rows = list(Draft.objects.filter(author_id=author_id).order_by("-changed_at", "-pk"))
    wanted = {upload_id for row in rows for upload_id in row.upload_ids}
    uploads = media.uploads(owner_id=author_id, upload_ids=wanted)
    return [_view(row, uploads) for row in rows]


def draft(*, viewer: Viewer, key: uuid.UUID) -> DraftView:
    """One of the viewer's. Two SELECTs.

    Raises:
        SignInNeeded: the viewer is a visitor.
        DraftNotFound: it is not there, or not theirs.
    """
    row = _own(viewer, key)
    return _view(row, media.uploads(owner_id=row.author_id, upload_ids=row.upload_ids))


def draft_file(*, viewer: Viewer, key: uuid.UUID, upload_id: int) -> UploadSource:
    """The bytes of a draft's file, for its author's eyes.

    Args:
        viewer: who asks.
        key: which draft.
        upload_id: which of its files.

    Raises:
        SignInNeeded: the viewer is a visitor.
        DraftNotFound: it is not there, or not theirs.
        UploadNotFound: it has no such file, or not all of it has come.
    """
    row = _own(viewer, key)
    if upload_id not in row.upload_ids:
        raise UploadNotFound
    return media.upload_source(owner_id=row.author_id, upload_id=upload_id)


def _own(viewer: Viewer, key: uuid.UUID) -> Draft:
    row = Draft.objects.filter(author_id=person_id_of(viewer), key=key).first()
    if row is None:
        raise DraftNotFound
    return row


def _view(row: Draft, uploads: dict[int, UploadView]) -> DraftView:
    caption = draft_words.open_(row.sealed_caption)
    content = DraftContent(
        upload_ids=tuple(row.upload_ids),
        is_photos=row.is_photos,
        caption=caption or "",
        visibility=Visibility(row.visibility),
        allows=Allows(Commenters(row.commenters), row.may_duet, row.may_stitch, row.may_download),
        poster_at_ms=row.poster_at_ms,
        sound=_sound(row),
        publish_at=row.publish_at,
    )
    files = tuple(uploads[upload_id] for upload_id in row.upload_ids if upload_id in uploads)
    return DraftView(row.key, content, files, row.changed_at, is_caption_locked=caption is None)


def _sound(row: Draft) -> SoundChoice | None:
    if row.sound_id is None:
        return None
    return SoundChoice(row.sound_id, row.sound_start_ms, row.sound_percent, row.own_percent)
