"""What people are told, what they want to be told, and the browsers that are told."""

from revue.privacy.data_map.words import (
    CASCADE,
    ROW_ID,
    WITH_PERSON,
    Category,
    Personal,
    Plain,
    Region,
    Table,
    plain,
)

_KEEPS = "180 days; sooner when what it tells of is taken back before it was read"

TABLES = (
    Table(
        "inbox_notice",
        "What a person is told in their inbox.",
        {
            **plain("order and state of the list", "id place is_open"),
            "person_id": Personal(Category.LINK, "who is told"),
            "kind": Personal(Category.BEHAVIOUR, "what happened"),
            "key": Personal(Category.LINK, "puts together what is told together", exported=False),
            "video_id": Personal(Category.CONTENT, "the video it is about"),
            "comment_id": Personal(Category.CONTENT, "the comment it is about"),
            "event": Personal(Category.CREDENTIAL, "what was done to how they sign in"),
            "browser": Personal(Category.DEVICE, "the name of the browser that did it, such as Firefox"),
            "made_at": Personal(Category.BEHAVIOUR, "until when others join it"),
            "told_at": Personal(Category.BEHAVIOUR, "when it happened"),
            "read_at": Personal(Category.BEHAVIOUR, "what is new for them"),
        },
        _KEEPS,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "inbox_noticeactor",
        "Who did what a notice tells.",
        {
            "id": Plain(ROW_ID),
            "notice_id": Personal(Category.LINK, "who is told of it"),
            "actor_id": Personal(Category.LINK, "who did it"),
            "key": Personal(Category.LINK, "tells of it once, however often it is taken back", exported=False),
        },
        _KEEPS,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "inbox_preferences",
        "What a person wants to be told, and how.",
        {
            "person_id": Personal(Category.LINK, "whose they are"),
            "hidden": Personal(Category.PROFILE, "of what they are told nothing"),
            "not_pushed": Personal(Category.PROFILE, "of what they are told in the app only"),
            "quiet_from": Personal(Category.PROFILE, "from when nothing is pushed"),
            "quiet_to": Personal(Category.PROFILE, "until when nothing is pushed"),
            "time_zone": Personal(Category.DEVICE, "where these hours are; of the browser that set them"),
            "wants_digest": Personal(Category.PROFILE, "whether they get a weekly mail"),
            "digest_at": Personal(Category.CONTACT, "when they last got one"),
            "language": Personal(Category.PROFILE, "of that mail; of the browser that asked for it"),
        },
        WITH_PERSON,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "inbox_subscription",
        "Browsers that are told by push.",
        {
            "id": Plain(ROW_ID),
            "person_id": Personal(Category.LINK, "who is told"),
            "session": Personal(Category.DEVICE, "in which session; a hash that opens nothing", exported=False),
            "endpoint": Personal(Category.DEVICE, "the browser's address at its push service", exported=False),
            "public_key": Personal(Category.DEVICE, "only that browser can read", exported=False),
            "auth": Personal(Category.CREDENTIAL, "only we can write to it", exported=False),
            "made_at": Personal(Category.DEVICE, "the oldest of many give way"),
            "language": Personal(Category.DEVICE, "what it is told in"),
        },
        "until unsubscribed, signed out, or the push service knows it no more",
        Region.HOME,
        CASCADE,
    ),
)
