"""Everything that changes a sound."""

import pathlib
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media.contracts import SoundMade
from revue.media.recognise import audio
from revue.platform import clock, ids, storage
from revue.platform.errors import NotAllowed
from revue.sounds import hooks, policy, tasks
from revue.sounds.contracts import Heard, Kind
from revue.sounds.errors import SoundNotFound
from revue.sounds.models import Sound

_ONE_AT_A_TIME = 7_318_004  # names a lock of the database: the same sound twice at once is one sound
_MOST_COMPARED = 50


def keep_sound(*, clip_id: int, sound: SoundMade) -> None:
    """Make a clip's sound a sound, or know it again: whoever was first is credited. Again is the same."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        known = Sound.objects.filter(clip_id=clip_id).first() or same_sound(
            sound.fingerprint, for_person_id=sound.owner_id
        )
        found = known or _insert(clip_id, sound)
        for hear in hooks.linked():
            hear(clip_id=clip_id, sound_id=found.pk)
        if found.muted_at is not None:
            _tell_muted(found)


def same_sound(fingerprint: tuple[int, ...], *, for_person_id: int) -> Sound | None:
    """The oldest sound that is the same, through other encodings, cuts and noise; None when it is new.

    Somebody else's private sound is not told of: a person who has it too is the first as far as others know.
    """
    keys = audio.keys(fingerprint)
    if not keys:
        return None
    is_there = Q(clip__isnull=False) | Q(kind=Kind.STARTER.value) | Q(muted_at__isnull=False)
    with connection.cursor() as cursor:
        cursor.execute(_LIKELY, {"keys": keys, "most": _MOST_COMPARED})
        likely = [row[0] for row in cursor.fetchall()]
    for one in Sound.objects.filter(is_there, pk__in=likely).order_by("pk"):
        is_known = one.owner_id == for_person_id or one.muted_at or one.clip_id is None or hooks.is_open(one.clip_id)
        if is_known and audio.match(fingerprint, tuple(one.fingerprint)):
            return one
    return None


_LIKELY = """
SELECT id FROM sounds_sound
WHERE fingerprint_keys && %(keys)s::integer[]
ORDER BY cardinality(ARRAY(SELECT unnest(fingerprint_keys) INTERSECT SELECT unnest(%(keys)s::integer[]))) DESC
LIMIT %(most)s
"""


def _insert(clip_id: int, sound: SoundMade) -> Sound:
    return Sound.objects.create(
        kind=Kind.ORIGINAL.value,
        owner_id=sound.owner_id,
        clip_id=clip_id,
        file_key=sound.key,
        master_key=sound.master_key,
        length_ms=sound.length_ms,
        peaks=sound.peaks,
        fingerprint=list(sound.fingerprint),
        fingerprint_keys=audio.keys(sound.fingerprint),
    )


@transaction.atomic
def edit_sound(
    *,
    viewer: Viewer,
    sound_id: int,
    name: str | None = None,
    may_reuse: bool | None = None,
    licence: str | None = None,
    credit: str | None = None,
) -> None:
    """Change the viewer's own sound; None leaves a part as it is. Videos that use it already keep it.

    Raises:
        SignInNeeded: the viewer is a visitor.
        SoundNotFound: it is not there, or not theirs.
        BadSound: a text is too long.
    """
    changes: dict[str, Any] = {}
    for field, text, most in (
        ("name", name, policy.LONGEST_NAME),
        ("licence", licence, policy.LONGEST_LICENCE),
        ("credit", credit, policy.LONGEST_CREDIT),
    ):
        if text is not None:
            changes[field] = policy.clean(field, text, most)
    if may_reuse is not None:
        changes["may_reuse"] = may_reuse
    mine = Sound.objects.filter(pk=sound_id, owner_id=person_id_of(viewer), kind=Kind.ORIGINAL.value)
    if not (mine.update(**changes) if changes else mine.exists()):
        raise SoundNotFound
    _tell_changed(sound_id)


def _tell_changed(sound_id: int) -> None:
    for hear in hooks.changed():
        hear(sound_id=sound_id)


@transaction.atomic
def mute_sound(*, viewer: Viewer, sound_id: int, reason: str) -> None:
    """Take a sound away from every video that has it, with a reason that their authors read. Videos stay.

    Raises:
        NotAllowed: the viewer is no moderator.
        SoundNotFound: it is not there.
        BadSound: the reason is too long.
    """
    sound = _for_moderator(viewer, sound_id)
    sound.muted_reason = policy.clean("reason", reason, policy.LONGEST_REASON)
    sound.muted_at = sound.muted_at or clock.now()
    sound.save(update_fields=["muted_at", "muted_reason"])
    _tell_muted(sound)


@transaction.atomic
def unmute_sound(*, viewer: Viewer, sound_id: int) -> None:
    """Let a muted sound be heard again.

    Raises:
        NotAllowed: the viewer is no moderator.
        SoundNotFound: it is not there.
    """
    sound = _for_moderator(viewer, sound_id)
    if sound.muted_at is not None:
        sound.muted_at, sound.muted_reason = None, ""
        sound.save(update_fields=["muted_at", "muted_reason"])
        _tell_muted(sound)


def _for_moderator(viewer: Viewer, sound_id: int) -> Sound:
    if not viewer.is_moderator:
        raise NotAllowed
    sound = Sound.objects.select_for_update().filter(pk=sound_id).first()
    if sound is None:
        raise SoundNotFound
    return sound


def _tell_muted(sound: Sound) -> None:
    for hear in hooks.muted():
        hear(sound_id=sound.pk, is_muted=sound.muted_at is not None)
    _tell_changed(sound.pk)


def move_sound(*, old_clip_id: int, new_clip_id: int) -> None:
    """Have a sound's files lie with another clip of the same original, which replaces the old one."""
    for sound in Sound.objects.filter(clip_id=old_clip_id):
        if not all(storage.exists(key) for key in _keys(sound)):
            continue
        pairs = [(key, key.replace(ids.to_short(old_clip_id), ids.to_short(new_clip_id), 1)) for key in _keys(sound)]
        for old, new in pairs:
            storage.copy(old, new)
        sound.clip_id = new_clip_id
        sound.file_key, sound.master_key = pairs[0][1], pairs[1][1]
        sound.save(update_fields=["clip", "file_key", "master_key"])


