"""All reads of what people do with each other."""

from revue.social.queries.boundaries import apart_from, is_apart, is_restricted, not_apart
from revue.social.queries.comment_review import comment_rules, comment_rules_of, held_comments
from revue.social.queries.comments import comment_json, commented_at, comments, former_texts, replies
from revue.social.queries.follows import followed_ids, is_following, ties_topic
from revue.social.queries.likes import liked_ids, likes_of
from revue.social.queries.lists import follow_list, follow_requests, kept, may_see_videos, tie
from revue.social.queries.people import MOST_SUGGESTED, mentioned, people_beginning, person_counts, person_page
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
    "apart_from",
    "collection",
    "collections",
    "comment_json",
    "comment_rules",
    "comment_rules_of",
    "commented_at",
    "comments",
    "follow_list",
    "follow_requests",
    "followed_ids",
    "former_texts",
    "has_public_collections",
    "held_comments",
    "is_apart",
    "is_following",
    "is_restricted",
    "kept",
    "liked_ids",
    "likes_of",
    "may_see_videos",
    "mentioned",
    "not_apart",
    "people_beginning",
    "person_counts",
    "person_page",
    "replies",
    "reposts_of",
    "saves_in",
    "saves_of",
    "tie",
    "ties_topic",
]
