"""Who follows whom, what they keep from each other, who likes, saves and passes on what, and what they say."""

from revue.social.models.boundaries import Block, Mute, Restriction
from revue.social.models.comments import Comment, CommentLike, CommentRules, FormerComment
from revue.social.models.follows import Follow, FollowRequest
from revue.social.models.likes import Like
from revue.social.models.reposts import Repost
from revue.social.models.saves import Collection, Save

__all__ = [
    "Block",
    "Collection",
    "Comment",
    "CommentLike",
    "CommentRules",
    "Follow",
    "FollowRequest",
    "FormerComment",
    "Like",
    "Mute",
    "Repost",
    "Restriction",
    "Save",
]
