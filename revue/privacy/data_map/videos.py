"""Uploads, clips, videos, what people do with them, and what was watched."""

from revue.privacy.data_map.words import (
    CASCADE,
    ROW_ID,
    Category,
    Personal,
    Plain,
    Region,
    Table,
    plain,
    plain_table,
)

_TECHNICAL = "about the file and its making, not the person"
_LOG_KEEPS = "`REVUE_EVENTS_KEEP_DAYS` days; then the day's partition is dropped"
_FORGET = "`events.forget_person`, a hook of `accounts.delete_person`"
_SEEN_KEEPS = "180 days"
VIEWER_KEY = "a keyed number for one person or one visitor's cookie"

TABLES = (
    Table(
        "media_upload",
        "Files on their way in.",
        {
            **plain(_TECHNICAL, "length_bytes offset_bytes sha256 parts_name"),
            "id": Plain(ROW_ID),
            "owner_id": Personal(Category.LINK, "whose it is"),
            "filename": Personal(Category.CONTENT, "shown to the owner while it uploads"),
            "made_at": Personal(Category.CONTENT, "when it began"),
            "touched_at": Personal(Category.CONTENT, "when to give up waiting"),
            "finished_at": Personal(Category.CONTENT, "when it was whole"),
        },
        "as long as its clip; unfinished ones `REVUE_UPLOAD_EXPIRES_HOURS`",
        Region.HOME,
        CASCADE,
    ),
    plain_table(
        "media_earlyrun",
        "What is made of uploads while they come in; gone when their clip plays.",
        _TECHNICAL,
        "upload_id tries lease_id lease_until reached_ms found",
    ),
    Table(
        "media_clip",
        "Moving pictures made of uploads.",
        {
            **plain(
                _TECHNICAL,
                "id upload_id original_key original_sha256 original_bytes state progress attempts failures lease_id"
                " lease_until failure_code failure_reason width height duration_ms has_audio poster_key thumbhash"
                " changed_at track_key track_start_ms track_percent track_loops own_percent sprite_step_ms sprite_tiles"
                " has_preview has_sound_file has_hls is_urgent photo_count recipe is_sound_lost found",
            ),
            "poster_at_ms": Personal(Category.CONTENT, "which moment the owner chose to show"),
            "owner_id": Personal(Category.LINK, "whose it is"),
            "made_at": Personal(Category.CONTENT, "when it was uploaded"),
        },
        "as long as its video",
        Region.HOME,
        "`videos.delete_video`, and a hook of `accounts.delete_person`",
    ),
    plain_table(
        "media_renditionfile",
        "The files of a clip that play.",
        _TECHNICAL,
        "id clip_id name key width height bitrate bytes codec mime in_ladder",
    ),
    plain_table(
        "media_wish",
        "Renditions that clips are to have because they are watched.",
        _TECHNICAL,
        "id clip_id name state attempts failures retry_at reason made_at changed_at",
    ),
    plain_table(
        "media_photo",
        "The photos of a clip that is a film of photos.",
        _TECHNICAL,
        "id clip_id number upload_id original_key key width height",
    ),
    plain_table(
        "media_weight",
        "What lies beside the renditions of a clip, in bytes.",
        _TECHNICAL,
        "clip_id photo_bytes sound_bytes hls_bytes picture_bytes counted_at",
    ),
    Table(
        "media_credentials",
        "Content Credentials of originals: what a file says about how it was made, signed by who made it.",
        {
            **plain(_TECHNICAL, "clip_id state read_at"),
            "issuer": Personal(Category.CONTENT, "shown under the video: who signed"),
            "made_with_ai": Personal(Category.CONTENT, "shown under the video"),
            "store": Personal(Category.CONTENT, "for its owner alone; may hold names and places"),
        },
        "as long as its clip",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "media_clipframes",
        "What clips look like, to know them again.",
        {
            **plain(_TECHNICAL, "clip_id"),
            "hashes": Personal(Category.CONTENT, "compared with other uploads; pictures cannot be made from it"),
            "keys": Personal(Category.CONTENT, "parts of the same, to find it quickly"),
        },
        "as long as its clip",
        Region.HOME,
        CASCADE,
    ),
    plain_table(
        "media_likeness",
        "Which clip resembles which.",
        _TECHNICAL,
        "id clip_id other_id share",
    ),
    plain_table(
        "media_knownpicture",
        "Pictures of lists: of what was removed here, or of what others know. They name nobody.",
        "hashes of pictures, without a person",
        "id list_name hash keys made_at",
    ),
    plain_table(
        "media_sighting",
        "Clips in which pictures of a list were found.",
        _TECHNICAL,
        "id clip_id list_name pictures seen_at",
    ),
    Table(
        "sounds_sound",
        "Sounds that videos share.",
        {
            **plain(
                _TECHNICAL,
                "kind clip_id slug file_key master_key length_ms loops mood tempo beats_ms fingerprint_keys peaks",
            ),
            "id": Plain(ROW_ID),
            "owner_id": Personal(Category.LINK, "who is credited"),
            "name": Personal(Category.CONTENT, "shown on the sound's page"),
            "credit": Personal(Category.CONTENT, "shown on the sound's page"),
            "licence": Personal(Category.CONTENT, "shown on the sound's page"),
            "may_reuse": Personal(Category.CONTENT, "whether others may use it"),
            "fingerprint": Personal(
                Category.CONTENT, "knows the sound again in other uploads", retention="until its video is deleted"
            ),
            "muted_at": Personal(Category.OFFICE, "since when it may not be heard"),
            "muted_reason": Personal(Category.OFFICE, "told to the authors of its videos"),
            "made_at": Personal(Category.CONTENT, "who was first"),
        },
        "words until the owner leaves; the row as long as videos have the sound",
        Region.PUBLIC,
        "`sounds.forget_person`, by a hook of `accounts.delete_person`",
    ),
    Table(
        "videos_video",
        "Videos with their words and audience.",
        {
            **plain(_TECHNICAL, "clip_id next_clip_id last_clip_id state changed_at remake_asked_at pinned_at"),
            "sound_id": Personal(Category.CONTENT, "which sound it has"),
            "uses_sound": Personal(Category.CONTENT, "whether its author laid that sound under it"),
            "sound_start_ms": Personal(Category.CONTENT, "where in the sound it begins"),
            "sound_percent": Personal(Category.CONTENT, "how loud the sound is"),
            "own_percent": Personal(Category.CONTENT, "how loud what the file brings is"),
            "id": Plain(ROW_ID),
            "author_id": Personal(Category.LINK, "who made it"),
            "caption": Personal(Category.CONTENT, "shown with the video"),
            "tags": Personal(Category.CONTENT, "found by"),
            "mentions": Personal(Category.CONTENT, "whom the caption names"),
            "visibility": Personal(Category.CONTENT, "who may watch"),
            "may_comment": Personal(Category.CONTENT, "whether others may comment"),
            "made_at": Personal(Category.CONTENT, "when it was made"),
            "published_at": Personal(Category.CONTENT, "order of lists"),
        },
        "until the author deletes it",
        Region.PUBLIC,
        "`videos.delete_video`, and a hook of `accounts.delete_person`",
    ),
    plain_table(
        "videos_gone",
        "Numbers of videos that everybody could watch until they were deleted, for 180 days; not of those who left.",
        "says that there was such a video, and nothing of whose it was or what it showed",
        "id gone_at",
    ),
    Table(
        "social_follow",
        "Who follows whom.",
        {
            "id": Plain(ROW_ID),
            "follower_id": Personal(Category.GRAPH, "whose Following feed it fills"),
            "followed_id": Personal(Category.GRAPH, "whose videos fill it"),
            "made_at": Personal(Category.GRAPH, "order of lists"),
        },
        "until unfollowed",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "social_like",
        "Who likes which video.",
        {
            "id": Plain(ROW_ID),
            "person_id": Personal(Category.LINK, "who likes it"),
            "video_id": Personal(Category.GRAPH, "the mark on the video, and the feed"),
            "made_at": Personal(Category.GRAPH, "order of lists"),
        },
        "until taken back",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "social_comment",
        "What people say under videos.",
        {
            "id": Plain(ROW_ID),
            "author_id": Personal(Category.LINK, "who says it"),
            "video_id": Personal(Category.CONTENT, "where it stands"),
            "text": Personal(Category.CONTENT, "shown under the video"),
            "made_at": Personal(Category.CONTENT, "order of lists"),
            "deleted_at": Personal(Category.CONTENT, "hides it"),
        },
        "until deleted",
        Region.PUBLIC,
        CASCADE,
    ),
    plain_table(
        "events_videocounts",
        "Sums over everybody, for each video.",
        "sums that no one person can be read from",
        "video_id impressions plays completions loops watch_ms likes comments shares skips recent_plays"
        " recent_completions recent_at",
    ),
    Table(
        "events_event",
        "What was watched and done, partitioned by day (the partitions are this table's).",
        {
            **plain("of the ranker or the row", "id day received_at propensity model_version"),
            "at": Personal(Category.BEHAVIOUR, "order of a visit"),
            "kind": Personal(Category.BEHAVIOUR, "what happened; counts and the feed are made of it"),
            "video_id": Personal(Category.BEHAVIOUR, "to which video"),
            "person_id": Personal(Category.LINK, "whose feed learns from it; empty for visitors"),
            "viewer": Personal(Category.LINK, VIEWER_KEY, exported=False),
            "session": Personal(Category.LINK, "one visit of one page", exported=False),
            "source": Personal(Category.BEHAVIOUR, "in which list it stood"),
            "position": Personal(Category.BEHAVIOUR, "at which place"),
            "watch_ms": Personal(Category.BEHAVIOUR, "how long it was watched"),
            "loops": Personal(Category.BEHAVIOUR, "how often it began again"),
            "max_pos_ms": Personal(Category.BEHAVIOUR, "how far it was watched"),
            "data": Personal(Category.BEHAVIOUR, "details of the kind"),
        },
        _LOG_KEEPS,
        Region.HOME,
        _FORGET,
    ),
    plain_table(
        "events_loosekey",
        "Ids of reports, so that a repeat counts once.",
        "random numbers with a time",
        "id received_at",
    ),
    Table(
        "events_seen",
        "What was on a viewer's screen, so that feeds do not repeat it.",
        {
            "viewer": Personal(Category.LINK, VIEWER_KEY, exported=False),
            "video_id": Personal(Category.BEHAVIOUR, "which video"),
            "seen_at": Personal(Category.BEHAVIOUR, "when"),
        },
        _SEEN_KEEPS,
        Region.HOME,
        _FORGET,
    ),
)
