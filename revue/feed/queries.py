"""One page of videos for one viewer, and the lists beside the feeds."""

import dataclasses
from collections.abc import Collection

from revue.accounts import queries as accounts
from revue.accounts.contracts import Viewer
from revue.events import queries as events
from revue.feed import following, foryou, history, lists, marks, policy, unprofiled
from revue.feed.contracts import FeedPage, HistoryPage, Order, ShownVideo, Source, TagOrder, VideoPage
from revue.platform.errors import NotFound
from revue.recommender import controls
from revue.recommender.controls import Controls
from revue.social import queries as social
from revue.videos import queries as videos
from revue.videos import soundtracks

_MOST_COMPARED = 5_000  # of a person's or a tag's videos, the newest, among which the best are found


def page_for(
    viewer: Viewer,
    *,
    source: Source = Source.FORYOU,
    cursor: str = "",
    limit: int = 10,
    locale: str = "en",
    again_from: int | None = None,
    untaken: int = 0,
) -> FeedPage:
    """One page of a feed.

    Args:
        viewer: a person or a visitor.
        source: For You, which is everybody's for those who have switched personalising off, or Following.
        cursor: `next_cursor` of the page before; empty begins a session.
        limit: at most so many videos.
        locale: the language of whoever asks, for the feed that is everybody's.
        again_from: For You alone: a place before `cursor` from which on the session is ranked anew.
        untaken: how many answers to that, with this very cursor, came too late to be shown.

    Raises:
        SignInNeeded: Following, and the viewer is a visitor.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    if source is Source.FOLLOWING:
        return following.page(viewer, controls.controls_of(viewer), cursor=cursor, limit=limit)
    set_by_viewer = controls.controls_of(viewer, only_personalised=True)
    if not set_by_viewer.is_personalised:
        return _without_kept_out(set_by_viewer, locale=locale, cursor=cursor, limit=limit)
    return foryou.page(viewer, set_by_viewer, cursor=cursor, limit=limit, again_from=again_from, untaken=untaken)


def _without_kept_out(controls: Controls, *, locale: str, cursor: str, limit: int) -> FeedPage:
    """Everybody's page, or the first of those after it that has something, without whom the viewer keeps out."""
    while True:
        page = page_for_everybody(locale=locale, cursor=cursor, limit=limit)
        kept = tuple(entry for entry in page.entries if not policy.is_kept_out(entry.video.card, controls))
        if kept or page.next_cursor is None:
            return dataclasses.replace(page, entries=kept)
        cursor = page.next_cursor


def page_for_everybody(*, locale: str, cursor: str = "", limit: int = 10) -> FeedPage:
    """One page of For You without a profile: the same for everybody of a language. Nobody's marks are on it.

    Raises:
        BadCursor: the cursor is not ours, belongs to another list, or is older than a day.
    """
    return unprofiled.page(locale=locale, cursor=cursor, limit=limit)


def marked(viewer: Viewer, *, video_ids: Collection[int]) -> dict[int, ShownVideo]:
    """Those of `video_ids` that the viewer may watch, with their marks: for pages that carry nobody's."""
    return marks.shown(viewer, videos.cards(viewer=viewer, video_ids=video_ids))


def watched(viewer: Viewer, *, search: str = "", cursor: str = "", limit: int = 20) -> HistoryPage:
    """What a viewer has watched, newest first.

    Args:
        viewer: whose.
        search: only videos with this in their caption, or in their author's name or handle.
        cursor: `next_cursor` of the page before.
        limit: at most so many videos.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another search.
    """
    return history.page(viewer, search=search.strip(), cursor=cursor, limit=limit)


def video(viewer: Viewer, *, video_id: int) -> ShownVideo:
    """One video with its counts and the viewer's marks.

    Raises:
        NotFound: the viewer may not watch it, or it is not there.
    """
    card = videos.card(viewer=viewer, video_id=video_id)
    return marks.shown(viewer, {video_id: card})[video_id]


