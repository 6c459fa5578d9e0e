"""Sounds as videos have them: their pages, what is trending, and who may lay one under a video."""

import dataclasses
from collections.abc import Collection, Iterable
from typing import Final

from django.core.cache import cache
from django.db import connection

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.media.contracts import Mix
from revue.sounds import queries as sounds
from revue.sounds.contracts import Kind, SoundCard, SoundChoice
from revue.sounds.errors import SoundNotFound, SoundNotUsable
from revue.videos import audience, policy, trends
from revue.videos.contracts import SoundPage, VideoState, Visibility
from revue.videos.models import Video

_RANKING: Final = "videos.trending"
# Only what everybody may hear and use takes part; how growth is reckoned, `trends` says.
_TRENDING = f"""
{trends.grown("v.sound_id", known="v.sound_id IS NOT NULL")}
SELECT g.thing
FROM grown AS g
JOIN sounds_sound AS s ON s.id = g.thing AND s.muted_at IS NULL AND s.may_reuse
LEFT JOIN videos_video AS v ON v.clip_id = s.clip_id
WHERE s.kind = '{Kind.STARTER.value}' OR {policy.LISTED}
ORDER BY {trends.GROWTH} DESC, g.thing DESC
LIMIT %(limit)s
"""  # noqa: S608 - put together from constants


def sound_page(*, viewer: Viewer, sound_id: int) -> SoundPage:
    """A sound, in how many public videos it is, and the video it comes from.

    Raises:
        SoundNotFound: it is not there, its owner and the viewer are apart by a block, or it is known only from a video
            that is not for this viewer.
    """
    card = sounds.card(viewer=viewer, sound_id=sound_id)
    if _apart(viewer, [card]):
        raise SoundNotFound
    uses = Video.objects.filter(policy.listed(), sound_id=sound_id).count()
    origin = _origin(card)
    is_seen = origin is None or bool(audience.seen_by(viewer, [origin]))
    if not is_seen and not uses:
        raise SoundNotFound
    card = _limited(viewer, card, origin, is_seen=is_seen, lending=_lending(viewer, [card]))
    is_told = origin is not None and (policy.is_listed(origin) or policy.is_author(viewer, origin))
    return SoundPage(card, uses, origin.pk if origin is not None and is_told else None)


def origin_id(sound_id: int) -> int | None:
    """The public video that a sound comes from; None when that is not public, gone, or has another sound now."""
    clip_id = sounds.clip_of(sound_id)
    if clip_id is None:
        return None
    origins = Video.objects.filter(policy.listed(), clip_id=clip_id, sound_id=sound_id)
    return origins.values_list("pk", flat=True).first()


def trending(*, viewer: Viewer, limit: int = 30) -> list[SoundPage]:
    """Sounds whose use grows, most first, as they were last ranked; see `_TRENDING` and `rank`."""
    ranking: list[int] = cache.get_or_set(_RANKING, ranked, trends.RANKED_BY_ASKING_FOR_S) or []
    found = pages(viewer=viewer, sound_ids=ranking)
    return [page for page in found if page.card.url and page.card.may_reuse and page.uses][:limit]


def rank() -> None:
    """Make the ranking anew, for everybody who asks from now on."""
    cache.set(_RANKING, ranked(), trends.RANKED_FOR_S)


def ranked(limit: int = 50) -> list[int]:
    """Ids of the sounds whose use grows, most first; one SELECT over the videos of a fortnight."""
    with connection.cursor() as cursor:
        cursor.execute(_TRENDING, {**trends.moments(), "limit": limit})
        return [row[0] for row in cursor.fetchall()]


def starter(*, viewer: Viewer) -> list[SoundPage]:
    """The sounds that come with the instance."""
    return pages(viewer=viewer, sound_ids=sounds.starter_ids())


def own(*, viewer: Viewer) -> list[SoundPage]:
    """The viewer's own sounds, newest first.

    Raises:
        SignInNeeded: the viewer is a visitor.
    """
    return pages(viewer=viewer, sound_ids=sounds.ids_of_owner(person_id_of(viewer)))


