"""What a viewer sets about their feeds, and what they have watched. Visitors have these too, under their cookie."""

import enum
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Status

from revue.api.auth import anyone, viewer_auth, viewer_of
from revue.api.params import Cursor, ListLimit, ShortId, id_of, ready
from revue.api.schemas import controls as schemas
from revue.feed import queries as feed
from revue.platform.errors import NotFound
from revue.recommender import controls, history
from revue.recommender.controls import Hidden

router = Router(tags=["feed controls"])
Search = Annotated[str, Query(max_length=history.LONGEST_SEARCH, description="in captions and authors' names")]
Videos = Annotated[str, Query(max_length=1000, description="short ids, with commas between")]
Target = Annotated[str, Path(max_length=100, description="a short id, a topic's number, or a tag without #")]
Word = Annotated[str, Query(max_length=200, description="as it stands on the list, or written otherwise")]


class Since(enum.StrEnum):
    """How far back."""

    BEGINNING = "beginning"
    LAST_DAY = "last_day"


@router.get("/me/feed", response=schemas.FeedControls)
def read_feed_controls(request: HttpRequest) -> HttpResponse:
    """What the viewer has set about their feeds."""
    return ready(schemas.controls(controls.panel_of(viewer_of(request))))


@router.patch("/me/feed", auth=anyone, response=schemas.FeedControls)
def set_feed_controls(request: HttpRequest, payload: schemas.FeedControlsPatch) -> HttpResponse:
    """Switch personalising or history on or off, or bound a visit."""
    viewer = viewer_auth(request)
    controls.settle(
        viewer=viewer,
        is_personalised=payload.is_personalised,
        is_history_paused=payload.is_history_paused,
        **payload.bounds(),
    )
    return ready(schemas.controls(controls.panel_of(viewer)))


@router.put("/me/feed/topics/{topic_id}", auth=anyone, response={204: None})
def set_topic_dial(request: HttpRequest, topic_id: int, payload: schemas.DialStep) -> Status[None]:
    """Turn a topic's dial; again is the same."""
    controls.set_step(viewer=viewer_auth(request), topic_id=topic_id, step=payload.step)
    return Status(204, None)


@router.post("/me/feed/words", auth=anyone, response={204: None})
def mute_word(request: HttpRequest, payload: schemas.MutedWord) -> Status[None]:
    """Show no video that says this; again is the same."""
    controls.mute_word(viewer=viewer_auth(request), word=payload.word)
    return Status(204, None)


@router.delete("/me/feed/words", auth=anyone, response={204: None})
def unmute_word(request: HttpRequest, word: Word) -> Status[None]:
    """Take a word off the list; again is the same."""
    controls.unmute_word(viewer=viewer_auth(request), word=word)
    return Status(204, None)


@router.get("/me/feed/not-interested", response=schemas.HiddenPageOut)
def read_not_interested(request: HttpRequest, cursor: Cursor = "", limit: ListLimit = 50) -> HttpResponse:
    """What the viewer is not interested in, newest first."""
    entries, next_cursor = controls.entries_of(viewer_of(request), cursor=cursor, limit=limit)
    return ready(schemas.hidden_page(entries, next_cursor))


@router.put("/me/feed/not-interested/{kind}/{target}", auth=anyone, response={204: None})
def hide(request: HttpRequest, kind: Hidden, target: Target) -> Status[None]:
    """Show nothing of this any more in any feed, until it is taken back; again is the same."""
    controls.hide(viewer=viewer_auth(request), kind=kind, target=_target(kind, target))
    return Status(204, None)


@router.delete("/me/feed/not-interested/{kind}/{target}", auth=anyone, response={204: None})
def unhide(request: HttpRequest, kind: Hidden, target: Target) -> Status[None]:
    """Take back that the viewer is not interested; again is the same."""
    controls.unhide(viewer=viewer_auth(request), kind=kind, target=_target(kind, target))
    return Status(204, None)


@router.get("/me/feed/history", response=schemas.HistoryPageOut)
def read_history(request: HttpRequest, search: Search = "", cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What the viewer has watched, newest first."""
    return ready(schemas.history(feed.watched(viewer_of(request), search=search, cursor=cursor, limit=limit)))


@router.delete("/me/feed/history", auth=anyone, response={204: None})
def forget_history(request: HttpRequest, since: Since = Since.BEGINNING) -> Status[None]:
    """Empty the history, or the last 24 hours of it, and with it what the feed has learnt; again is the same."""
    forget = history.forget_last_day if since is Since.LAST_DAY else history.forget_all
    forget(viewer=viewer_auth(request))
    return Status(204, None)


@router.delete("/me/feed/history/{video_id}", auth=anyone, response={204: None})
def forget_watched(request: HttpRequest, video_id: ShortId) -> Status[None]:
    """Take one video out of the history; again is the same."""
    history.forget_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return Status(204, None)


@router.get("/me/feed/marks", response=schemas.MarksOut)
def read_marks(request: HttpRequest, videos: Videos) -> HttpResponse:
    """What the viewer has to do with some videos: for pages of the feed that is the same for everybody."""
    video_ids = {id_of(short) for short in videos.split(",")}
    return ready(schemas.marks(feed.marked(viewer_of(request), video_ids=video_ids)))


def _target(kind: Hidden, target: str) -> int | str:
    """What an address names.

    Raises:
        NotFound: it is no id of this kind.
    """
    if kind is Hidden.TAG:
        return target
    if kind is not Hidden.TOPIC:
        return id_of(target)
    if not target.isdecimal() or not target.isascii():
        raise NotFound
    return int(target)
