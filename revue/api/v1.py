"""API version 1: every router under `/api/v1/`, one OpenAPI 3.1 document, problem+json errors."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from revue import __version__
from revue.api import errors
from revue.api.params import StrictParser
from revue.api.routers import (
    accounts,
    comments,
    controls,
    drafts,
    events,
    feed,
    inbox,
    messages,
    people,
    saves,
    search,
    social,
    sounds,
    suggest,
    uploads,
    videos,
)
from revue.api.schemas.problems import Problem

DESCRIPTION = """Everything the web app does, anyone's app can do.

Reads answer visitors too, as far as a video's audience lets them. Changes need the session cookie and its CSRF
token in the header `X-CSRFToken` (from `GET /api/v1/session`). Ids are short strings, times are ISO 8601 in UTC,
lists go on with `next_cursor` until it is null, and errors are RFC 9457 problems with a documented `code`."""


class RevueAPI(NinjaAPI):
    """A NinjaAPI whose document names operations as functions are named and every operation's problems."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's own name: it becomes the method of generated clients."""
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: Any = None) -> OpenAPISchema:
        """The document, with `Problem` as the default answer of each operation."""
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        document["components"].setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        answer = {
            "description": "A problem (RFC 9457)",
            "content": {errors.PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for methods in document["paths"].values():
            for operation in methods.values():
                operation["responses"] = {str(code): value for code, value in operation["responses"].items()}
                operation["responses"]["default"] = answer
        return document


api = RevueAPI(
    title="Revue",
    version=__version__,
    description=DESCRIPTION,
    urls_namespace="api-v1",
    openapi_url="/openapi.json",
    docs_url=None,  # Swagger's page would load scripts from elsewhere
    parser=StrictParser(),
)
errors.register(api)
for router in (
    *(accounts.router, feed.router, social.router, people.router, comments.router, saves.router, events.router),
    *(inbox.router, uploads.router, videos.router, sounds.router, suggest.router, controls.router, drafts.router),
    *(search.router, messages.router),
):
    api.add_router("", router)
