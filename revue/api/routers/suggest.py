"""What somebody who is typing may mean: tags and people, by their first letters."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from revue.accounts.policy import person_id_of
from revue.api.auth import member, viewer_auth
from revue.api.params import ready
from revue.api.schemas import suggest as schemas
from revue.platform import limits
from revue.social import queries as social
from revue.videos import queries as videos

router = Router(tags=["suggestions"])
PER_MINUTE = 240  # letters of somebody who types fast
Prefix = Annotated[str, Query(max_length=100, description="how it begins, in any case of letters")]


@router.get("/suggest/tags", auth=member, response=schemas.TagsOut)
def suggest_tags(request: HttpRequest, prefix: Prefix = "") -> HttpResponse:
    """Tags of public videos that begin so, those of most videos first."""
    _count(request)
    return ready(schemas.tags(videos.tags_beginning(prefix)))


@router.get("/suggest/people", auth=member, response=schemas.PeopleOut)
def suggest_people(request: HttpRequest, prefix: Prefix = "") -> HttpResponse:
    """People whose handle or name begins so, those the viewer follows first."""
    _count(request)
    return ready(schemas.people(social.people_beginning(viewer=viewer_auth(request), prefix=prefix)))


def _count(request: HttpRequest) -> None:
    limits.check("suggest", key=str(person_id_of(viewer_auth(request))), per_minute=PER_MINUTE)
