"""All that people do with each other and with videos. One transaction each, safe to repeat and to run beside itself."""

from revue.social.actions.boundaries import (
    block_people,
    block_person,
    mute_person,
    restrict_person,
    unblock_person,
    unmute_person,
    unrestrict_person,
)
from revue.social.actions.collections import delete_collection, edit_collection, make_collection
from revue.social.actions.comment_likes import like_comment, unlike_comment
from revue.social.actions.comment_pins import pin_comment, unpin_comment
from revue.social.actions.comment_review import approve_comment, change_comments
from revue.social.actions.comment_rules import add_filter_words, remove_filter_word, set_approves_first
from revue.social.actions.comments import delete_comment, edit_comment, write_comment
from revue.social.actions.follows import (
    approve_request,
    decline_request,
    follow_person,
    follow_private,
    remove_follower,
    unfollow_person,
)
from revue.social.actions.leave import forget_person
from revue.social.actions.likes import like_video, unlike_video
from revue.social.actions.mentions import tell_named
from revue.social.actions.pairs import hold_pairs
from revue.social.actions.reposts import repost_video, unrepost_video
from revue.social.actions.saves import MOST_AT_ONCE, move_saves, save_video, unsave_video
from revue.social.actions.shares import share_video
from revue.social.actions.upkeep import recount

__all__ = [
    "MOST_AT_ONCE",
    "add_filter_words",
    "approve_comment",
    "approve_request",
    "block_people",
    "block_person",
    "change_comments",
    "decline_request",
    "delete_collection",
    "delete_comment",
    "edit_collection",
    "edit_comment",
    "follow_person",
    "follow_private",
    "forget_person",
    "hold_pairs",
    "like_comment",
    "like_video",
    "make_collection",
    "move_saves",
    "mute_person",
    "pin_comment",
    "recount",
    "remove_filter_word",
    "remove_follower",
    "repost_video",
    "restrict_person",
    "save_video",
    "set_approves_first",
    "share_video",
    "tell_named",
    "unblock_person",
    "unfollow_person",
    "unlike_comment",
    "unlike_video",
    "unmute_person",
    "unpin_comment",
    "unrepost_video",
    "unrestrict_person",
    "unsave_video",
    "write_comment",
]
