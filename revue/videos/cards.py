"""Published videos as feeds, pages and players show them: one SELECT, written by hand.

Every page of every feed asks for ten of them. Letting Django build this statement cost more processor time than all
the rest of a page, so its text is fixed; a test holds it to `policy.may_watch`.
"""

from collections.abc import Collection
from typing import Any

import orjson
from django.db import connection

from revue.accounts import queries as accounts
from revue.accounts.contracts import PersonCard, Viewer
from revue.media import queries as media
from revue.media.contracts import CredentialsView, PhotoView, Rendition
from revue.platform import ids, storage
from revue.videos import policy
from revue.videos.contracts import Commenters, SoundLine, SubtitlesLine, VideoCard, Visibility
from revue.videos.errors import VideoNotFound

# What a private account shows is passed on nowhere.
_SHARES = "(NOT p.is_private OR p.id IS NOT DISTINCT FROM %(viewer)s::bigint)"
# Without needless space: of longer statements the driver forgets how they are put together, and takes them apart again.
_CARDS = " ".join(
    f"""
SELECT
    v.id, v.author_id, p.handle, p.name, p.avatar_key,
    v.caption, v.tags, v.mentions, v.visibility,
    v.commenters, {policy.may_yet("who_comments")},
    v.may_duet AND {_SHARES} AND {policy.may_yet("who_duets")},
    v.may_stitch AND {_SHARES} AND {policy.may_yet("who_stitches")},
    v.may_download AND {_SHARES} AND {policy.lets("who_downloads")},
    p.is_indexed, v.published_at, v.edited_at,
    s.id, s.name, o.handle, s.muted_at IS NOT NULL, s.muted_reason,
    c.id, c.duration_ms, c.width, c.height, c.has_audio, c.poster_key, c.thumbhash,
    k.state, k.issuer, k.made_with_ai,
    c.has_hls, c.has_preview, c.sprite_step_ms, c.sprite_tiles,
    CASE WHEN c.photo_count > 0 THEN (SELECT json_agg(
        json_build_array(f.key, f.width, f.height) ORDER BY f.number
    )::text FROM media_photo AS f WHERE f.clip_id = c.id) END,
    (SELECT array_agg(t.language ORDER BY t.language) FROM videos_subtitles AS t WHERE t.video_id = v.id),
    (SELECT json_agg(
        json_build_array(f.name, f.key, f.width, f.height, f.bitrate, f.bytes, f.codec, f.mime)
        ORDER BY f.width * f.height, f.codec DESC
    )::text FROM media_renditionfile AS f WHERE f.clip_id = c.id)
FROM videos_video AS v
JOIN media_clip AS c ON c.id = v.clip_id
JOIN accounts_person AS p ON p.id = v.author_id AND p.is_active
LEFT JOIN media_credentials AS k ON k.clip_id = c.id
LEFT JOIN sounds_sound AS s ON s.id = v.sound_id
LEFT JOIN accounts_person AS o ON o.id = s.owner_id AND o.is_active AND o.id NOT IN {policy.APART}
WHERE v.id = ANY (%(videos)s::bigint[]) AND {policy.WATCHABLE}
""".split()  # noqa: S608 - put together from constants
)


def cards(*, viewer: Viewer, video_ids: Collection[int]) -> dict[int, VideoCard]:
    """Id → card for those of `video_ids` that the viewer may watch. One SELECT."""
    if not video_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, {"videos": list(video_ids), "viewer": viewer.person_id})
        return {row[0]: _card(*row) for row in cursor.fetchall()}


def card(*, viewer: Viewer, video_id: int) -> VideoCard:
    """One video.

    Raises:
        VideoNotFound: it is not there, or not for this viewer.
    """
    found = cards(viewer=viewer, video_ids=[video_id])
    if video_id not in found:
        raise VideoNotFound
    return found[video_id]


def _card(  # the columns above, in their order
    video_id: int, author_id: int, handle: str, name: str, avatar_key: str, *video: Any
) -> VideoCard:
    caption, tags, mentions, visibility, *rest = video
    (commenters, lets_comment, may_duet, may_stitch, may_download, *said), rest = rest[:8], rest[8:]
    may_index, published_at, edited_at = said
    sound, (clip_id, duration_ms, width, height, has_audio, poster_key, thumbhash, *sides, files) = rest[:5], rest[5:]
    *credentials, has_hls, has_preview, step_ms, tiles, photos, languages = sides
    poster_url, poster_small_url = media.poster_urls(poster_key)
    return VideoCard(
        id=video_id,
        author=PersonCard(author_id, handle, name, accounts.avatar_url(avatar_key)),
        caption=caption,
        tags=tuple(tags),
        mentions=tuple(mentions),
        visibility=Visibility(visibility),
        commenters=Commenters(commenters),
        lets_comment=lets_comment,
        may_duet=may_duet,
        may_stitch=may_stitch,
        may_download=may_download,
        may_index=may_index,
        published_at=published_at,
        edited_at=edited_at,
        duration_ms=duration_ms,
        width=width,
        height=height,
        has_audio=has_audio,
        poster_url=poster_url,
        poster_small_url=poster_small_url,
        thumbhash=thumbhash,
        renditions=_renditions(files),
        photos=_photos(photos),
        hls_url=media.hls_url(clip_id, has_hls=has_hls),
        preview_url=media.preview_url(clip_id, has_preview=has_preview),
        sprite=media.sprite(clip_id, width, height, step_ms, tiles),
        subtitles=tuple(subtitles_line(video_id, language) for language in languages or ()),
        sound=sound_line(*sound),
        credentials=CredentialsView(*credentials) if credentials[0] else None,
    )


def sound_line(sound_id: int | None, name: str, handle: str | None, is_muted: bool, reason: str) -> SoundLine | None:  # noqa: FBT001 - columns
    """A row's sound in one line; None where it has none."""
    return SoundLine(sound_id, name, handle or "", is_muted, reason) if sound_id else None


def subtitles_line(video_id: int, language: str) -> SubtitlesLine:
    """Subtitles in one language, and where they are."""
    return SubtitlesLine(language, f"/api/v1/videos/{ids.to_short(video_id)}/subtitles/{language}")


def _photos(files: str | None) -> tuple[PhotoView, ...]:
    return tuple(media.photo_view(*one) for one in (orjson.loads(files) if files else ()))


def _renditions(files: str | None) -> tuple[Rendition, ...]:
    return tuple(
        Rendition(name, storage.url(key), *sizes) for name, key, *sizes in (orjson.loads(files) if files else ())
    )
