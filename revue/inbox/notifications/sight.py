"""What of a person's notices they may still see: the one question behind the list, the count and the push.

A notice outlives what it tells of: videos are hidden and deleted, comments too, people leave or block each other. What
stands below a comment is hidden with that. So it is asked at each reading. The statement looks into tables of apps
below, as feeds do: decision 0107.
"""

from typing import Final

from revue.inbox.notifications.contracts import NoticeKind
from revue.videos import policy
from revue.videos.contracts import VideoState

BY_NOBODY: Final = (
    NoticeKind.VIDEO_READY.value,
    NoticeKind.VIDEO_OUT.value,
    NoticeKind.VIDEO_FAILED.value,
    NoticeKind.SOUND_MUTED.value,
    NoticeKind.SECURITY.value,
)
# Those of a notice's people whom its owner may hear of.
ACTORS: Final = """
FROM inbox_noticeactor AS a
JOIN accounts_person AS p ON p.id = a.actor_id AND p.is_active
WHERE a.notice_id = n.id
    AND NOT EXISTS (SELECT 1 FROM social_block AS b WHERE b.blocker_id = n.person_id AND b.blocked_id = a.actor_id)
    AND NOT EXISTS (SELECT 1 FROM social_block AS b WHERE b.blocker_id = a.actor_id AND b.blocked_id = n.person_id)
    AND NOT EXISTS (SELECT 1 FROM social_mute AS m WHERE m.muter_id = n.person_id AND m.muted_id = a.actor_id)
"""
# Of the parameter `viewer`, whose they are.
NOTICES: Final = f"""
FROM inbox_notice AS n
LEFT JOIN videos_video AS v ON v.id = n.video_id
LEFT JOIN accounts_person AS w ON w.id = v.author_id
LEFT JOIN social_comment AS c ON c.id = n.comment_id
LEFT JOIN social_comment AS r ON r.id = c.thread_id
WHERE n.person_id = %(viewer)s
    AND (
        n.video_id IS NULL OR (v.author_id = %(viewer)s AND v.state <> '{VideoState.BINNED.value}')
        OR (w.is_active AND {policy.WATCHABLE})
    )
    AND (n.comment_id IS NULL OR (c.deleted_at IS NULL AND c.held_for = ''))
    AND (
        r.id IS NULL OR r.author_id = %(viewer)s
        OR ((r.held_for = '' OR v.author_id = %(viewer)s) AND (r.author_id NOT IN {policy.APART}) IS NOT FALSE)
    )
    AND (n.kind IN {BY_NOBODY} OR EXISTS (SELECT 1 {ACTORS}))
"""
