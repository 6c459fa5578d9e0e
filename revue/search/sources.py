"""What the index is made of, read from the tables of the apps below: decision 0106.

Each statement gives what may be found at all, with a digest of what its words are made of. What has another digest in
the index, or none, is to be indexed again; what is in the index and not here is to go.
"""

from typing import Final

from revue.search.documents import EDITION
from revue.sounds.contracts import Kind
from revue.videos import policy

_DIGEST: Final = "md5(concat_ws(E'\\x1f', {edition}, {said}))"


def _digest(said: str) -> str:
    return _DIGEST.format(edition=EDITION, said=said)


# Of a video `v` and a person `p` who made it.
FINDABLE: Final = f"{policy.LISTED} AND p.is_active"
_SAID: Final = "v.caption, v.tags::text, v.mentions::text, p.handle, p.name, s.name, v.published_at::text, t.spoken"
VIDEOS: Final = f"""
SELECT v.id, {_digest(_SAID)} AS digest,
    v.published_at, v.caption, v.tags, v.mentions, p.handle, p.name, coalesce(s.name, '') AS sound,
    t.spoken
FROM videos_video AS v
JOIN accounts_person AS p ON p.id = v.author_id
LEFT JOIN sounds_sound AS s ON s.id = v.sound_id AND s.muted_at IS NULL
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_array(t.language, t.vtt) ORDER BY t.language)::text AS spoken
    FROM videos_subtitles AS t WHERE t.video_id = v.id
) AS t ON true
WHERE {FINDABLE}
"""  # noqa: S608 - put together from constants
PEOPLE: Final = f"""
SELECT p.id, {_digest("p.handle, p.name, p.bio")} AS digest, p.handle, p.name, p.bio
FROM accounts_person AS p WHERE p.is_active
"""  # noqa: S608 - put together from constants
# A sound is known of from the library, or from a public video that has it.
SOUNDS: Final = f"""
SELECT s.id, {_digest("s.name, p.name, p.handle, s.mood")} AS digest, s.name, coalesce(p.name, '') AS owner,
    coalesce(p.handle, '') AS handle, s.mood
FROM sounds_sound AS s
LEFT JOIN accounts_person AS p ON p.id = s.owner_id AND p.is_active
WHERE s.muted_at IS NULL AND (s.kind = '{Kind.STARTER.value}' OR EXISTS (
    SELECT 1 FROM videos_video AS v WHERE v.sound_id = s.id AND {policy.LISTED}
))
"""  # noqa: S608 - put together from constants
