"""Videos as feeds, pages and players show them, and the plain dicts the hot endpoints send as ready bytes."""

import dataclasses
import datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import Field

from revue.api.schemas.people import Author, author
from revue.api.schemas.videos import SoundLineOut, SpriteOut, SubtitlesOut, subtitles_line
from revue.feed import contracts
from revue.feed.contracts import FeedEntry, FeedPage, Repost, ShownVideo, VideoPage
from revue.media.contracts import Rendition
from revue.platform import ids
from revue.recommender.topics import Topic
from revue.videos import queries
from revue.videos.contracts import Commenters, Visibility


class RenditionOut(Schema):
    """One playable file."""

    name: str = Field(description="the short edge in pixels; of files in AV1 with -av1 behind it")
    url: str
    width: int
    height: int
    bitrate: int = Field(description="bits per second over the whole file")
    bytes: int
    codec: Literal["h264", "av1"] = Field(description="of the pictures; everything plays H.264, not everything AV1")
    mime: str = Field(description="the whole type; of AV1 with profile and level, to ask a browser about")


class PhotoOut(Schema):
    """One photo of a photo post; sizes in pixels."""

    url: str
    small_url: str = Field(description="540 pixels on its shorter side")
    width: int
    height: int


class CredentialsOut(Schema):
    """What a video's original says about how it was made, signed (C2PA)."""

    state: Literal["trusted", "valid", "invalid"] = Field(
        description="as it was signed, by somebody this instance trusts or by anybody else; or changed since"
    )
    issuer: str = Field(description="who signed; empty: it does not say")
    made_with_ai: bool = Field(description="wholly or in part; false says nothing")


class VideoCountsOut(Schema):
    """How often it was liked, commented on, shared, saved, reposted and played."""

    likes: int
    comments: int
    shares: int
    saves: int
    reposts: int
    plays: int


class VideoMarks(Schema):
    """What the asking viewer has to do with the video."""

    liked: bool
    saved: bool
    reposted: bool
    following: bool = Field(description="follows the author")
    is_author: bool


class TopicOut(Schema):
    """Something that videos are about."""

    id: int
    name: str


class Video(Schema):
    """A published video."""

    id: str
    url: str = Field(description="address of its page, without the host")
    author: Author
    caption: str
    tags: list[str]
    mentions: list[str]
    visibility: Visibility
    commenters: Commenters = Field(description="who, of those who may watch, may comment")
    may_duet: bool = Field(description="whether its author lets others put a video of theirs beside it")
    may_stitch: bool = Field(description="whether its author lets others begin a video of theirs with a part of it")
    may_download: bool = Field(description="whether its author lets others keep a copy")
    published_at: datetime.datetime
    edited_at: datetime.datetime | None = Field(description="since when it says something else than people have read")
    duration_ms: int
    width: int
    height: int
    has_audio: bool
    poster_url: str | None
    poster_small_url: str | None = Field(description="270 pixels wide: what a feed paints until the clip moves")
    thumbhash: str = Field(description="base64, empty until made")
    renditions: list[RenditionOut] = Field(description="smallest first; of two of a size, H.264 first")
    photos: list[PhotoOut] = Field(description="what a photo post shows one by one; empty for a video")
    hls_url: str | None = Field(description="of long videos: a master playlist of the same renditions")
    preview_url: str | None = Field(description="three silent seconds of it, 180 pixels, about 6 kB")
    sprite: SpriteOut | None
    subtitles: list[SubtitlesOut]
    sound: SoundLineOut | None
    credentials: CredentialsOut | None
    topics: list[TopicOut] = Field(description="what its words say that it is about")
    counts: VideoCountsOut
    viewer: VideoMarks


class ReasonTermOut(Schema):
    """One term of a score."""

    name: str
    label: str = Field(description="for people")
    value: float = Field(description="what it adds to the score")


class Reason(Schema):
    """Why this video is here, from the true terms of its score."""

    code: str
    text: str
    terms: list[ReasonTermOut] = Field(description="their sum is the score; empty in feeds without scores")
    score: float | None = Field(description="null in feeds without scores")
    found: str = Field(description="among which candidates it was found, for people")
    found_code: str = Field(description="the same for programs, such as newest; empty where found is")
    is_explorer: bool = Field(description="it stands here to learn something, not for its score")


class RepostOut(Schema):
    """Who has passed a video on, with which words."""

    by: Author
    note: str
    made_at: datetime.datetime


class FeedItem(Video):
    """A video at one place of a feed, with what its watch events must repeat."""

    reason: Reason
    source: Literal["foryou", "following"]
    propensity: float = Field(description="probability with which the ranker put it here", gt=0, le=1)
    position: int = Field(description="place in this session, from 0", ge=0)
    repost: RepostOut | None = Field(description="in Following: it stands here because somebody passed it on")


