"""Who follows whom, who likes what, and what they say."""

from revue.social.models.comments import Comment
from revue.social.models.follows import Follow
from revue.social.models.likes import Like

__all__ = ["Comment", "Follow", "Like"]
