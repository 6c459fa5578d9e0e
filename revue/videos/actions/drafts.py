"""Drafts: what is not posted yet, kept until its author posts or deletes it."""

import uuid
from collections.abc import Collection
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media import actions as media
from revue.platform import clock, limits
from revue.sounds import queries as sounds
from revue.videos import captions, draft_words
from revue.videos.actions.fields import fields_of, sound_fields
from revue.videos.contracts import DraftContent
from revue.videos.errors import BadCaption, DraftPosted, TooManyDrafts
from revue.videos.models import Draft

SAVES_PER_MINUTE: Final = 120


def save_draft(*, viewer: Viewer, key: uuid.UUID, content: DraftContent) -> None:
    """Keep what somebody is about to post, under a name that their client made up; again is the same.

    Uploads that it names stay until it goes; those that it names no more go now. Of ones that have expired it keeps the
    words alone. Words that cannot be read now, see `videos.draft_words`, stay until others are saved.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many in a minute.
        BadCaption: it is too long.
        SoundNotFound: nothing has that id.
        DraftPosted: its files have become a video.
        TooManyDrafts: more than this instance keeps for each person.
    """
    author_id = person_id_of(viewer)
    limits.check("draft", key=str(author_id), per_minute=SAVES_PER_MINUTE)
    if len(content.caption) > captions.LONGEST_CAPTION:
        raise BadCaption(fields={"caption": f"Use at most {captions.LONGEST_CAPTION} letters."})
    if content.sound is not None:
        sounds.card(viewer=viewer, sound_id=content.sound.sound_id)
    with transaction.atomic():
        hold_drafts(author_id)
        draft = Draft.objects.filter(author_id=author_id, key=key).first()
        if draft is None and Draft.objects.filter(author_id=author_id).count() >= settings.MAX_DRAFTS:
            raise TooManyDrafts(max_drafts=settings.MAX_DRAFTS)
        kept = media.keep_uploads(owner_id=author_id, upload_ids=content.upload_ids)
        if kept is None:
            raise DraftPosted
        old_ids = draft.upload_ids if draft else []
        draft = draft or Draft(author_id=author_id, key=key)
        for name, value in (_fields(content, kept) | _words(content.caption, draft)).items():
            setattr(draft, name, value)
        draft.save()
        _drop(author_id, set(old_ids) - set(kept))


def delete_draft(*, viewer: Viewer, key: uuid.UUID) -> None:
    """Delete a draft with its files; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    author_id = person_id_of(viewer)
    with transaction.atomic():
        hold_drafts(author_id)
        forget_draft(author_id=author_id, key=key)


def forget_draft(*, author_id: int, key: uuid.UUID) -> None:
    """Let a draft go inside the caller's transaction; files of it that became no clip go along."""
    draft = Draft.objects.select_for_update().filter(author_id=author_id, key=key).first()
    if draft is not None:
        draft.delete()
        _drop(author_id, set(draft.upload_ids))


def _fields(content: DraftContent, upload_ids: list[int]) -> dict[str, Any]:
    return {
        "upload_ids": upload_ids,
        "is_photos": content.is_photos,
        "visibility": content.visibility.value,
        "poster_at_ms": content.poster_at_ms,
        "publish_at": content.publish_at,
        "changed_at": clock.now(),
        **fields_of(content.allows),
        **{name: value for name, value in sound_fields(content.sound).items() if name != "uses_sound"},
    }


def _words(caption: str, draft: Draft) -> dict[str, str]:
    """What to store of a caption; its author does not see one that is locked, and says nothing by an empty one."""
    if not caption and draft_words.open_(draft.sealed_caption) is None:
        return {}
    return {"sealed_caption": draft_words.close(caption)}


def _drop(author_id: int, upload_ids: Collection[int]) -> None:
    """Remove uploads that no other draft of their owner names."""
    others = Draft.objects.filter(author_id=author_id, upload_ids__overlap=[*upload_ids]) if upload_ids else []
    named = {upload_id for draft in others for upload_id in draft.upload_ids}
    media.drop_uploads(owner_id=author_id, upload_ids=set(upload_ids) - named)


def hold_drafts(author_id: int) -> None:
    """Have a person's drafts changed, posted and counted one after the other, until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [author_id])
