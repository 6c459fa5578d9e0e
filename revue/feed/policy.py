"""What may stand in a feed."""

from revue.platform import wording
from revue.recommender import topics
from revue.recommender.controls import Controls
from revue.videos.contracts import VideoCard, Visibility


def may_be_listed(card: VideoCard) -> bool:
    """Whether a video the viewer may watch may also stand in a feed: unlisted and private ones may not."""
    return card.visibility is Visibility.EVERYONE


def may_stand(card: VideoCard, controls: Controls) -> bool:
    """Whether a video may stand in the feeds of a viewer who has set these controls. The one place that says so.

    For You and Following ask it of every video. Where somebody goes of their own accord (a profile, a tag, a sound, a
    link) it is not asked.
    """
    return not (
        _is_hidden(card, controls) or _is_of_a_hidden_topic(card, controls) or _says_a_muted_word(card, controls)
    )


def is_kept_out(card: VideoCard, controls: Controls) -> bool:
    """Whether it stands in no feed of theirs, not even in the one that is everybody's: they have muted its author."""
    return card.author.id in controls.people


def _is_hidden(card: VideoCard, controls: Controls) -> bool:
    return (
        card.id in controls.videos
        or card.author.id in controls.creators
        or is_kept_out(card, controls)
        or (card.sound is not None and card.sound.id in controls.sounds)
        or (bool(controls.tags) and any(tag in controls.tags for tag in wording.tags_of(card.tags, card.caption)))
    )


def _is_of_a_hidden_topic(card: VideoCard, controls: Controls) -> bool:
    unwanted = controls.never | controls.topics
    return bool(unwanted) and not unwanted.isdisjoint(topics.topics_of(card.tags, card.caption))


def _says_a_muted_word(card: VideoCard, controls: Controls) -> bool:
    words = controls.muted
    return wording.says(card.caption, words=words, tags=card.tags) or any(
        wording.says(name, words=words) for name in (card.author.name, card.author.handle)
    )
