"""A network that has been in use for a while, by few statements.

People, videos, follows, likes, comments, messages, notices, watches, and the index of the search.
"""

import dataclasses
import datetime
from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connection
from django.test import Client

from revue.events import partitions
from revue.inbox.messages.contracts import ConversationState
from revue.inbox.notifications.contracts import NoticeKind
from revue.platform import clock
from revue.search import actions as search
from revue.social import actions as social
from tests.people import client_of, make_person, viewer_of
from tests.published import multiply, publish

FOLLOWED, LIKED, SAID = 20, 20, 5  # by each person
NOTICES = 10  # to each person
TALKS, WRITTEN = 5, 8  # conversations that each person has begun, and messages of each
BY_ONE = 100  # one person made a hundredth of all videos: theirs is the profile that is measured
UNDER_ONE = 1000  # comments under the video that is measured
KEPT_DAYS = 30
_PEOPLE = """
INSERT INTO accounts_person SELECT (jsonb_populate_record(p, jsonb_build_object(
    'id', p.id - n, 'handle', 'person' || n, 'name', 'Person ' || n))).*
FROM accounts_person AS p, generate_series(1, %(count)s) AS n WHERE p.id = %(person)s
"""
# Who and what: each takes places at their own distance, so that no pair comes twice.
_FOLLOWS = """
INSERT INTO social_follow (id, follower_id, followed_id, made_at)
SELECT %(first)s - row_number() OVER (), %(person)s - who, %(person)s - 1 - (who + step * step) %% %(people)s, now()
FROM generate_series(1, %(people)s) AS who, generate_series(1, %(each)s) AS step
ON CONFLICT DO NOTHING
"""
_LIKES = """
INSERT INTO social_like (id, person_id, video_id, made_at)
SELECT %(first)s - row_number() OVER (), %(person)s - who, %(video)s - (who * 7 + step * step) %% %(videos)s, now()
FROM generate_series(1, %(people)s) AS who, generate_series(1, %(each)s) AS step
ON CONFLICT DO NOTHING
"""
_COMMENTS = """
INSERT INTO social_comment (id, author_id, video_id, text, made_at, held_for, likes, replies)
SELECT %(first)s - row_number() OVER (), %(person)s - who,
    %(video)s - (CASE WHEN who <= %(under_one)s AND step = 1 THEN 0 ELSE who * step END) %% %(videos)s,
    'What a dance', now(), '', 0, 0
FROM generate_series(1, %(people)s) AS who, generate_series(1, %(each)s) AS step
"""
# Numbers lie ten apart: those of a conversation's messages come after its own.
_CONVERSATIONS = """
INSERT INTO inbox_conversation (id, low_id, high_id, made_at)
SELECT %(first)s - 10 * row_number() OVER (), least(one, other), greatest(one, other), now()
FROM (
    SELECT %(person)s - who AS one, %(person)s - 1 - (who + step * step) %% %(people)s AS other
    FROM generate_series(1, %(people)s) AS who, generate_series(1, %(each)s) AS step
) AS pairs WHERE one <> other ON CONFLICT DO NOTHING
"""
_PARTICIPANTS = f"""
INSERT INTO inbox_participant (id, conversation_id, person_id, other_id, state, place, read_to, cleared_to, is_muted)
SELECT 2 * id + side, id, CASE side WHEN 0 THEN low_id ELSE high_id END, CASE side WHEN 0 THEN high_id ELSE low_id END,
    '{ConversationState.OPEN.value}', id + %(written)s, CASE side WHEN 0 THEN 0 ELSE id + %(written)s END, 0, false
FROM inbox_conversation, generate_series(0, 1) AS side
"""
_MESSAGES = """
INSERT INTO inbox_message (id, conversation_id, author_id, text, has_video, made_at)
SELECT id + n, id, CASE n %% 2 WHEN 0 THEN high_id ELSE low_id END, 'What a dance', false, now()
FROM inbox_conversation, generate_series(1, %(written)s) AS n
"""
_NOTICES = f"""
WITH told AS (
    INSERT INTO inbox_notice (id, person_id, kind, key, place, event, browser, made_at, told_at, is_open)
    SELECT id, %(person)s - who, '{NoticeKind.FOLLOW.value}', 'follow:' || id, id, '', '', now(), now(), false
    FROM (
        SELECT %(first)s - row_number() OVER () AS id, who
        FROM generate_series(1, %(people)s) AS who, generate_series(1, %(each)s)
    ) AS numbered RETURNING id, person_id, key
)
INSERT INTO inbox_noticeactor (id, notice_id, actor_id, key)
SELECT id, id, %(person)s - 1 - (id %% %(people)s), key FROM told
"""
_EVENTS = """
INSERT INTO events_event (id, day, at, received_at, kind, video_id, person_id, viewer, session, source, position,
    model_version, watch_ms, loops, max_pos_ms)
SELECT gen_random_uuid(), day::date, day, day, 'watch_end', %(video)s - (n * 7919) %% %(videos)s, person, person,
    'session' || n %% 50000, 'foryou', n %% 50, 'none', 4000, 0, 4000
FROM generate_series(1, %(events)s::bigint) AS n,
    LATERAL (SELECT %(now)s - (n %% %(days)s) * interval '1 day' AS day,
        %(person)s - 1 - n %% %(people)s AS person) AS at
"""
_SEEN = """
INSERT INTO events_seen (viewer, video_id)
SELECT DISTINCT viewer, video_id FROM events_event ON CONFLICT DO NOTHING
"""
_COUNTS = """
INSERT INTO events_videocounts (video_id, impressions, plays, completions, loops, watch_ms, likes, comments, shares,
    skips, recent_plays, recent_completions)
SELECT v.id, e.plays, e.plays, e.plays / 2, 0, e.plays * 4000, 0, 0, 0, 0, e.plays, e.plays / 2
FROM videos_video AS v JOIN (SELECT video_id, count(*) AS plays FROM events_event GROUP BY video_id) AS e
    ON e.video_id = v.id
ON CONFLICT (video_id) DO UPDATE SET plays = excluded.plays, recent_plays = excluded.recent_plays
"""


