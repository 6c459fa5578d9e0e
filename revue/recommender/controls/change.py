"""Everything that changes a viewer's controls. Each may run twice and at once; what is undone twice stays undone."""

import datetime
from typing import Final

from django.db import connection, transaction

from revue.accounts.contracts import Viewer
from revue.events.policy import NOBODY, viewer_key
from revue.platform import clock, limits, wording
from revue.platform.errors import SignInNeeded
from revue.recommender import topics
from revue.recommender.controls.contracts import MOST_HIDDEN, MOST_MINUTES, MOST_MUTED, MOST_VIDEOS, Hidden, Step
from revue.recommender.controls.errors import BadControl, TooManyControls
from revue.recommender.models import FeedSetting, MutedWord, NotInterested, TopicDial

CHANGES_PER_MINUTE: Final = 120
VISITORS_FOR: Final = datetime.timedelta(days=180)  # after that long unchanged, a visitor's browser has forgotten us
_LONGEST_TAG: Final = 100
_BIGGEST: Final = 2**63 - 1


@transaction.atomic
def hide(*, viewer: Viewer, kind: Hidden, target: int | str) -> None:
    """Show the viewer nothing of this any more, in no feed; again changes nothing.

    Args:
        viewer: who asks, a visitor perhaps.
        kind: what it is.
        target: its id, or the tag.

    Raises:
        SignInNeeded: the viewer is nobody in particular: a browser without a name.
        BadControl: there is no such topic, or it is no tag.
        TooManyControls: the list is full.
        RateLimited: too many changes in a minute.
    """
    key = _key(viewer)
    text = _target(kind, target)
    _lock(key)
    rows = NotInterested.objects.filter(viewer=key)
    if rows.filter(kind=kind.value, target=text).exists():
        return
    if rows.count() >= MOST_HIDDEN:
        raise TooManyControls
    NotInterested.objects.create(viewer=key, kind=kind.value, target=text)


def unhide(*, viewer: Viewer, kind: Hidden, target: int | str) -> None:
    """Take back that the viewer is not interested; again changes nothing.

    Raises:
        SignInNeeded, BadControl, RateLimited: as `hide`.
    """
    NotInterested.objects.filter(viewer=_key(viewer), kind=kind.value, target=_target(kind, target)).delete()


@transaction.atomic
def set_step(*, viewer: Viewer, topic_id: int, step: Step) -> None:
    """Turn a topic's dial; again changes nothing.

    Raises:
        SignInNeeded: the viewer is nobody in particular.
        BadControl: there is no such topic.
        RateLimited: too many changes in a minute.
    """
    key = _key(viewer)
    _target(Hidden.TOPIC, topic_id)
    if step is Step.USUAL:
        TopicDial.objects.filter(viewer=key, topic=topic_id).delete()
        return
    TopicDial.objects.bulk_create(
        [TopicDial(viewer=key, topic=topic_id, step=step.value)],
        update_conflicts=True,
        unique_fields=["viewer", "topic"],
        update_fields=["step", "made_at"],
    )


@transaction.atomic
def mute_word(*, viewer: Viewer, word: str) -> None:
    """Show the viewer no video that says this word, or these words, or has this #tag; again changes nothing.

    Raises:
        SignInNeeded: the viewer is nobody in particular.
        BadControl: empty, too long, or of signs alone.
        TooManyControls: there are 200.
        RateLimited: too many changes in a minute.
    """
    key, written = _key(viewer), " ".join(word.split())
    plain = _plain(written)
    _lock(key)
    rows = MutedWord.objects.filter(viewer=key)
    if rows.filter(plain=plain).exists():
        return
    if rows.count() >= MOST_MUTED:
        raise TooManyControls
    MutedWord.objects.create(viewer=key, plain=plain, word=written)


def unmute_word(*, viewer: Viewer, word: str) -> None:
    """Take a word off the viewer's list, however it is written; again changes nothing.

    Raises:
        SignInNeeded, BadControl, RateLimited: as `mute_word`.
    """
    MutedWord.objects.filter(viewer=_key(viewer), plain=_plain(" ".join(word.split()))).delete()


