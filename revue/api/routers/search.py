"""Search, what somebody who is typing may mean, Explore and trends: for visitors too. Nothing of it is written down."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from revue.accounts.contracts import Viewer
from revue.api.auth import viewer_of
from revue.api.params import Cursor, ListLimit, Tag, ready
from revue.api.schemas import feed as feed_schemas
from revue.api.schemas import search as schemas
from revue.feed import explore, found
from revue.platform import limits
from revue.search import queries
from revue.search.contracts import Filters, Seen, Since, Sort
from revue.videos import soundtracks, tags, trends

router = Router(tags=["search"])
PER_MINUTE = 120  # pages of results
TYPED_PER_MINUTE = 240  # letters of somebody who types fast
TOP_PEOPLE, TOP_TAGS = 3, 5
Asked = Annotated[str, Query(max_length=200, description="what was typed; `#` asks for tags, `@` for people")]
Topic = Annotated[int | None, Query(ge=1, le=1000, description="id of a topic; left out: any")]


@router.get("/search/top", response=schemas.TopOut)
def search_top(request: HttpRequest, q: Asked = "", limit: ListLimit = 20) -> HttpResponse:
    """The best people, tags and videos."""
    viewer = _counted(request)
    people = queries.people(viewer=viewer, q=q, limit=TOP_PEOPLE)
    videos = found.page(viewer, q=q, filters=Filters(), limit=limit)
    return ready(schemas.top(people, queries.tags(q=q, limit=TOP_TAGS), videos))


@router.get("/search/videos", response=schemas.FoundVideosOut)
def search_videos(
    request: HttpRequest,
    q: Asked = "",
    sort: Sort = Sort.RELEVANCE,
    since: Since = Since.ANY,
    seen: Seen = Seen.ANY,
    cursor: Cursor = "",
    limit: ListLimit = 20,
) -> HttpResponse:
    """Public videos that say what was typed. `seen` is for people who are signed in."""
    filters = Filters(sort, since, seen)
    return ready(schemas.found_videos(found.page(_counted(request), q=q, filters=filters, cursor=cursor, limit=limit)))


@router.get("/search/people", response=schemas.FoundPeopleOut)
def search_people(request: HttpRequest, q: Asked = "", cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """People by handle, name and what they say of themselves."""
    return ready(schemas.found_people(queries.people(viewer=_counted(request), q=q, cursor=cursor, limit=limit)))


@router.get("/search/sounds", response=schemas.FoundSoundsOut)
def search_sounds(request: HttpRequest, q: Asked = "", cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Sounds by name and by whose they are."""
    return ready(schemas.found_sounds(queries.sounds(viewer=_counted(request), q=q, cursor=cursor, limit=limit)))


@router.get("/search/tags", response=schemas.FoundTagsOut)
def search_tags(request: HttpRequest, q: Asked = "", cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """Tags of public videos by how they begin, with or without `#`."""
    _counted(request)
    return ready(schemas.found_tags(queries.tags(q=q, cursor=cursor, limit=limit)))


@router.get("/search/suggest", response=schemas.SuggestionsOut)
def suggest_search(request: HttpRequest, q: Asked = "") -> HttpResponse:
    """What somebody who is typing may mean: tags and people that begin so."""
    viewer = _counted(request, "search_typed", TYPED_PER_MINUTE)
    return ready(schemas.suggestions(queries.suggest(viewer=viewer, q=q)))


@router.get("/explore", response=feed_schemas.VideoPageOut)
def read_explore(request: HttpRequest, topic: Topic = None, cursor: Cursor = "", limit: ListLimit = 20) -> HttpResponse:
    """What is popular and new, of one topic or of all: the same order for everybody of a language."""
    page = explore.page(viewer_of(request), topic_id=topic, cursor=cursor, limit=limit)
    return ready(feed_schemas.video_page(page))


@router.get("/explore/topics", response=schemas.ExploreTopicsOut)
def read_explore_topics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """What the videos here are about, most first."""
    return ready({"items": [feed_schemas.topic(topic) for topic in explore.topics()]})


@router.get("/trends", response=schemas.TrendsOut)
def read_trends(request: HttpRequest) -> HttpResponse:
    """Tags and sounds that more and more people use, with their use on each of the last days."""
    sounds = soundtracks.trending(viewer=viewer_of(request))
    uses = trends.sound_uses([page.card.id for page in sounds])
    return ready(schemas.trends(trends.rising_tags(), [(page, uses[page.card.id]) for page in sounds]))


@router.get("/tags/{tag}", response=schemas.TagOut)
def read_tag(request: HttpRequest, tag: Tag) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """A tag: how many public videos have it, and how often these were played."""
    return ready(schemas.tag(tags.numbers(tag)))


def _counted(request: HttpRequest, name: str = "search", per_minute: int = PER_MINUTE) -> Viewer:
    """The viewer, who has asked once more; who sends no cookie is told apart by their address."""
    viewer = viewer_of(request)
    key = viewer.person_id or viewer.session_key or request.META.get("REMOTE_ADDR", "")
    limits.check(name, key=str(key), per_minute=per_minute)
    return viewer