def videos_of_person(
    viewer: Viewer, *, handle: str, order: Order = Order.LATEST, cursor: str = "", limit: int = 20
) -> VideoPage:
    """A person's videos: public ones, and to themselves all of theirs that play.

    Args:
        viewer: who asks.
        handle: whose.
        order: LATEST begins with what they have pinned; POPULAR is one page of what was played most.
        cursor: `next_cursor` of the page before.
        limit: at most so many videos, and the pinned ones.

    Raises:
        NotFound: nobody has this handle, or a block is between the two.
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    author_id = accounts.person_ids([handle]).get(handle.lower())
    if author_id is None or social.is_apart(viewer.person_id, [author_id]):
        raise NotFound("There is nobody with this name.")
    if order is Order.POPULAR:
        return _most_played(viewer, author_id, limit)
    pinned = videos.pinned_ids(viewer=viewer, author_id=author_id) if order is Order.LATEST else []

    def read(before: int | None, count: int) -> list[int]:
        found = videos.ids_by_author(
            viewer=viewer,
            author_id=author_id,
            before=before,
            limit=count + len(pinned),
            is_oldest_first=order is Order.OLDEST,
        )
        return [video_id for video_id in found if video_id not in pinned][:count]

    name = f"person:{author_id}" if order is Order.LATEST else f"person:{author_id}:{order}"
    page = lists.page(viewer, name=name, cursor=cursor, limit=limit, read=read)
    if cursor or not pinned:
        return page
    first = marks.shown(viewer, videos.cards(viewer=viewer, video_ids=pinned))
    shown = [video_id for video_id in pinned if video_id in first]
    return VideoPage((*(first[video_id] for video_id in shown), *page.videos), page.next_cursor, tuple(shown))


def _most_liked(viewer: Viewer, found: list[int], limit: int) -> VideoPage:
    """One page, as of `_most_played`."""
    counts = events.counts_of(found)
    best = sorted(found, key=lambda video_id: (counts[video_id].likes, video_id), reverse=True)[:limit]
    shown = marks.shown(viewer, videos.cards(viewer=viewer, video_ids=best))
    return VideoPage(tuple(shown[video_id] for video_id in best if video_id in shown), None)


def _most_played(viewer: Viewer, author_id: int, limit: int) -> VideoPage:
    """One page: plays change while somebody leafs, and what follows the most played is found by its age."""
    found = videos.ids_by_author(viewer=viewer, author_id=author_id, limit=_MOST_COMPARED)
    counts = events.counts_of(found)
    best = sorted(found, key=lambda video_id: (counts[video_id].plays, video_id), reverse=True)[:limit]
    shown = marks.shown(viewer, videos.cards(viewer=viewer, video_ids=best))
    return VideoPage(tuple(shown[video_id] for video_id in best if video_id in shown), None)


def videos_with_tag(
    viewer: Viewer, *, tag: str, order: TagOrder = TagOrder.NEWEST, cursor: str = "", limit: int = 20
) -> VideoPage:
    """Public videos with a tag; nobody may have used it yet.

    Args:
        viewer: who asks.
        tag: with or without #.
        order: NEWEST goes on for ever; TOP is one page of what was liked most.
        cursor: `next_cursor` of the page before.
        limit: at most so many videos.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    name = tag.lower().removeprefix("#")
    if order is TagOrder.TOP:
        return _most_liked(viewer, videos.ids_by_tag(tag=name, limit=_MOST_COMPARED), limit)
    return lists.page(
        viewer,
        name=f"tag:{name}",
        cursor=cursor,
        limit=limit,
        read=lambda before, count: videos.ids_by_tag(tag=name, before=before, limit=count),
    )


def videos_with_sound(viewer: Viewer, *, sound_id: int, cursor: str = "", limit: int = 20) -> VideoPage:
    """Public videos with a sound: the one it comes from, then the others, newest first.

    Raises:
        BadCursor: the cursor is not ours, or belongs to another list.
    """
    origin_id = soundtracks.origin_id(sound_id)
    page = lists.page(
        viewer,
        name=f"sound:{sound_id}",
        cursor=cursor,
        limit=limit,
        read=lambda before, count: videos.ids_by_sound(sound_id, but=origin_id, before=before, limit=count),
    )
    if cursor or origin_id is None:
        return page
    first = marks.shown(viewer, videos.cards(viewer=viewer, video_ids=[origin_id]))
    return VideoPage((*first.values(), *page.videos), page.next_cursor)
