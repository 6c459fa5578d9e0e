"""A video's picture for link previews: its poster in the light, on a stage as wide as previews are."""

import io

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from revue.accounts.contracts import VISITOR
from revue.platform import ids, storage
from revue.platform.errors import NotFound
from revue.videos import policy
from revue.videos import queries as videos
from revue.web import views
from revue.web.cards import PREVIEW_SIZE

_KEPT_S = 86_400
_QUALITY = 82
_ROUGH = (120, 63)  # the ground is blurred, so it is made small
_BLUR, _DIMMED = 4, 0.45


@require_safe
def of_video(request: HttpRequest, video: str) -> HttpResponse:
    """The picture of a video that whoever has its address may watch."""
    try:
        card = videos.card(viewer=VISITOR, video_id=ids.from_short(video))
    except (NotFound, ids.NotAnId):
        return views.missing(request)
    if card.poster_url is None or card.visibility.value not in policy.OPEN:
        return views.missing(request)
    try:
        with storage.open(storage.key_of(card.poster_url)) as poster:
            picture = draw(Image.open(poster))
    except FileNotFoundError:  # another poster has just taken its place
        return views.missing(request)
    return HttpResponse(picture, "image/jpeg", headers={"Cache-Control": f"public, max-age={_KEPT_S}"})


def draw(poster: Image.Image) -> bytes:
    """A JPEG of `PREVIEW_SIZE`: all of the poster in the middle, and around it the same, out of focus and dark."""
    shown = poster.convert("RGB")
    rough = ImageOps.fit(shown, _ROUGH).filter(ImageFilter.GaussianBlur(_BLUR))
    picture = ImageEnhance.Brightness(rough).enhance(_DIMMED).resize(PREVIEW_SIZE, Image.Resampling.BICUBIC)
    middle = ImageOps.contain(shown, PREVIEW_SIZE, Image.Resampling.LANCZOS)
    picture.paste(middle, ((PREVIEW_SIZE[0] - middle.width) // 2, (PREVIEW_SIZE[1] - middle.height) // 2))
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=_QUALITY, progressive=True)
    return file.getvalue()
