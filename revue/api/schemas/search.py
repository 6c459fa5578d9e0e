"""What a search finds. Matches are ranges of code points, so that no HTML travels."""

from typing import Any

from ninja import Schema
from pydantic import Field

from revue.api.schemas.feed import TopicOut, Video, video
from revue.api.schemas.people import Author, author
from revue.api.schemas.sounds import SoundOut, sound
from revue.feed.contracts import FoundPage
from revue.search.contracts import PersonHit, PersonHits, SoundHits, Span, Suggestions, TagHit, TagHits
from revue.videos.contracts import SoundPage, TagNumbers
from revue.videos.trends import RisingTag, Uses


class SpanOut(Schema):
    """A part of a text, in code points."""

    start: int = Field(ge=0)
    end: int = Field(description="behind its last letter", ge=0)


class FoundVideoOut(Schema):
    """A video that was found."""

    video: Video
    matches: list[SpanOut] = Field(description="where in its caption")


class FoundVideosOut(Schema):
    """One page of videos; `next_cursor` is null at the end."""

    items: list[FoundVideoOut]
    next_cursor: str | None
    is_partial: bool = Field(description="nothing says all of what was asked: these say some of it")


class FoundPersonOut(Schema):
    """Somebody who was found."""

    person: Author
    followers: int = Field(description="counted every five minutes", ge=0)
    is_followed: bool = Field(description="by the asking viewer")
    is_requested: bool = Field(description="the asking viewer waits for leave to follow them")
    is_self: bool
    name_matches: list[SpanOut]
    handle_matches: list[SpanOut]


class FoundPeopleOut(Schema):
    """One page of people; `next_cursor` is null at the end."""

    items: list[FoundPersonOut]
    next_cursor: str | None


class FoundSoundOut(Schema):
    """A sound that was found."""

    sound: SoundOut
    matches: list[SpanOut] = Field(description="where in its name")


class FoundSoundsOut(Schema):
    """One page of sounds; `next_cursor` is null at the end."""

    items: list[FoundSoundOut]
    next_cursor: str | None


class FoundTagOut(Schema):
    """A tag that was found."""

    name: str = Field(description="without #")
    videos: int = Field(description="public ones, counted every five minutes", ge=0)
    matches: list[SpanOut]


class FoundTagsOut(Schema):
    """One page of tags; `next_cursor` is null at the end."""

    items: list[FoundTagOut]
    next_cursor: str | None


class TopOut(Schema):
    """The best of several kinds; `videos` goes on at `/search/videos`."""

    people: list[FoundPersonOut]
    tags: list[FoundTagOut]
    videos: FoundVideosOut


class SuggestionsOut(Schema):
    """What somebody who is typing may mean."""

    tags: list[FoundTagOut]
    people: list[FoundPersonOut]


class UsesOut(Schema):
    """Videos with something, over two weeks."""

    this_week: int
    week_before: int
    days: list[int] = Field(description="on each of the last fourteen days; the last one ends now")


class RisingTagOut(Schema):
    """A tag that more and more people use."""

    name: str = Field(description="without #")
    uses: UsesOut


class RisingSoundOut(Schema):
    """A sound that more and more people use."""

    sound: SoundOut
    uses: UsesOut


class TrendsOut(Schema):
    """What grows, most first."""

    tags: list[RisingTagOut]
    sounds: list[RisingSoundOut]


class ExploreTopicsOut(Schema):
    """What the videos here are about, most first."""

    items: list[TopicOut]


class TagOut(Schema):
    """A tag and what there is of it."""

    name: str = Field(description="without #")
    videos: int = Field(description="public ones", ge=0)
    plays: int = Field(description="of these", ge=0)


def found_videos(page: FoundPage) -> dict[str, Any]:
    """A `FoundVideosOut` as a plain dict."""
    items = [{"video": video(found.video), "matches": _spans(found.spans)} for found in page.videos]
    return {"items": items, "next_cursor": page.next_cursor, "is_partial": page.is_partial}


def found_people(page: PersonHits) -> dict[str, Any]:
    """A `FoundPeopleOut` as a plain dict."""
    return {"items": [_person(hit) for hit in page.hits], "next_cursor": page.next_cursor}


def found_sounds(page: SoundHits) -> dict[str, Any]:
    """A `FoundSoundsOut` as a plain dict."""
    items = [{"sound": sound(hit.page), "matches": _spans(hit.spans)} for hit in page.hits]
    return {"items": items, "next_cursor": page.next_cursor}


def found_tags(page: TagHits) -> dict[str, Any]:
    """A `FoundTagsOut` as a plain dict."""
    return {"items": [_tag(hit) for hit in page.hits], "next_cursor": page.next_cursor}


def top(people: PersonHits, tags: TagHits, videos: FoundPage) -> dict[str, Any]:
    """A `TopOut` as a plain dict."""
    return {
        "people": [_person(hit) for hit in people.hits],
        "tags": [_tag(hit) for hit in tags.hits],
        "videos": found_videos(videos),
    }


def suggestions(found: Suggestions) -> dict[str, Any]:
    """A `SuggestionsOut` as a plain dict."""
    return {"tags": [_tag(hit) for hit in found.tags], "people": [_person(hit) for hit in found.people]}


def trends(tags: list[RisingTag], sounds: list[tuple[SoundPage, Uses]]) -> dict[str, Any]:
    """A `TrendsOut` as a plain dict."""
    return {
        "tags": [{"name": tag.name, "uses": _uses(tag.uses)} for tag in tags],
        "sounds": [{"sound": sound(page), "uses": _uses(uses)} for page, uses in sounds],
    }


def tag(numbers: TagNumbers) -> dict[str, Any]:
    """A `TagOut` as a plain dict."""
    return {"name": numbers.name, "videos": numbers.videos, "plays": numbers.plays}


def _person(hit: PersonHit) -> dict[str, Any]:
    return {
        "person": author(hit.card),
        "followers": hit.followers,
        "is_followed": hit.is_followed,
        "is_requested": hit.is_requested,
        "is_self": hit.is_self,
        "name_matches": _spans(hit.name_spans),
        "handle_matches": _spans(hit.handle_spans),
    }


def _tag(hit: TagHit) -> dict[str, Any]:
    return {"name": hit.name, "videos": hit.videos, "matches": _spans(hit.spans)}


def _uses(uses: Uses) -> dict[str, Any]:
    return {"this_week": uses.this_week, "week_before": uses.week_before, "days": uses.days}


def _spans(spans: tuple[Span, ...]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in spans]
