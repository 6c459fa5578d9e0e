"""Everywhere that something of one person may be found by another, and whether it is."""

import contextlib
import dataclasses
from collections.abc import Callable, Iterable

from django.conf import settings
from django.test import Client

from revue.accounts.contracts import Viewer
from revue.api.live import allowed_topics
from revue.feed import explore, kept
from revue.feed import found as feed_found
from revue.feed import queries as feed
from revue.feed.contracts import ShownVideo, Source
from revue.platform import ids
from revue.platform.errors import RevueError
from revue.recommender import controls
from revue.search import actions as index
from revue.search import queries as search
from revue.search.contracts import Filters
from revue.social import actions, queries
from revue.social.contracts import FollowList
from revue.videos import actions as video_actions
from revue.videos import queries as videos
from revue.videos.contracts import MediaAccess
from revue.videos.models import Video
from tests.people import client_of, make_person, viewer_of
from tests.published import give_sound, publish

TAG = "dance"
MOST = 500  # on one page: more than any test makes


@dataclasses.dataclass(frozen=True)
class Asker:
    """Who looks, by the product's queries and by HTTP."""

    viewer: Viewer
    client: Client

    @property
    def is_signed_in(self) -> bool:
        return self.viewer.is_signed_in


def visitor() -> Asker:
    return Asker(Viewer(session_key="a-visitor"), Client())


def asker(person_id: int) -> Asker:
    return Asker(viewer_of(person_id), client_of(person_id))


@dataclasses.dataclass(frozen=True)
class Stage:
    """One person with a public video, who has said something under the video of a host, who follows them."""

    owner: int
    handle: str
    video: int
    sound: int
    clip: int
    host: int
    host_handle: str
    hosts_video: int
    comment: int
    collection: int  # open to everybody, with the host's video, which the owner has passed on too

    @property
    def path(self) -> str:
        return f"/@{self.handle}/{ids.to_short(self.video)}"

    @property
    def tag(self) -> str:
        """Of this video alone: a plain page has the newest few."""
        return _own_tag(self.handle)


def _own_tag(handle: str) -> str:
    return f"by{handle.replace('.', '')}"


def _word(handle: str) -> str:
    """What is said in somebody's video, and nowhere else."""
    return f"said{_own_tag(handle)}"


def set_stage(handle: str) -> Stage:
    """Everything that the surfaces ask of one person."""
    owner, host_handle = make_person(handle), f"host.{handle}"
    host = make_person(host_handle)
    video, hosts_video = publish(owner, tags=[TAG, _own_tag(handle)], caption=f"By {handle} #{TAG}"), publish(host)
    sound = give_sound(owner, video)
    spoken = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{_word(handle)}\n"
    video_actions.put_subtitles(viewer=viewer_of(owner), video_id=video, language="en", text=spoken)
    comment = actions.write_comment(viewer=viewer_of(owner), video_id=hosts_video, text="Hello from me").id
    actions.follow_person(viewer=viewer_of(host), handle=handle)
    actions.repost_video(viewer=viewer_of(host), video_id=video)
    collection = _keep(owner, hosts_video)
    index.follow_video(video_id=video)
    index.follow_person(person_id=owner)
    clip = Video.objects.values_list("clip_id", flat=True).get(pk=video)
    return Stage(owner, handle, video, sound, clip, host, host_handle, hosts_video, comment, collection)


def _keep(owner: int, video: int) -> int:
    """Have a person pass a video on, and keep it in an open collection."""
    viewer = viewer_of(owner)
    actions.repost_video(viewer=viewer, video_id=video)
    actions.save_video(viewer=viewer, video_id=video)
    collection_id = actions.make_collection(viewer=viewer, name="Kept", is_public=True)
    actions.move_saves(viewer=viewer, video_ids=[video], collection_id=collection_id)
    return collection_id


