"""The shape of every error."""

from ninja import Schema
from pydantic import ConfigDict


class Problem(Schema):
    """An error by RFC 9457. Further fields depend on `code` and stand in docs/develop/errors.md."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
