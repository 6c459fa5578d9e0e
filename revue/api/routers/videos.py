"""One's own videos: post, edit, delete, try again. Bytes go by tus, see `revue.api.tus`."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from ninja import Router, Status

from revue.accounts.policy import person_id_of
from revue.api.auth import member, viewer_auth, viewer_of
from revue.api.files import stored
from revue.api.params import Cursor, Language, OwnLimit, ShortId, id_of, ready
from revue.api.schemas import videos as schemas
from revue.feed import own
from revue.feed.contracts import OwnOrder
from revue.media import queries as media
from revue.platform import limits
from revue.recommender import queries as recommender
from revue.videos import actions, queries
from revue.videos.contracts import Show

router = Router(tags=["videos"])
DOWNLOADS_PER_MINUTE = 30


@router.get("/me/storage", auth=member, response=schemas.RoomOut)
def read_own_storage(request: HttpRequest) -> HttpResponse:
    """How much of their room the viewer's files take: as they were sent, with uploads on their way."""
    return ready(schemas.room(media.room(person_id_of(viewer_auth(request)))))


@router.post("/videos", auth=member, response={201: schemas.VideoStatusOut})
def post_video(request: HttpRequest, payload: schemas.NewVideo) -> HttpResponse:
    """Post a finished upload, or several of photos; posting the same again answers with the same video."""
    viewer, sound = viewer_auth(request), schemas.choice(payload.sound)
    words: dict[str, Any] = payload.model_dump(include={"caption", "visibility", "poster_at_ms", "publish_at"})
    words.update(allows=payload.allows(), draft_key=payload.draft_id)
    if payload.photo_upload_ids is not None:
        upload_ids = [id_of(upload_id) for upload_id in payload.photo_upload_ids]
        video_id = actions.create_photo_post(viewer=viewer, upload_ids=upload_ids, sound=sound, **words)
    else:
        video_id = actions.create_video(viewer=viewer, upload_id=id_of(payload.upload_id or ""), sound=sound, **words)
    return ready(schemas.status(queries.status(video_id=video_id)), status=201)


@router.get("/me/videos", auth=member, response=schemas.OwnVideos)
def read_own_videos(
    request: HttpRequest,
    show: Show = Show.ALL,
    sort: OwnOrder = OwnOrder.NEWEST,
    cursor: Cursor = "",
    limit: OwnLimit = 200,
) -> HttpResponse:
    """The viewer's own videos with their states and with what people did with them."""
    page = own.page(viewer_auth(request), show=show, order=sort, cursor=cursor, limit=limit)
    return ready(schemas.own_videos(page))


@router.post("/me/videos/many", auth=member, response=schemas.ManyOut)
def change_own_videos(request: HttpRequest, payload: schemas.ManyIn) -> HttpResponse:
    """Change several of the viewer's own videos: each by itself, and what refuses says why. Again is the same."""
    outcomes = actions.change_videos(
        viewer=viewer_auth(request),
        video_ids=[id_of(video_id) for video_id in payload.ids],
        change=payload.change,
        visibility=payload.visibility,
        commenters=payload.commenters,
    )
    return ready(schemas.many(outcomes))


@router.get("/me/videos/{video_id}", auth=member, response=schemas.VideoStatusOut)
def read_own_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """One of the viewer's own videos with its state."""
    return ready(schemas.status(queries.own_status(viewer=viewer_auth(request), video_id=id_of(video_id))))


