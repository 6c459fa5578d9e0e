"""What people keep for themselves and what they pass on."""

from revue.privacy.data_map.words import CASCADE, ROW_ID, Category, Personal, Plain, Region, Table

TABLES = (
    Table(
        "social_save",
        "Who keeps which video.",
        {
            "id": Plain(ROW_ID),
            "person_id": Personal(Category.LINK, "who keeps it"),
            "video_id": Personal(Category.GRAPH, "the mark on the video, and the list"),
            "collection_id": Personal(Category.GRAPH, "in which collection it lies"),
            "made_at": Personal(Category.GRAPH, "order of the list"),
        },
        "until taken back",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "social_collection",
        "Collections of what people keep.",
        {
            "id": Plain(ROW_ID),
            "owner_id": Personal(Category.LINK, "whose it is"),
            "name": Personal(Category.CONTENT, "shown to its owner, and with a public one", region=Region.PUBLIC),
            "is_public": Personal(Category.CONTENT, "whether others may see it"),
            "made_at": Personal(Category.CONTENT, "order of the list"),
        },
        "until deleted",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "social_repost",
        "Who has passed which video on.",
        {
            "id": Plain(ROW_ID),
            "person_id": Personal(Category.LINK, "who passes it on"),
            "video_id": Personal(Category.GRAPH, "what stands in the feeds of their followers"),
            "note": Personal(Category.CONTENT, "shown with it"),
            "made_at": Personal(Category.GRAPH, "order of lists"),
        },
        "until taken back",
        Region.PUBLIC,
        CASCADE,
    ),
)
