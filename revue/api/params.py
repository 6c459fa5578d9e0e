"""What addresses and bodies carry: short ids, page sizes, JSON without traps."""

from typing import Annotated, Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query
from ninja.parser import Parser
from pydantic import Field

from revue.api.errors import BadRequest
from revue.platform import ids
from revue.platform.errors import NotFound
from revue.videos import subtitles

Cursor = Annotated[str, Query(max_length=2000, description="`next_cursor` of the page before; empty for the first")]
FeedLimit = Annotated[int, Query(ge=1, le=30, description="items on a page")]
AgainFrom = Annotated[
    int | None,
    Query(ge=0, le=100_000, description="a place before the cursor: the session is ranked anew from there on"),
]
Untaken = Annotated[
    int, Query(ge=0, le=50, description="how many answers with `again_from` to this very cursor were not taken")
]
ListLimit = Annotated[int, Query(ge=1, le=50, description="items on a page")]
OwnLimit = Annotated[int, Query(ge=1, le=200, description="items on a page")]
Search = Annotated[str, Query(max_length=100, description="only those with this in their handle or name")]
ShortId = Annotated[str, Path(max_length=11, description="short id")]
Handle = Annotated[str, Path(max_length=30, description="a person's handle, without @")]
Tag = Annotated[str, Path(max_length=100, description="a tag, without #")]
Language = Annotated[
    str,
    Path(pattern=subtitles.LANGUAGE, max_length=11, description="BCP 47: a language, with script and region or not"),
]
Count = Annotated[int, Field(ge=0)]


def id_of(text: str) -> int:
    """The id behind a short string of an address.

    Raises:
        NotFound: it is no id, so nothing has it.
    """
    try:
        return ids.from_short(text)
    except ids.NotAnId as error:
        raise NotFound from error


def ready(body: Any, *, status: int = 200) -> HttpResponse:
    """Ready JSON bytes that no cache may keep, for endpoints that skip the schema's own rendering."""
    data = orjson.dumps(body, option=orjson.OPT_UTC_Z)
    response = HttpResponse(data, status=status, content_type="application/json")
    response["Cache-Control"] = "private, no-store"
    return response


class StrictParser(Parser):
    """Reads JSON bodies by the letter of the standard: no NaN, no half characters, no NUL that a database refuses."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain Python.

        Raises:
            BadRequest: it is not JSON, or a text in it holds a NUL character.
        """
        try:
            body = orjson.loads(request.body)
        except orjson.JSONDecodeError as error:
            raise BadRequest("The body is not JSON.") from error
        if b"u0000" in request.body and _has_nul(body):
            raise BadRequest("A text holds a NUL character.")
        return body


def _has_nul(value: Any) -> bool:
    """Whether any text inside holds a NUL character; a stack instead of recursion, so depth cannot hurt."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) and "\0" in item:
            return True
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item
    return False
