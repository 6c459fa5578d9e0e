"""All reads of what people do with each other."""

from revue.social.queries.boundaries import is_apart
from revue.social.queries.comments import commented_at, comments
from revue.social.queries.follows import followed_ids, follows_topic, is_followed_by, is_following
from revue.social.queries.likes import liked_ids, likes_of
from revue.social.queries.people import MOST_SUGGESTED, people_beginning, person_counts, person_page
from revue.social.queries.reposts import reposts_of
from revue.social.queries.saves import (
    collection,
    collections,
    has_public_collections,
    saves_in,
    saves_of,
)

__all__ = [
    "MOST_SUGGESTED",
    "collection",
    "collections",
    "commented_at",
    "comments",
    "followed_ids",
    "follows_topic",
    "has_public_collections",
    "is_apart",
    "is_followed_by",
    "is_following",
    "liked_ids",
    "likes_of",
    "people_beginning",
    "person_counts",
    "person_page",
    "reposts_of",
    "saves_in",
    "saves_of",
]