class FeedPageOut(Schema):
    """One page of a feed; `next_cursor` is null at the end."""

    items: list[FeedItem]
    next_cursor: str | None
    model_version: str
    onward_cursor: str | None = Field(
        description="at an end that the viewer has set themselves: the cursor to go on with, if they want to"
    )
    is_personalised: bool = Field(description="false: the same for everybody; `viewer` of its items is nobody's")


class VideoPageOut(Schema):
    """One page of a list of videos; `next_cursor` is null at the end."""

    items: list[Video]
    next_cursor: str | None


class PersonVideosOut(VideoPageOut):
    """One page of a person's videos."""

    pinned_ids: list[str] = Field(description="those that stand first because their author wants it, all on page one")


def rendition(item: Rendition) -> dict[str, Any]:
    """A `RenditionOut` as a plain dict."""
    return {
        "name": item.name,
        "url": item.url,
        "width": item.width,
        "height": item.height,
        "bitrate": item.bitrate,
        "bytes": item.bytes,
        "codec": item.codec,
        "mime": item.mime,
    }


def topic(item: Topic) -> dict[str, Any]:
    """A `TopicOut` as a plain dict."""
    return {"id": item.id, "name": item.name}


def video(shown: ShownVideo) -> dict[str, Any]:
    """A `Video` as a plain dict that orjson can write."""
    card, short = shown.card, ids.to_short(shown.card.id)
    return {
        "id": short,
        "url": f"/@{card.author.handle}/{short}",
        "author": author(card.author),
        "caption": card.caption,
        "tags": card.tags,
        "mentions": card.mentions,
        "visibility": card.visibility.value,
        "commenters": card.commenters.value,
        "may_duet": card.may_duet,
        "may_stitch": card.may_stitch,
        "may_download": card.may_download,
        "published_at": card.published_at,
        "edited_at": card.edited_at,
        "duration_ms": card.duration_ms,
        "width": card.width,
        "height": card.height,
        "has_audio": card.has_audio,
        "poster_url": card.poster_url,
        "poster_small_url": card.poster_small_url,
        "thumbhash": card.thumbhash,
        "renditions": [rendition(item) for item in card.renditions],
        "photos": [dataclasses.asdict(item) for item in card.photos],
        "hls_url": card.hls_url,
        "preview_url": card.preview_url,
        "sprite": card.sprite and dataclasses.asdict(card.sprite),
        "subtitles": [subtitles_line(line) for line in card.subtitles],
        "sound": queries.sound_json(card.sound),
        "credentials": card.credentials and dataclasses.asdict(card.credentials),
        "topics": [topic(item) for item in shown.topics],
        "counts": {
            "likes": shown.likes,
            "comments": shown.comments,
            "shares": shown.shares,
            "saves": shown.saves,
            "reposts": shown.reposts,
            "plays": shown.plays,
        },
        "viewer": marks(shown),
    }


def marks(shown: ShownVideo) -> dict[str, bool]:
    """A `VideoMarks` as a plain dict."""
    return {
        "liked": shown.liked,
        "saved": shown.saved,
        "reposted": shown.reposted,
        "following": shown.following,
        "is_author": shown.is_author,
    }


def repost(item: Repost) -> dict[str, Any]:
    """A `RepostOut` as a plain dict."""
    return {"by": author(item.person), "note": item.note, "made_at": item.made_at}


def reason(item: contracts.Reason) -> dict[str, Any]:
    """A `Reason` as a plain dict; `dataclasses.asdict` would cost more than all the rest of an item."""
    return {
        "code": item.code.value,
        "text": item.text,
        "terms": [{"name": term.name, "label": term.label, "value": term.value} for term in item.terms],
        "score": item.score,
        "found": item.found,
        "found_code": item.found_code,
        "is_explorer": item.is_explorer,
    }


def feed_item(entry: FeedEntry) -> dict[str, Any]:
    """A `FeedItem` as a plain dict."""
    return {
        **video(entry.video),
        "reason": reason(entry.reason),
        "source": entry.source.value,
        "propensity": entry.propensity,
        "position": entry.position,
        "repost": entry.repost and repost(entry.repost),
    }


def feed_page(page: FeedPage) -> dict[str, Any]:
    """A `FeedPageOut` as a plain dict."""
    return {
        "items": [feed_item(entry) for entry in page.entries],
        "next_cursor": page.next_cursor,
        "model_version": page.model_version,
        "onward_cursor": page.onward_cursor,
        "is_personalised": page.is_personalised,
    }


def video_page(page: VideoPage) -> dict[str, Any]:
    """A `VideoPageOut` as a plain dict."""
    return {"items": [video(shown) for shown in page.videos], "next_cursor": page.next_cursor}


def person_videos(page: VideoPage) -> dict[str, Any]:
    """A `PersonVideosOut` as a plain dict."""
    return {**video_page(page), "pinned_ids": [ids.to_short(video_id) for video_id in page.pinned]}
