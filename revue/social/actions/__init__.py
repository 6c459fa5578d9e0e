"""All that people do with each other and with videos. One transaction each, safe to repeat and to run beside itself."""

from revue.social.actions.comment_likes import like_comment, unlike_comment
from revue.social.actions.comment_pins import pin_comment, unpin_comment
from revue.social.actions.comment_review import approve_comment, change_comments
from revue.social.actions.comment_rules import add_filter_words, remove_filter_word, set_approves_first
from revue.social.actions.comments import delete_comment, edit_comment, write_comment
from revue.social.actions.follows import follow_person, unfollow_person
from revue.social.actions.leave import forget_person
from revue.social.actions.likes import like_video, unlike_video
from revue.social.actions.mentions import tell_named
from revue.social.actions.shares import share_video
from revue.social.actions.upkeep import recount

__all__ = [
    "add_filter_words",
    "approve_comment",
    "change_comments",
    "delete_comment",
    "edit_comment",
    "follow_person",
    "forget_person",
    "like_comment",
    "like_video",
    "pin_comment",
    "recount",
    "remove_filter_word",
    "set_approves_first",
    "share_video",
    "tell_named",
    "unfollow_person",
    "unlike_comment",
    "unlike_video",
    "unpin_comment",
    "write_comment",
]
