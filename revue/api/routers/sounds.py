"""Sounds: lists, one sound, what its owner changes and what moderators mute."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from revue.api.auth import member, viewer_auth, viewer_of
from revue.api.params import ShortId, id_of, ready
from revue.api.schemas import sounds as schemas
from revue.sounds import actions
from revue.videos import soundtracks

router = Router(tags=["sounds"])


@router.get("/sounds/trending", response=schemas.SoundListOut)
def read_trending_sounds(request: HttpRequest) -> HttpResponse:
    """Sounds that more and more people use: this week's people, the latest most, times their growth over a week."""
    return ready(schemas.sounds(soundtracks.trending(viewer=viewer_of(request))))


@router.get("/sounds/starter", response=schemas.SoundListOut)
def read_starter_sounds(request: HttpRequest) -> HttpResponse:
    """The sounds that come with this instance, free for everybody."""
    return ready(schemas.sounds(soundtracks.starter(viewer=viewer_of(request))))


@router.get("/me/sounds", auth=member, response=schemas.SoundListOut)
def read_own_sounds(request: HttpRequest) -> HttpResponse:
    """The viewer's own sounds, newest first."""
    return ready(schemas.sounds(soundtracks.own(viewer=viewer_auth(request))))


@router.get("/sounds/{sound_id}", response=schemas.SoundOut)
def read_sound(request: HttpRequest, sound_id: ShortId) -> HttpResponse:
    """One sound."""
    page = soundtracks.sound_page(viewer=viewer_of(request), sound_id=id_of(sound_id))
    return ready(schemas.sound(page))


@router.patch("/sounds/{sound_id}", auth=member, response=schemas.SoundOut)
def edit_sound(request: HttpRequest, sound_id: ShortId, payload: schemas.SoundPatch) -> HttpResponse:
    """Change one's own sound: its name, licence, credit, and whether others may use it."""
    viewer = viewer_auth(request)
    actions.edit_sound(viewer=viewer, sound_id=id_of(sound_id), **payload.dict())
    return ready(schemas.sound(soundtracks.sound_page(viewer=viewer, sound_id=id_of(sound_id))))


@router.put("/sounds/{sound_id}/mute", auth=member, response=schemas.SoundOut)
def mute_sound(request: HttpRequest, sound_id: ShortId, payload: schemas.MuteIn) -> HttpResponse:
    """Take a sound away from every video that has it, with a reason. For moderators."""
    viewer = viewer_auth(request)
    actions.mute_sound(viewer=viewer, sound_id=id_of(sound_id), reason=payload.reason)
    return ready(schemas.sound(soundtracks.sound_page(viewer=viewer, sound_id=id_of(sound_id))))


@router.delete("/sounds/{sound_id}/mute", auth=member, response=schemas.SoundOut)
def unmute_sound(request: HttpRequest, sound_id: ShortId) -> HttpResponse:
    """Let a muted sound be heard again. For moderators."""
    viewer = viewer_auth(request)
    actions.unmute_sound(viewer=viewer, sound_id=id_of(sound_id))
    return ready(schemas.sound(soundtracks.sound_page(viewer=viewer, sound_id=id_of(sound_id))))