@router.get("/me/videos/{video_id}/reach", auth=member, response=schemas.ReachOut)
def read_own_reach(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Which pool one of the viewer's own videos has come to, and how it did there."""
    own = queries.own_status(viewer=viewer_auth(request), video_id=id_of(video_id))
    return ready(schemas.reach(recommender.reach(video_id=own.id)))


@router.patch("/videos/{video_id}", auth=member, response=schemas.VideoStatusOut)
def edit_video(request: HttpRequest, video_id: ShortId, payload: schemas.VideoPatch) -> HttpResponse:
    """Change caption, audience, poster, or what others may do, at any time of the video's life."""
    actions.edit_video(viewer=viewer_auth(request), video_id=id_of(video_id), **dict(payload))
    return _as_it_is_now(video_id)


@router.delete("/videos/{video_id}", auth=member, response={204: None})
def delete_video(request: HttpRequest, video_id: ShortId) -> Status[None]:
    """Put one's own video into the bin, where nobody else finds it; again is the same."""
    actions.delete_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return Status(204, None)


@router.get("/videos/{video_id}/download", tags=["feed"])
def download_video(request: HttpRequest, video_id: ShortId) -> HttpResponseBase:
    """The best file of a video to keep, where its author lets the viewer."""
    viewer = viewer_of(request)
    limits.check("download", key=str(viewer.person_id or viewer.session_key), per_minute=DOWNLOADS_PER_MINUTE)
    found = queries.download(viewer=viewer, video_id=id_of(video_id))
    return stored(request, found.key, found.mime, save_as=found.filename)


@router.delete("/me/videos/{video_id}", auth=member, response={204: None})
def erase_video(request: HttpRequest, video_id: ShortId) -> Status[None]:
    """Delete one's own video and all its files for good, from the bin or past it; again is the same."""
    actions.erase_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return Status(204, None)


@router.post("/videos/{video_id}/restore", auth=member, response=schemas.VideoStatusOut)
def restore_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Take one's own video out of the bin, as it was; again is the same."""
    actions.restore_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return _as_it_is_now(video_id)


@router.put("/videos/{video_id}/schedule", auth=member, response=schemas.VideoStatusOut)
def schedule_video(request: HttpRequest, video_id: ShortId, payload: schemas.ScheduleIn) -> HttpResponse:
    """Have one's own video, which has not gone out yet, go out at a time; again is the same."""
    actions.schedule_video(viewer=viewer_auth(request), video_id=id_of(video_id), publish_at=payload.publish_at)
    return _as_it_is_now(video_id)


@router.delete("/videos/{video_id}/schedule", auth=member, response=schemas.VideoStatusOut)
def unschedule_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Give up the time that was set: the video stays for its author alone. Again is the same."""
    actions.unschedule_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return _as_it_is_now(video_id)


@router.post("/videos/{video_id}/publish", auth=member, response=schemas.VideoStatusOut)
def publish_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Have one's own video go out now, or as soon as it plays, whatever time was set; again is the same."""
    actions.publish_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return _as_it_is_now(video_id)


@router.get("/videos/{video_id}/edits", response=schemas.EditsOut)
def read_edits(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """What a video said before it was changed, for whoever may watch it."""
    return ready(schemas.edits(queries.former_captions(viewer=viewer_of(request), video_id=id_of(video_id))))


@router.get("/videos/{video_id}/subtitles", response=schemas.SubtitlesListOut)
def list_subtitles(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """The languages in which a video has subtitles, for whoever may watch it."""
    return ready(schemas.subtitles_list(queries.subtitles(viewer=viewer_of(request), video_id=id_of(video_id))))


@router.get("/videos/{video_id}/subtitles/{language}")
def read_subtitles(request: HttpRequest, video_id: ShortId, language: Language) -> HttpResponse:
    """A video's subtitles in one language as WebVTT, for whoever may watch it."""
    vtt = queries.subtitles_vtt(viewer=viewer_of(request), video_id=id_of(video_id), language=language)
    response = HttpResponse(vtt, content_type="text/vtt; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


@router.put("/videos/{video_id}/subtitles/{language}", auth=member, response=schemas.SubtitlesListOut)
def put_subtitles(
    request: HttpRequest, video_id: ShortId, language: Language, payload: schemas.SubtitlesIn
) -> HttpResponse:
    """Give one's own video subtitles in a language, in the place of those it has; again is the same."""
    viewer = viewer_auth(request)
    actions.put_subtitles(viewer=viewer, video_id=id_of(video_id), language=language, text=payload.text)
    return list_subtitles(request, video_id)


@router.delete("/videos/{video_id}/subtitles/{language}", auth=member, response={204: None})
def delete_subtitles(request: HttpRequest, video_id: ShortId, language: Language) -> Status[None]:
    """Take subtitles away from one's own video; again is the same."""
    actions.delete_subtitles(viewer=viewer_auth(request), video_id=id_of(video_id), language=language)
    return Status(204, None)


@router.put("/videos/{video_id}/pin", auth=member, response=schemas.VideoStatusOut)
def pin_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Put one's own video first on one's page, up to three of them; again is the same."""
    actions.pin_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return _as_it_is_now(video_id)


@router.delete("/videos/{video_id}/pin", auth=member, response=schemas.VideoStatusOut)
def unpin_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Let one's own video stand where its age puts it; again is the same."""
    actions.unpin_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return _as_it_is_now(video_id)


@router.post("/videos/{video_id}/retry", auth=member, response=schemas.VideoStatusOut)
def retry_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Try a failed video once more from its original."""
    actions.retry_video(viewer=viewer_auth(request), video_id=id_of(video_id))
    return _as_it_is_now(video_id)


@router.put("/videos/{video_id}/upload", auth=member, response=schemas.VideoStatusOut)
def replace_upload(request: HttpRequest, video_id: ShortId, payload: schemas.UploadSwap) -> HttpResponse:
    """Put another file in the place of one's own video, within 24 hours; the old one plays until the new one does."""
    actions.replace_upload(viewer=viewer_auth(request), video_id=id_of(video_id), upload_id=id_of(payload.upload_id))
    return _as_it_is_now(video_id)


@router.put("/videos/{video_id}/sound", auth=member, response=schemas.VideoStatusOut)
def replace_sound(request: HttpRequest, video_id: ShortId, payload: schemas.SoundSwap) -> HttpResponse:
    """Lay another sound under one's own video, or none: then it sounds as it was recorded."""
    actions.replace_sound(viewer=viewer_auth(request), video_id=id_of(video_id), sound=schemas.choice(payload.sound))
    return _as_it_is_now(video_id)


def _as_it_is_now(video_id: str) -> HttpResponse:
    """A video's state, as its author is told it after a change."""
    return ready(schemas.status(queries.status(video_id=id_of(video_id))))
