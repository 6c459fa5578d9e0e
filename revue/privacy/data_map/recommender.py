"""What the recommender keeps."""

from revue.privacy.data_map.videos import VIEWER_KEY
from revue.privacy.data_map.words import Category, Personal, Region, Table, plain, plain_table

_LEARNS = "the feed learns from it"

TABLES: tuple[Table, ...] = (
    plain_table(
        "recommender_videovector",
        "Where a video lies among all others by what it shows, sounds and says; goes with the video.",
        "computed from a video",
        "video_id means vector made_at",
    ),
    Table(
        "recommender_watch",
        "What a viewer did with a video: all that the feed knows of a viewer's taste.",
        {
            **plain("of the ranker", "propensity model_version"),
            "viewer": Personal(Category.LINK, VIEWER_KEY, exported=False),
            "video_id": Personal(Category.BEHAVIOUR, "which video"),
            "at": Personal(Category.BEHAVIOUR, "when; the newest weigh most"),
            "source": Personal(Category.BEHAVIOUR, "in which list it stood"),
            "position": Personal(Category.BEHAVIOUR, "at which place"),
            **{
                name: Personal(Category.BEHAVIOUR, _LEARNS)
                for name in (
                    *("watch_ms", "reward", "is_long", "is_skip", "is_liked", "is_shared", "is_commented"),
                    "is_followed",
                )
            },
        },
        "180 days, or until its viewer takes it away",
        Region.HOME,
        "`recommender.taste.forget_person`, a hook of `accounts.delete_person`",
    ),
)
