"""Save and repost videos, collections, and the lists of what somebody saves, reposts and likes."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from revue.api.auth import member, viewer_auth, viewer_of
from revue.api.params import Cursor, Handle, ListLimit, ShortId, id_of, ready
from revue.api.schemas import saves as schemas
from revue.api.schemas.feed import VideoPageOut, video_page
from revue.api.schemas.videos import ManyOut, many
from revue.feed import kept
from revue.social import actions, queries
from revue.social.contracts import RepostState

router = Router(tags=["social"])


@router.put("/videos/{video_id}/save", auth=member, response=schemas.SaveStateOut)
def save_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Keep a video; again is the same, and what is kept already stays in its collection."""
    return ready(schemas.save_state(actions.save_video(viewer=viewer_auth(request), video_id=id_of(video_id))))


@router.delete("/videos/{video_id}/save", auth=member, response=schemas.SaveStateOut)
def unsave_video(request: HttpRequest, video_id: ShortId) -> HttpResponse:
    """Keep a video no longer; again is the same."""
    return ready(schemas.save_state(actions.unsave_video(viewer=viewer_auth(request), video_id=id_of(video_id))))


@router.post("/me/saves/move", auth=member, response=ManyOut)
def move_saves(request: HttpRequest, payload: schemas.MoveSaves) -> HttpResponse:
    """Put videos that the viewer keeps into one of their collections, or into none; what is not kept says so."""
    outcomes = actions.move_saves(
        viewer=viewer_auth(request),
        video_ids=[id_of(video_id) for video_id in payload.ids],
        collection_id=None if payload.collection_id is None else id_of(payload.collection_id),
    )
    return ready(many(outcomes))


@router.put("/videos/{video_id}/repost", auth=member, response=schemas.RepostState)
def repost_video(request: HttpRequest, video_id: ShortId, payload: schemas.NewRepost) -> RepostState:
    """Pass on what somebody else shows to everybody; again only changes the note."""
    return actions.repost_video(viewer=viewer_auth(request), video_id=id_of(video_id), note=payload.note)


@router.delete("/videos/{video_id}/repost", auth=member, response=schemas.RepostState)
def unrepost_video(request: HttpRequest, video_id: ShortId) -> RepostState:
    """Take a repost back; again is the same."""
    return actions.unrepost_video(viewer=viewer_auth(request), video_id=id_of(video_id))


@router.get("/people/{handle}/reposts", response=schemas.RepostedPageOut)
def read_reposts(request: HttpRequest, handle: Handle, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What a person has passed on, the latest first."""
    page = kept.reposts(viewer_of(request), handle=handle, cursor=cursor, limit=limit)
    return ready(schemas.reposted_page(page))


@router.get("/people/{handle}/saves", response=VideoPageOut)
def read_saves(request: HttpRequest, handle: Handle, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What a person keeps, in whatever collection, the latest first; for themselves."""
    return ready(video_page(kept.saves(viewer_of(request), handle=handle, cursor=cursor, limit=limit)))


@router.get("/people/{handle}/likes", response=VideoPageOut)
def read_likes(request: HttpRequest, handle: Handle, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What a person likes, the latest first; for themselves."""
    return ready(video_page(kept.likes(viewer_of(request), handle=handle, cursor=cursor, limit=limit)))


@router.get("/people/{handle}/collections", response=schemas.CollectionPageOut)
def read_collections(request: HttpRequest, handle: Handle, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """A person's collections, newest first; to others those that are public."""
    page = queries.collections(viewer=viewer_of(request), handle=handle, cursor=cursor, limit=limit)
    return ready(schemas.collection_page(page))


@router.post("/me/collections", auth=member, response={201: schemas.CollectionOut})
def make_collection(request: HttpRequest, payload: schemas.NewCollection) -> HttpResponse:
    """Make a collection; where there is one of this name, the answer is that one, as it is."""
    viewer = viewer_auth(request)
    collection_id = actions.make_collection(viewer=viewer, name=payload.name, is_public=payload.is_public)
    found = queries.collection(viewer=viewer, collection_id=collection_id)
    return ready(schemas.collection(found), status=201)


@router.get("/collections/{collection_id}", response=schemas.CollectionOut)
def read_collection(request: HttpRequest, collection_id: ShortId) -> HttpResponse:
    """One collection: one's own, or a public one."""
    found = queries.collection(viewer=viewer_of(request), collection_id=id_of(collection_id))
    return ready(schemas.collection(found))


@router.patch("/collections/{collection_id}", auth=member, response=schemas.CollectionOut)
def edit_collection(request: HttpRequest, collection_id: ShortId, payload: schemas.CollectionPatch) -> HttpResponse:
    """Rename one's own collection, or change who may see it."""
    viewer, found_id = viewer_auth(request), id_of(collection_id)
    actions.edit_collection(viewer=viewer, collection_id=found_id, name=payload.name, is_public=payload.is_public)
    return ready(schemas.collection(queries.collection(viewer=viewer, collection_id=found_id)))


@router.delete("/collections/{collection_id}", auth=member, response={204: None})
def delete_collection(request: HttpRequest, collection_id: ShortId) -> Status[None]:
    """Delete one's own collection; what lay in it stays saved."""
    actions.delete_collection(viewer=viewer_auth(request), collection_id=id_of(collection_id))
    return Status(204, None)


@router.get("/collections/{collection_id}/videos", response=VideoPageOut)
def read_collected(
    request: HttpRequest, collection_id: ShortId, cursor: Cursor = "", limit: ListLimit = 20
) -> HttpResponse:
    """What lies in a collection, the latest first."""
    page = kept.collected(viewer_of(request), collection_id=id_of(collection_id), cursor=cursor, limit=limit)
    return ready(video_page(page))