def _keys(sound: Sound) -> tuple[str, str]:
    return sound.file_key, sound.master_key


def keep_starter(*, slug: str, file: pathlib.Path, master: pathlib.Path, heard: Heard, **about: Any) -> None:
    """Put a piece of the library in its place; again, or two at once, is one. `about` are fields of the sound."""
    key, master_key = policy.starter_keys(slug)
    storage.put(key, file)
    storage.put(master_key, master)
    fields = {
        "kind": Kind.STARTER.value,
        "file_key": key,
        "master_key": master_key,
        "length_ms": heard.length_ms,
        "peaks": heard.peaks,
        "fingerprint": list(heard.fingerprint),
        "fingerprint_keys": audio.keys(heard.fingerprint),
        "licence": "CC0 1.0",
        "loops": True,
        **about,
    }
    with transaction.atomic():
        sound, is_new = Sound.objects.get_or_create(slug=slug, defaults=fields)
        if is_new:
            _tell_changed(sound.pk)


@transaction.atomic
def forget_person(*, person_id: int) -> None:
    """Take a person's name, words and fingerprints from their sounds; the files went with their clips."""
    Sound.objects.filter(owner_id=person_id).update(
        owner=None, name="", credit="", licence="", may_reuse=False, fingerprint=[], fingerprint_keys=[], peaks=b""
    )
    tasks.tidy.enqueue(once="sounds")


@transaction.atomic
def forget_gone() -> None:
    """Forget what sounds sounded like whose video was deleted, and the whole sound where no other video has it."""
    gone = Sound.objects.filter(kind=Kind.ORIGINAL.value, clip=None, muted_at=None)
    gone.exclude(fingerprint=[]).update(fingerprint=[], fingerprint_keys=[], peaks=b"")
    sound_ids = list(gone.values_list("pk", flat=True))
    gone.exclude(pk__in=hooks.used(sound_ids)).delete()
