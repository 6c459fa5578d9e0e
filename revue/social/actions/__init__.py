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
from revue.social.actions.comments import delete_comment, write_comment
from revue.social.actions.follows import (
    approve_request,
    decline_request,
    follow_person,
    follow_private,
    remove_follower,
    unfollow_person,
)
from revue.social.actions.likes import like_video, unlike_video
from revue.social.actions.mentions import tell_named
from revue.social.actions.shares import share_video
from revue.social.actions.upkeep import recount

__all__ = [
    "approve_request",
    "block_people",
    "block_person",
    "decline_request",
    "delete_comment",
    "follow_person",
    "follow_private",
    "like_video",
    "mute_person",
    "recount",
    "remove_follower",
    "restrict_person",
    "share_video",
    "tell_named",
    "unblock_person",
    "unfollow_person",
    "unlike_video",
    "unmute_person",
    "unrestrict_person",
    "write_comment",
]
