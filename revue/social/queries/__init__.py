"""All reads of what people do with each other."""

from revue.social.queries.boundaries import is_apart
from revue.social.queries.comments import commented_at, comments
from revue.social.queries.follows import followed_ids, follows_topic, is_followed_by, is_following
from revue.social.queries.likes import liked_ids
from revue.social.queries.people import MOST_SUGGESTED, people_beginning, person_counts, person_page

__all__ = [
    "MOST_SUGGESTED",
    "commented_at",
    "comments",
    "followed_ids",
    "follows_topic",
    "is_apart",
    "is_followed_by",
    "is_following",
    "liked_ids",
    "people_beginning",
    "person_counts",
    "person_page",
]