def on_profile(who: Asker, stage: Stage) -> bool:
    """More than that the viewer themselves has blocked the person."""
    with contextlib.suppress(RevueError):
        return not queries.person_page(viewer=who.viewer, handle=stage.handle).is_blocked
    return False


def in_grid(who: Asker, stage: Stage) -> bool:
    with contextlib.suppress(RevueError):
        return _shows(stage, feed.videos_of_person(who.viewer, handle=stage.handle).videos)
    return False


def under_tag(who: Asker, stage: Stage) -> bool:
    return stage.video in tag_page(who)


def under_sound(who: Asker, stage: Stage) -> bool:
    return _shows(stage, feed.videos_with_sound(who.viewer, sound_id=stage.sound).videos)


def as_card(who: Asker, stage: Stage) -> bool:
    with contextlib.suppress(RevueError):
        return bool(feed.video(who.viewer, video_id=stage.video))
    return False


def read_along(who: Asker, stage: Stage) -> bool:
    """Its subtitles."""
    with contextlib.suppress(RevueError):
        return bool(videos.subtitles_vtt(viewer=who.viewer, video_id=stage.video, language="en"))
    return False


def in_foryou(who: Asker, stage: Stage) -> bool:
    return stage.video in foryou(who)


def in_everybodys(who: Asker, stage: Stage) -> bool:
    return stage.video in everybodys(who)


def in_following(who: Asker, stage: Stage) -> bool:
    return stage.video in following(who)


def in_comments(who: Asker, stage: Stage) -> bool:
    """What they said under the video of somebody else."""
    page = queries.comments(viewer=who.viewer, video_id=stage.hosts_video, limit=MOST).page
    return stage.comment in [view.id for view in page.comments]


def in_lists(who: Asker, stage: Stage) -> bool:
    page = queries.follow_list(viewer=who.viewer, handle=stage.host_handle, which=FollowList.FOLLOWING, limit=MOST)
    return stage.owner in [line.card.id for line in page.people]


def among_suggested(who: Asker, stage: Stage) -> bool:
    if not who.is_signed_in:
        return False
    found = queries.people_beginning(viewer=who.viewer, prefix=stage.handle)
    return stage.owner in [one.card.id for one in found]


def searched(who: Asker, stage: Stage) -> bool:
    """Their video, by what it says."""
    page = feed_found.page(who.viewer, q=f"By {stage.handle}", filters=Filters(), limit=MOST)
    return _shows(stage, (one.video for one in page.videos))


def searched_by_its_words(who: Asker, stage: Stage) -> bool:
    """Their video, by what is said in it."""
    page = feed_found.page(who.viewer, q=_word(stage.handle), filters=Filters(), limit=MOST)
    return _shows(stage, (one.video for one in page.videos))


def searched_for(who: Asker, stage: Stage) -> bool:
    """They themselves, by their handle."""
    hits = search.people(viewer=who.viewer, q=stage.handle, limit=MOST).hits
    return stage.owner in [hit.card.id for hit in hits]


def typed(who: Asker, stage: Stage) -> bool:
    hits = search.suggest(viewer=who.viewer, q=stage.handle).people
    return stage.owner in [hit.card.id for hit in hits]


def in_explore(who: Asker, stage: Stage) -> bool:
    return stage.video in explored(who)


def passed_on(who: Asker, stage: Stage) -> bool:
    """By the host."""
    return _shows(stage, kept.reposts(who.viewer, handle=stage.host_handle).videos)


def in_reposts(who: Asker, stage: Stage) -> bool:
    """What they have passed on themselves."""
    with contextlib.suppress(RevueError):
        return bool(kept.reposts(who.viewer, handle=stage.handle).videos)
    return False


def in_collection(who: Asker, stage: Stage) -> bool:
    with contextlib.suppress(RevueError):
        named = queries.collections(viewer=who.viewer, handle=stage.handle).collections
        shown = kept.collected(who.viewer, collection_id=stage.collection).videos
        assert [one.id for one in named] == [stage.collection]
        return bool(shown)
    return False


