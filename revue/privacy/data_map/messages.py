"""What people write to each other, and what was reported of it."""

from revue.privacy.data_map.words import CASCADE, ROW_ID, Category, Personal, Plain, Region, Table, plain

_TWO = f"{CASCADE}; either of the two"

TABLES = (
    Table(
        "inbox_conversation",
        "Who writes with whom.",
        {
            "id": Plain(ROW_ID),
            "low_id": Personal(Category.LINK, "one of the two"),
            "high_id": Personal(Category.LINK, "the other"),
            "made_at": Personal(Category.BEHAVIOUR, "since when"),
        },
        "as long as both accounts",
        Region.HOME,
        _TWO,
    ),
    Table(
        "inbox_participant",
        "How a conversation stands for one of the two.",
        {
            **plain("order of the list", "id place"),
            "conversation_id": Personal(Category.LINK, "which conversation"),
            "person_id": Personal(Category.LINK, "for whom"),
            "other_id": Personal(Category.LINK, "with whom"),
            "state": Personal(Category.GRAPH, "whether one of them asks to write"),
            "read_to": Personal(Category.BEHAVIOUR, "what they have read; the other sees it where both show it"),
            "cleared_to": Personal(Category.BEHAVIOUR, "what they have deleted"),
            "declined_at": Personal(Category.BEHAVIOUR, "when they declined a request; who asks is not told"),
            "is_muted": Personal(Category.BEHAVIOUR, "whether they are told of it"),
        },
        "as long as both accounts",
        Region.HOME,
        _TWO,
    ),
    Table(
        "inbox_message",
        "What people write to each other. Not sealed: whoever reads the database can read it.",
        {
            "id": Plain(ROW_ID),
            "conversation_id": Personal(Category.LINK, "which conversation"),
            "author_id": Personal(Category.LINK, "who wrote it"),
            "key": Personal(Category.DEVICE, "made up by their browser: sending twice makes one", exported=False),
            "text": Personal(Category.CONTENT, "what the two read"),
            "has_video": Personal(Category.CONTENT, "whether a video was sent with it"),
            "video_id": Personal(Category.CONTENT, "the video that was sent"),
            "made_at": Personal(Category.BEHAVIOUR, "when"),
            "unsent_at": Personal(Category.BEHAVIOUR, "when they took it back; text and video go with that"),
        },
        "until taken back, until both have deleted it, or as long as both accounts",
        Region.HOME,
        _TWO,
    ),
    Table(
        "inbox_messagereport",
        "Messages that somebody reported.",
        {
            "id": Plain(ROW_ID),
            "reporter_id": Personal(Category.LINK, "who reported it"),
            "reported_id": Personal(Category.LINK, "who wrote it", exported=False),
            "message_id": Personal(Category.CONTENT, "which message"),
            "reason": Personal(Category.OFFICE, "what is said to be wrong with it"),
            "text": Personal(Category.CONTENT, "what the reporter says beside it"),
            "said": Personal(Category.CONTENT, "the message and up to five before it, for the moderation"),
            "made_at": Personal(Category.BEHAVIOUR, "when"),
        },
        "180 days",
        Region.HOME,
        _TWO,
    ),
)
