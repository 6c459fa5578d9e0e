"""Feeds, one video, and lists of videos by person and tag. Hot: answers are ready bytes, checked by a contract test."""

import enum

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Router

from revue.api.auth import viewer_of
from revue.api.params import AgainFrom, Cursor, FeedLimit, Handle, ListLimit, ShortId, Tag, Untaken, id_of, ready
from revue.api.routers.videos import router as videos
from revue.api.schemas import feed as schemas
from revue.feed import queries
from revue.feed.contracts import Order, Source, TagOrder

router = Router(tags=["feed"])


class Personalised(enum.StrEnum):
    """Whom a feed is for; left out: as the viewer has set it."""

    OFF = "off"  # for everybody


@router.get("/feed/foryou", response=schemas.FeedPageOut)
def read_foryou(
    request: HttpRequest,
    cursor: Cursor = "",
    limit: FeedLimit = 10,
    personalised: Personalised | None = None,
    again_from: AgainFrom = None,
    untaken: Untaken = 0,
) -> HttpResponse:
    """For You: ranked for this viewer, visitors included, never the same video twice in a session.

    With `again_from` the places from there up to the cursor, which the viewer has not come to, are ranked anew by
    what they did meanwhile. Where they have come to them before the answer, it is not to be taken, and the next
    request says so by `untaken`.

    With `personalised=off` nobody is asked who they are: the answer is the same bytes for everybody of a language.
    """
    locale = translation.get_language()
    if personalised is Personalised.OFF:
        return ready(schemas.feed_page(queries.page_for_everybody(locale=locale, cursor=cursor, limit=limit)))
    page = queries.page_for(
        viewer_of(request),
        source=Source.FORYOU,
        cursor=cursor,
        limit=limit,
        locale=locale,
        again_from=again_from,
        untaken=untaken,
    )
    return ready(schemas.feed_page(page))


@router.get("/feed/following", response=schemas.FeedPageOut)
def read_following(request: HttpRequest, cursor: Cursor = "", limit: FeedLimit = 10) -> HttpResponse:
    """Following: newest first, all of the people the viewer follows. Needs sign-in."""
    page = queries.page_for(viewer_of(request), source=Source.FOLLOWING, cursor=cursor, limit=limit)
    return ready(schemas.feed_page(page))


@videos.get(
    "/videos/{video_id}", response=schemas.Video, tags=["feed"]
)  # one address, one router: Django takes the first
def read_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """One published video that the viewer may watch."""
    return ready(schemas.video(queries.video(viewer_of(request), video_id=id_of(video_id))))


@router.get("/people/{handle}/videos", response=schemas.PersonVideosOut)
def read_videos_of_person(
    request: HttpRequest, handle: Handle, sort: Order = Order.LATEST, cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """A person's videos; their own list also shows what only they may watch. The latest follow what is pinned."""
    page = queries.videos_of_person(viewer_of(request), handle=handle, order=sort, cursor=cursor, limit=limit)
    return ready(schemas.person_videos(page))


@router.get("/tags/{tag}/videos", response=schemas.VideoPageOut)
def read_videos_with_tag(
    request: HttpRequest, tag: Tag, sort: TagOrder = TagOrder.NEWEST, cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """Public videos with a tag: newest first, or one page of those liked most."""
    page = queries.videos_with_tag(viewer_of(request), tag=tag, order=sort, cursor=cursor, limit=limit)
    return ready(schemas.video_page(page))


@router.get("/sounds/{sound_id}/videos", response=schemas.VideoPageOut)
def read_videos_with_sound(
    request: HttpRequest, sound_id: ShortId, cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """Public videos with a sound, newest first."""
    page = queries.videos_with_sound(viewer_of(request), sound_id=id_of(sound_id), cursor=cursor, limit=limit)
    return ready(schemas.video_page(page))
