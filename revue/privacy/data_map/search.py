"""What is searched: words of things that everybody may find, once more. Nobody's questions are kept."""

from revue.privacy.data_map.words import CASCADE, WITH_PERSON, Category, Column, Personal, Plain, Region, Table, plain

_COUNTED = "how popular it is, counted now and then"
_DIGEST = Plain("tells whether the row is still right")


def _counted() -> dict[str, Column]:
    return plain(_COUNTED, "popular popular_before counted_at")


TABLES = (
    Table(
        "search_video",
        "Words by which public videos are found.",
        {
            **_counted(),
            "video_id": Plain("which video"),
            "words": Personal(Category.CONTENT, "finds the video by its caption and its author", exported=False),
            "published_at": Personal(Category.CONTENT, "newer videos are found first", exported=False),
            "digest": _DIGEST,
        },
        "as long as its video is public",
        Region.PUBLIC,
        CASCADE,
    ),
    Table(
        "search_person",
        "Words by which people are found.",
        {
            **_counted(),
            "person_id": Personal(Category.LINK, "whose they are", exported=False),
            "words": Personal(Category.PROFILE, "finds the person by handle, name and bio", exported=False),
            "digest": _DIGEST,
        },
        WITH_PERSON,
        Region.PUBLIC,
        CASCADE,
    ),
    Table(
        "search_sound",
        "Words by which sounds are found.",
        {
            **_counted(),
            "sound_id": Plain("which sound"),
            "words": Personal(Category.CONTENT, "finds the sound by its name and its owner", exported=False),
            "digest": _DIGEST,
        },
        "as long as public videos have the sound",
        Region.PUBLIC,
        "`search.forget_person`, a hook of `accounts.delete_person`",
    ),
    Table(
        "search_tag",
        "Tags of public videos.",
        {**_counted(), "name": Plain("a tag, not by whom"), "plain": Plain("the same, folded")},
        "as long as public videos have it",
        Region.PUBLIC,
    ),
)
