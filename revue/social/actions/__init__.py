"""All that people do with each other and with videos. One transaction each, safe to repeat and to run beside itself."""

from revue.social.actions.comments import delete_comment, write_comment
from revue.social.actions.follows import follow_person, unfollow_person
from revue.social.actions.likes import like_video, unlike_video
from revue.social.actions.mentions import tell_named
from revue.social.actions.shares import share_video
from revue.social.actions.upkeep import recount

__all__ = [
    "delete_comment",
    "follow_person",
    "like_video",
    "recount",
    "share_video",
    "tell_named",
    "unfollow_person",
    "unlike_video",
    "write_comment",
]