def live(who: Asker, stage: Stage) -> bool:
    return bool(allowed_topics(who.viewer, [f"video:{ids.to_short(stage.video)}"]))


def by_bytes(who: Asker, stage: Stage) -> bool:
    return videos.media_access(viewer=who.viewer, clip_id=stage.clip) is not MediaAccess.DENIED


def on_page(who: Asker, stage: Stage) -> bool:
    return who.client.get(stage.path).status_code == 200


def on_plain_profile(who: Asker, stage: Stage) -> bool:
    return stage.path in who.client.get(f"/@{stage.handle}").content.decode()


def on_plain_tag(who: Asker, stage: Stage) -> bool:
    return stage.path in who.client.get(f"/tag/{stage.tag}").content.decode()


def embedded(who: Asker, stage: Stage) -> bool:
    return who.client.get(f"/embed/{ids.to_short(stage.video)}").status_code == 200


def by_oembed(who: Asker, stage: Stage) -> bool:
    return who.client.get("/oembed", {"url": f"{settings.BASE_URL}{stage.path}"}).status_code == 200


def in_atom(who: Asker, stage: Stage) -> bool:
    return stage.path in who.client.get(f"/@{stage.handle}/feed.atom").content.decode()


def in_sitemap(who: Asker, stage: Stage) -> bool:
    return stage.path in who.client.get(f"/sitemap/videos-{ids.to_short(1)}.xml").content.decode()


# Whole pages: the ids of the videos on them.


def foryou(who: Asker) -> set[int]:
    return {entry.video.card.id for entry in feed.page_for(who.viewer, source=Source.FORYOU, limit=MOST).entries}


def everybodys(who: Asker) -> set[int]:
    """For You as it is for those who want no profile."""
    controls.settle(viewer=who.viewer, is_personalised=False)
    try:
        return foryou(who)
    finally:
        controls.settle(viewer=who.viewer, is_personalised=True)


def following(who: Asker) -> set[int]:
    if not who.is_signed_in:
        return set()
    page = feed.page_for(who.viewer, source=Source.FOLLOWING, limit=MOST)
    return {entry.video.card.id for entry in page.entries}


def tag_page(who: Asker) -> set[int]:
    return {one.card.id for one in feed.videos_with_tag(who.viewer, tag=TAG, limit=MOST).videos}


def explored(who: Asker) -> set[int]:
    return {one.card.id for one in explore.page(who.viewer, limit=MOST).videos}


Surface = Callable[[Asker, Stage], bool]
Page = Callable[[Asker], set[int]]
LISTED: frozenset[Surface] = frozenset(
    {in_grid, under_tag, under_sound, as_card, in_foryou, in_everybodys, live, by_bytes, read_along}
    | {
        on_page,
        on_plain_profile,
        on_plain_tag,
        searched,
        searched_by_its_words,
        in_explore,
        passed_on,
        in_reposts,
        in_collection,
    }
)
SOCIAL: frozenset[Surface] = frozenset({on_profile, in_comments, in_lists, searched_for, typed})
# The same for everybody: they read no cookie, so whoever looks is a visitor.
OUTSIDE: frozenset[Surface] = frozenset({embedded, by_oembed, in_atom, in_sitemap})
ALL: frozenset[Surface] = LISTED | SOCIAL | OUTSIDE | {in_following, among_suggested}


def found(who: Asker, stage: Stage, surfaces: Iterable[Surface] = ALL) -> set[str]:
    """Names of the surfaces on which the asker finds something of the stage's owner."""
    return {surface.__name__ for surface in surfaces if surface(who, stage)}


def names(surfaces: Iterable[Surface]) -> set[str]:
    return {surface.__name__ for surface in surfaces}


def _shows(stage: Stage, shown: Iterable[ShownVideo]) -> bool:
    return stage.video in [one.card.id for one in shown]
