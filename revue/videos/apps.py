"""Django's entry for `revue.videos`."""

from django.apps import AppConfig

from revue.accounts import hooks as accounts
from revue.media import hooks as media
from revue.sounds import hooks as sounds


class VideosConfig(AppConfig):
    """Names the app and, when ready, registers it with the hooks of apps below."""

    name = "revue.videos"
    label = "videos"

    def ready(self) -> None:
        """A video follows its clip, its sound and its author's account, and leaves with its author."""
        from revue.videos import actions, soundtracks  # noqa: PLC0415 - models exist only now

        media.on_clip_changed(actions.follow_clip)
        sounds.on_sound_linked(actions.follow_sound)
        sounds.on_asked_whether_open(soundtracks.is_open)
        sounds.on_asked_whether_used(soundtracks.used)
        sounds.on_sound_muted(actions.follow_mute)
        accounts.on_person_deleted(actions.forget_person)
        accounts.on_private_changed(actions.follow_private)
