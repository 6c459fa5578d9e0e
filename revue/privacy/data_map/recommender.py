"""What the recommender keeps."""

from revue.privacy.data_map.videos import VIEWER_KEY
from revue.privacy.data_map.words import Category, Personal, Plain, Region, Table, plain, plain_table

_LEARNS = "the feed learns from it"
_CONTROLS_KEEP = "until its viewer takes it back; of visitors 180 days"
_CONTROLS_GO = "`recommender.controls.forget_person`, a hook of `accounts.delete_person`"
_VIEWER = Personal(Category.LINK, VIEWER_KEY, exported=False)
_WHEN = Personal(Category.BEHAVIOUR, "order of the list")

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
                    *("watch_ms", "reward", "is_long", "long_at", "is_skip", "is_liked", "is_shared", "is_commented"),
                    "is_followed",
                    "is_saved",
                    "is_reposted",
                )
            },
        },
        "180 days, or until its viewer takes it away",
        Region.HOME,
        "`recommender.watches.forget_person`, a hook of `accounts.delete_person`",
    ),
    plain_table(
        "recommender_videotopic",
        "What a video is about, by its words; goes with the video.",
        "computed from a video",
        "video_id topics edition made_at",
    ),
    plain_table(
        "recommender_trainingstep",
        "How the trainer's minutes went, added up over everybody who watched in them; gone after 30 days.",
        "a sum over all viewers of a minute",
        "id kind at events loss ndcg auc judged long pairs model_wins score_wins trust drift version refused",
    ),
    plain_table(
        "recommender_chart",
        "What everybody is shown who wants no personal feed; gone after a day.",
        "the same for everybody",
        "period locale videos reasons",
    ),
    Table(
        "recommender_notinterested",
        "What a viewer does not want to be shown.",
        {
            "viewer": _VIEWER,
            "kind": Personal(Category.BEHAVIOUR, "a video, a creator, a sound, a topic or a tag"),
            "target": Personal(Category.BEHAVIOUR, "which; it stands in none of their feeds"),
            "made_at": _WHEN,
        },
        _CONTROLS_KEEP,
        Region.HOME,
        _CONTROLS_GO,
    ),
    Table(
        "recommender_topicdial",
        "How much of a topic a viewer wants.",
        {
            "viewer": _VIEWER,
            "topic": Personal(Category.BEHAVIOUR, "which topic"),
            "step": Personal(Category.BEHAVIOUR, "from never to much more"),
            "made_at": _WHEN,
        },
        _CONTROLS_KEEP,
        Region.HOME,
        _CONTROLS_GO,
    ),
    Table(
        "recommender_mutedword",
        "Words that keep a video from a viewer.",
        {
            "viewer": _VIEWER,
            "plain": Personal(Category.BEHAVIOUR, "the word as it is compared"),
            "word": Personal(Category.BEHAVIOUR, "the word as it was written"),
            "made_at": _WHEN,
        },
        _CONTROLS_KEEP,
        Region.HOME,
        _CONTROLS_GO,
    ),
    Table(
        "recommender_feedsetting",
        "How a viewer wants their feeds.",
        {
            "viewer": _VIEWER,
            "is_personalised": Personal(Category.BEHAVIOUR, "whether For You is made for them"),
            "is_history_paused": Personal(Category.BEHAVIOUR, "whether what they watch leaves no trace of them"),
            "most_videos": Personal(Category.BEHAVIOUR, "where a visit ends"),
            "most_minutes": Personal(Category.BEHAVIOUR, "when a visit ends"),
            "changed_at": Plain("when a visitor's row may go"),
        },
        _CONTROLS_KEEP,
        Region.HOME,
        _CONTROLS_GO,
    ),
)
