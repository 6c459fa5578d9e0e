"""Who follows whom, what they keep from each other, who likes what, and what they say."""

from revue.social.models.boundaries import Block, Mute, Restriction
from revue.social.models.comments import Comment
from revue.social.models.follows import Follow, FollowRequest
from revue.social.models.likes import Like

__all__ = ["Block", "Comment", "Follow", "FollowRequest", "Like", "Mute", "Restriction"]
