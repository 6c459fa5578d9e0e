"""All reads of what people do with each other."""

from revue.social.queries.boundaries import apart_from, is_apart, is_restricted, not_apart
from revue.social.queries.comments import commented_at, comments
from revue.social.queries.follows import followed_ids, is_followed_by, is_following, ties_topic
from revue.social.queries.likes import liked_ids
from revue.social.queries.lists import follow_list, follow_requests, kept, tie
from revue.social.queries.people import MOST_SUGGESTED, mentioned, people_beginning, person_counts, person_page

__all__ = [
    "MOST_SUGGESTED",
    "apart_from",
    "commented_at",
    "comments",
    "follow_list",
    "follow_requests",
    "followed_ids",
    "is_apart",
    "is_followed_by",
    "is_following",
    "is_restricted",
    "kept",
    "liked_ids",
    "mentioned",
    "not_apart",
    "people_beginning",
    "person_counts",
    "person_page",
    "tie",
    "ties_topic",
]