@dataclasses.dataclass(frozen=True)
class Filled:
    """Whom and what the requests are about."""

    person_id: int  # one who follows, likes and is followed like the others
    handle: str  # whose profile is measured: somebody else's
    video_id: int  # the newest, with the most comments


def fill(*, videos: int, people: int, watches: int) -> Filled:
    """Make them. An event of the log is a watch that ended."""
    author = make_person("first")
    video_id = publish(author, caption="Dancing in the rain #rain #dance", tags=["rain", "dance"])
    said = social.write_comment(viewer=viewer_of(author), video_id=video_id, text="What a dance").id
    now = clock.now()
    partitions.make((now - datetime.timedelta(days=KEPT_DAYS)).date(), days=KEPT_DAYS + 1)
    about = {"person": author, "video": video_id, "people": people, "videos": videos}
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"count": people, "person": author})
        authors = [author if n % BY_ONE == 0 else author - 1 - n for n in range(people)]
        multiply(cursor, videos - 1, authors=authors)
        cursor.execute(_FOLLOWS, {**about, "first": video_id, "each": FOLLOWED})
        cursor.execute(_LIKES, {**about, "first": video_id, "each": LIKED})
        cursor.execute(_COMMENTS, {**about, "first": said, "each": SAID, "under_one": UNDER_ONE})
        cursor.execute(_EVENTS, {**about, "events": watches, "days": KEPT_DAYS, "now": now})
        cursor.execute(_SEEN)
        cursor.execute(_COUNTS)
        cursor.execute(_NOTICES, {**about, "first": video_id, "each": NOTICES})
        cursor.execute(_CONVERSATIONS, {**about, "first": video_id, "each": TALKS})
        for statement in (_PARTICIPANTS, _MESSAGES):
            cursor.execute(statement, {"written": WRITTEN})
        social.recount()
        search.rebuild()
        cursor.execute("ANALYZE")
    return Filled(author - 1, "first", video_id)


def signed_in(person_ids: Iterable[int]) -> list[Client]:
    """Browsers in which these people have signed in."""
    clients = []
    for person_id in person_ids:
        client = client_of(person_id)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        UserSession.objects.create(user_id=person_id, session_key=key, ip="127.0.0.1", user_agent="bench")
        clients.append(client)
    return clients