def pages(*, viewer: Viewer, sound_ids: list[int]) -> list[SoundPage]:
    """Several sounds in the order given; at most seven SELECTs. Where one comes from is not told.

    Those of people who are apart from the viewer by a block are left out.
    """
    cards = sounds.cards(viewer=viewer, sound_ids=sound_ids)
    apart, lending = _apart(viewer, cards.values()), _lending(viewer, cards.values())
    uses = _uses(sound_ids)
    origins = _origins(list(cards.values()))
    seen = audience.seen_by(viewer, list(origins.values()))
    found = []
    for sound_id in sound_ids:
        if sound_id in cards and _owner_of(cards[sound_id]) not in apart:
            origin = origins.get(cards[sound_id].origin_clip_id)
            is_seen = origin is None or origin.pk in seen
            card = _limited(viewer, cards[sound_id], origin, is_seen=is_seen, lending=lending)
            found.append(SoundPage(card, uses.get(sound_id, 0), None))
    return found


def mix(*, viewer: Viewer, choice: SoundChoice) -> Mix:
    """What a clip with this choice is to sound like.

    Raises:
        SoundNotFound, BadSound: see their words.
        SoundNotUsable: the viewer may not use it, or may not watch the video it comes from.
    """
    found = sounds.mix(viewer=viewer, choice=choice)
    if not sound_page(viewer=viewer, sound_id=choice.sound_id).card.may_use:
        raise SoundNotUsable
    return found


def is_open(*, clip_id: int) -> bool:
    """Whether everybody may know of what a clip sounds like."""
    video = Video.objects.filter(clip_id=clip_id).only("state", "visibility").first()
    return video is None or policy.is_listed(video)


def used(*, sound_ids: Collection[int]) -> set[int]:
    """Those among the sounds that some video has."""
    return {found for found in Video.objects.filter(sound__in=sound_ids).values_list("sound_id", flat=True) if found}


def _origin(card: SoundCard) -> Video | None:
    if card.origin_clip_id is None:
        return None
    return Video.objects.filter(clip_id=card.origin_clip_id).only("author_id", "state", "visibility").first()


def _origins(cards: list[SoundCard]) -> dict[int | None, Video]:
    """Clip → the video that it is of, for the cards' origins."""
    clip_ids = [card.origin_clip_id for card in cards if card.origin_clip_id is not None]
    origins = Video.objects.filter(clip_id__in=clip_ids).only("clip_id", "author_id", "state", "visibility")
    return {video.clip_id: video for video in origins}


def _limited(
    viewer: Viewer, card: SoundCard, origin: Video | None, *, is_seen: bool, lending: Collection[int]
) -> SoundCard:
    """A sound goes as far as its video: who may not watch that hears nothing, and followers carry it nowhere.

    It goes to no video of those whom its owner, not among `lending`, does not let.
    """
    if not is_seen:
        return dataclasses.replace(card, url=None, may_use=False)
    is_lent = card.owner is None or card.owner.id in lending
    if not is_lent or (origin is not None and not policy.may_pass_on(viewer, origin)):
        return dataclasses.replace(card, may_use=False)
    return card


def _owner_of(card: SoundCard) -> int | None:
    return card.owner.id if card.owner else None


def _owners_of(cards: Iterable[SoundCard]) -> set[int]:
    return {card.owner.id for card in cards if card.owner}


def _apart(viewer: Viewer, cards: Iterable[SoundCard]) -> frozenset[int]:
    """Owners of the sounds of whom the viewer finds nothing."""
    return audience.ties(viewer, _owners_of(cards)).apart


def _lending(viewer: Viewer, cards: Iterable[SoundCard]) -> set[int]:
    """Owners who let the viewer use their sounds. Visitors use none, whoever lets them."""
    return audience.lending_sounds(viewer, _owners_of(cards)) if viewer.is_signed_in else set()


def _uses(sound_ids: list[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sound_id, count(*) FROM videos_video WHERE state = %s AND visibility = %s"
            " AND sound_id = ANY (%s::bigint[]) GROUP BY sound_id",
            [VideoState.PUBLISHED.value, Visibility.EVERYONE.value, sound_ids],
        )
        return dict(cursor.fetchall())
