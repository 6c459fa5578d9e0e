"""What the recommender keeps."""

from revue.privacy.data_map.words import Table, plain_table

TABLES: tuple[Table, ...] = (
    plain_table(
        "recommender_videovector",
        "Where a video lies among all others by what it shows, sounds and says; goes with the video.",
        "computed from a video",
        "video_id means vector made_at",
    ),
)
