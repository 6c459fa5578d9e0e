"""What people keep from each other, and who has asked to follow whom."""

from revue.privacy.data_map.words import CASCADE, ROW_ID, Category, Personal, Plain, Region, Table


def _pair(name: str, holds: str, whose: tuple[str, str], whom: tuple[str, str], retention: str) -> Table:
    """A table whose rows tie one person to another."""
    return Table(
        name,
        holds,
        {
            "id": Plain(ROW_ID),
            whose[0]: Personal(Category.GRAPH, whose[1]),
            whom[0]: Personal(Category.GRAPH, whom[1]),
            "made_at": Personal(Category.GRAPH, "order of the list"),
        },
        retention,
        Region.HOME,
        CASCADE,
    )


TABLES = (
    _pair(
        "social_block",
        "Who has blocked whom.",
        ("blocker_id", "who finds nothing of the other's"),
        ("blocked_id", "who finds nothing of theirs either; never told"),
        "until unblocked",
    ),
    _pair(
        "social_mute",
        "Who has muted whom.",
        ("muter_id", "whose feeds leave the other out"),
        ("muted_id", "whom they leave out; never told"),
        "until unmuted",
    ),
    _pair(
        "social_restriction",
        "Whose comments wait to be approved.",
        ("restricter_id", "who approves them"),
        ("restricted_id", "whose comments wait; never told"),
        "until taken back",
    ),
    _pair(
        "social_followrequest",
        "Who has asked to follow a private account.",
        ("asker_id", "who would follow"),
        ("asked_id", "who answers"),
        "until answered or taken back",
    ),
)
