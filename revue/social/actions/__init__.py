"""All that people do with each other and with videos. One transaction each, safe to repeat and to run beside itself."""

from revue.social.actions.collections import delete_collection, edit_collection, make_collection
from revue.social.actions.comments import delete_comment, write_comment
from revue.social.actions.follows import follow_person, unfollow_person
from revue.social.actions.likes import like_video, unlike_video
from revue.social.actions.reposts import repost_video, unrepost_video
from revue.social.actions.saves import MOST_AT_ONCE, move_saves, save_video, unsave_video
from revue.social.actions.shares import share_video
from revue.social.actions.upkeep import recount

__all__ = [
    "MOST_AT_ONCE",
    "delete_collection",
    "delete_comment",
    "edit_collection",
    "follow_person",
    "like_video",
    "make_collection",
    "move_saves",
    "recount",
    "repost_video",
    "save_video",
    "share_video",
    "unfollow_person",
    "unlike_video",
    "unrepost_video",
    "unsave_video",
    "write_comment",
]
