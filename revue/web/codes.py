"""QR codes of people's and videos' pages: what a phone's camera opens."""

import io
from typing import Any

import qrcode
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathFillImage

from revue.accounts import queries as accounts
from revue.accounts.contracts import VISITOR
from revue.platform import ids
from revue.platform.errors import NotFound
from revue.videos import queries as videos
from revue.web import cards, views

_MODULE_PX = 16  # of a PNG: about 600 pixels wide, sharp on paper too
_KEPT_S = 86_400
_KINDS: dict[str, tuple[str, type[Any]]] = {
    "png": ("image/png", PilImage),
    "svg": ("image/svg+xml", SvgPathFillImage),
}


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def of_person(request: HttpRequest, handle: str, kind: str) -> HttpResponse:
    """The address of somebody's page as a picture, black on white, with the quiet border that scanners need."""
    try:
        person = accounts.profile(viewer=VISITOR, handle=handle)
    except NotFound:
        return views.missing(request)
    return _picture(cards.person_path(person.handle), kind)


@require_safe
@cache_control(public=True, max_age=_KEPT_S)
def of_video(request: HttpRequest, handle: str, video: str, kind: str) -> HttpResponse:  # noqa: ARG001
    """The address of a video that whoever has it may watch, likewise."""
    try:
        card = videos.card(viewer=VISITOR, video_id=ids.from_short(video))
    except (ids.NotAnId, NotFound):
        return views.missing(request)
    return _picture(cards.video_path(card.author.handle, card.id), kind)


def _picture(path: str, kind: str) -> HttpResponse:
    content_type, factory = _KINDS[kind]
    return HttpResponse(draw(cards.absolute(path), factory), content_type=content_type)


def draw(text: str, factory: type[Any] = PilImage) -> bytes:
    """A file with a QR code of `text` that survives the loss of 15 % of it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=_MODULE_PX, image_factory=factory)
    code.add_data(text)
    file = io.BytesIO()
    code.make_image().save(file)
    return file.getvalue()