class _Unset:
    """A part of the settings that stays as it is."""


UNSET: Final = _Unset()


@transaction.atomic
def settle(
    *,
    viewer: Viewer,
    is_personalised: bool | None = None,
    is_history_paused: bool | None = None,
    most_videos: int | _Unset | None = UNSET,
    most_minutes: int | _Unset | None = UNSET,
) -> None:
    """Set how the viewer wants their feeds; what is left out stays as it is.

    Args:
        viewer: who asks, a visitor perhaps.
        is_personalised: whether For You is made for them, or for everybody.
        is_history_paused: whether what they watch leaves no trace of them.
        most_videos: in one visit; None: no bound.
        most_minutes: of one visit; None: no bound.

    Raises:
        SignInNeeded: the viewer is nobody in particular.
        BadControl: a bound that is too small or too large.
        RateLimited: too many changes in a minute.
    """
    key = _key(viewer)
    changes: dict[str, object] = {"changed_at": clock.now()}
    if is_personalised is not None:
        changes["is_personalised"] = is_personalised
    if is_history_paused is not None:
        changes["is_history_paused"] = is_history_paused
    for name, value, allowed in (
        ("most_videos", most_videos, MOST_VIDEOS),
        ("most_minutes", most_minutes, MOST_MINUTES),
    ):
        if isinstance(value, _Unset):
            continue
        if value is not None and value not in allowed:
            raise BadControl(fields={name: f"From {allowed[0]} to {allowed[-1]}."})
        changes[name] = value
    _lock(key)
    FeedSetting.objects.filter(viewer=key).update(**changes)


def forget_person(*, person_id: int) -> None:
    """Remove a person's controls, and them from everybody else's lists."""
    for rows in (NotInterested, TopicDial, MutedWord, FeedSetting):
        rows.objects.filter(viewer=person_id).delete()
    NotInterested.objects.filter(kind=Hidden.CREATOR.value, target=str(person_id)).delete()


def forget_video(*, video_id: int) -> None:
    """Remove a deleted video from everybody's lists."""
    NotInterested.objects.filter(kind=Hidden.VIDEO.value, target=str(video_id)).delete()


def forget_visitors() -> None:
    """Remove the controls of visitors who have not been here for long. Harmless to repeat."""
    before = clock.now() - VISITORS_FOR
    for rows in (NotInterested, TopicDial, MutedWord):
        rows.objects.filter(viewer__lt=NOBODY, made_at__lt=before).delete()
    FeedSetting.objects.filter(viewer__lt=NOBODY, changed_at__lt=before).delete()


def _key(viewer: Viewer) -> int:
    key = viewer_key(viewer)
    if key == NOBODY:
        raise SignInNeeded
    limits.check("controls", key=str(key), per_minute=CHANGES_PER_MINUTE)
    return key


def _lock(key: int) -> None:
    """Hold the viewer's row until the transaction ends, so that lists are counted by one at a time."""
    FeedSetting.objects.bulk_create([FeedSetting(viewer=key)], ignore_conflicts=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM recommender_feedsetting WHERE viewer = %s FOR UPDATE", [key])


def _target(kind: Hidden, target: int | str) -> str:
    """A target as it is stored."""
    if kind is Hidden.TAG:
        tag = wording.plain_tag(str(target))
        if not 0 < len(tag) <= _LONGEST_TAG:
            raise BadControl(fields={"target": "This is no tag."})
        return tag
    if kind is Hidden.TOPIC and target not in topics.BY_ID:
        raise BadControl(fields={"target": "There is no such topic."})
    return str(target)


def _plain(word: str) -> str:
    plain = wording.plain(word)
    if not plain or len(word) > wording.LONGEST:
        raise BadControl(fields={"word": f"A word of 1 to {wording.LONGEST} letters."})
    return plain
