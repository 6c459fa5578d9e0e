"""What others may read of sounds."""

from collections.abc import Collection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard, Viewer
from revue.media.contracts import Mix
from revue.platform import storage
from revue.sounds import policy
from revue.sounds.contracts import Kind, SoundCard, SoundChoice
from revue.sounds.errors import SoundNotFound, SoundNotUsable
from revue.sounds.models import Sound


def cards(*, viewer: Viewer, sound_ids: Collection[int]) -> dict[int, SoundCard]:
    """Id → card. Two SELECTs."""
    sounds = list(Sound.objects.filter(pk__in=sound_ids).defer("fingerprint", "fingerprint_keys"))
    people = accounts.person_cards([sound.owner_id for sound in sounds if sound.owner_id is not None])
    return {sound.pk: _card(viewer, sound, people) for sound in sounds}


def card(*, viewer: Viewer, sound_id: int) -> SoundCard:
    """One sound.

    Raises:
        SoundNotFound: it is not there.
    """
    found = cards(viewer=viewer, sound_ids=[sound_id])
    if sound_id not in found:
        raise SoundNotFound
    return found[sound_id]


def _card(viewer: Viewer, sound: Sound, people: dict[int, PersonCard]) -> SoundCard:
    can_play = policy.has_file(sound) and sound.muted_at is None
    return SoundCard(
        id=sound.pk,
        kind=Kind(sound.kind),
        name=sound.name,
        owner=people.get(sound.owner_id or 0),
        origin_clip_id=sound.clip_id,
        url=storage.url(sound.file_key) if can_play else None,
        length_ms=sound.length_ms,
        peaks=tuple(bytes(sound.peaks)),
        licence=sound.licence,
        credit=sound.credit,
        may_use=policy.may_use(viewer, sound),
        may_reuse=sound.may_reuse,
        is_muted=sound.muted_at is not None,
        muted_reason=sound.muted_reason,
        loops=sound.loops,
        mood=sound.mood,
        tempo=sound.tempo,
        beats_ms=tuple(sound.beats_ms),
    )


def mix(*, viewer: Viewer, choice: SoundChoice) -> Mix:
    """What a clip with this choice is to sound like.

    Raises:
        SoundNotFound: it is not there.
        SoundNotUsable: the viewer may not use it.
        BadSound: the choice is out of bounds.
    """
    sound = Sound.objects.filter(pk=choice.sound_id).first()
    if sound is None:
        raise SoundNotFound
    if not policy.may_use(viewer, sound):
        raise SoundNotUsable
    policy.check_choice(choice, length_ms=sound.length_ms)
    return _mix(sound, choice)


def mix_of_used(choice: SoundChoice) -> Mix:
    """What a clip with a choice that was allowed once is to sound like; its own sound where the other's file is gone.

    Raises:
        SoundNotFound: it is not there.
    """
    sound = Sound.objects.filter(pk=choice.sound_id).first()
    if sound is None:
        raise SoundNotFound
    return _mix(sound, choice) if policy.has_file(sound) else Mix(own_percent=choice.own_percent)


def _mix(sound: Sound, choice: SoundChoice) -> Mix:
    return Mix(sound.master_key, choice.start_ms, choice.sound_percent, sound.loops, choice.own_percent)


def is_muted(sound_id: int) -> bool:
    """Whether a sound may not be heard."""
    return Sound.objects.filter(pk=sound_id, muted_at__isnull=False).exists()


def clip_of(sound_id: int) -> int | None:
    """The clip that a sound comes from."""
    return Sound.objects.filter(pk=sound_id).values_list("clip_id", flat=True).first()


def may_hear(clip_id: int) -> bool:
    """Whether the sound that comes from a clip may be heard."""
    return Sound.objects.filter(clip_id=clip_id, muted_at=None).exists()


def starter_ids() -> list[int]:
    """The starter library, by mood and name."""
    return list(Sound.objects.filter(kind=Kind.STARTER.value).order_by("mood", "name").values_list("pk", flat=True))


def ids_of_owner(owner_id: int, limit: int = 100) -> list[int]:
    """A person's sounds, newest first."""
    return list(Sound.objects.filter(owner_id=owner_id).order_by("-pk").values_list("pk", flat=True)[:limit])


def starter_slugs() -> set[str]:
    """Which pieces of the starter library are there."""
    return {sound.slug for sound in Sound.objects.filter(slug__isnull=False).only("slug") if sound.slug}
