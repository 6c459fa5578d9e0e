"""All reads of what people do with each other."""

from revue.social.queries.boundaries import is_apart
from revue.social.queries.comment_review import comment_rules, comment_rules_of, held_comments
from revue.social.queries.comments import comment_json, commented_at, comments, former_texts, replies
from revue.social.queries.follows import followed_ids, follows_topic, is_followed_by, is_following
from revue.social.queries.likes import liked_ids
from revue.social.queries.people import MOST_SUGGESTED, people_beginning, person_counts, person_page

__all__ = [
    "MOST_SUGGESTED",
    "comment_json",
    "comment_rules",
    "comment_rules_of",
    "commented_at",
    "comments",
    "followed_ids",
    "follows_topic",
    "former_texts",
    "held_comments",
    "is_apart",
    "is_followed_by",
    "is_following",
    "liked_ids",
    "people_beginning",
    "person_counts",
    "person_page",
    "replies",
]
