"""Tables of the machinery, cookies, and what is kept outside the database."""

from revue.privacy.data_map.words import (
    CASCADE,
    WITH_PERSON,
    Category,
    Cookie,
    Personal,
    Region,
    Store,
    Table,
    plain,
    plain_table,
)

_QUEUE = "about the job, not a person"
_DEMO = "about the demo, whose performers are no people"
_SCHEMA = "names of the program's own parts"

TABLES = (
    Table(
        "procrastinate_jobs",
        "Work that waits or runs. Finished jobs are removed at once.",
        {
            **plain(
                _QUEUE,
                "id queue_name task_name priority lock status scheduled_at attempts queueing_lock abort_requested"
                " worker_id",
            ),
            "args": Personal(
                Category.CONTENT, "ids to work on; a mail's address and words until it is sent", exported=False
            ),
        },
        "until the job is done: seconds, or hours where a mail server is away",
        Region.HOME,
        "removed when done",
    ),
    plain_table("procrastinate_events", "When jobs changed.", _QUEUE, "id job_id type at"),
    plain_table("procrastinate_workers", "Workers that live.", "about processes", "id last_heartbeat"),
    plain_table(
        "procrastinate_periodic_defers",
        "Ticks of the clock.",
        _QUEUE,
        "id task_name defer_timestamp job_id periodic_id",
    ),
    Table(
        "platform_cache",
        "Short-lived memory, such as how often an address failed to sign in. Emptied by every restart of the database.",
        {
            "cache_key": Personal(Category.DEVICE, "limits on sign-in, by network address and account", exported=False),
            "value": Personal(Category.DEVICE, "times of the last tries", exported=False),
            **plain("when it ends", "expires"),
        },
        "minutes",
        Region.INSTANCE,
        "ends by itself",
    ),
    Table(
        "platform_limit",
        "How often someone may do something.",
        {
            "key": Personal(Category.DEVICE, "a keyed hash of who and what", exported=False),
            "whole_at": Personal(Category.DEVICE, "when the allowance is whole again", exported=False),
        },
        "an hour after the last use",
        Region.INSTANCE,
        "ends by itself",
    ),
    Table(
        "demo_performer",
        "The accounts that play the demo's cast.",
        {
            **plain("a name of the cast", "member"),
            "person_id": Personal(Category.LINK, "which account plays it; performers are no people", exported=False),
        },
        WITH_PERSON,
        Region.HOME,
        CASCADE,
    ),
    plain_table("demo_number", "Turns of the demo that were posted.", _DEMO, "key video_id is_applauded made_at"),
    plain_table("demo_wish", "Whether the instance wants a demo.", _DEMO, "id is_wanted"),
    plain_table("auth_permission", "Names of permissions.", _SCHEMA, "id name content_type_id codename"),
    plain_table("auth_group", "Names of groups; unused.", _SCHEMA, "id name"),
    plain_table("auth_group_permissions", "Permissions of groups; unused.", _SCHEMA, "id group_id permission_id"),
    plain_table("django_content_type", "Names of tables.", _SCHEMA, "id app_label model"),
    plain_table("django_migrations", "Which migrations ran.", _SCHEMA, "id app name applied"),
)

COOKIES = (
    Cookie("sessionid", "keeps a person signed in", "30 days, or until sign-out", "signing in or up", False),  # noqa: FBT003
    Cookie(
        "csrftoken",
        "proves that a change comes from our own page",
        "one year",
        "the session is read or someone signs in",
        is_readable_by_scripts=True,
    ),
    Cookie(
        "revue_visitor",
        "lets a visitor's feed go on without repeats; a random number, signed, and no more",
        "until the browser is closed",
        "a visitor opens a page of the web app",
        is_readable_by_scripts=False,
    ),
    Cookie(
        "messages",
        "shows an admin what the console just did",
        "until the next page of the console",
        "an admin changes something in the console",
        is_readable_by_scripts=False,
    ),
)

STORES = (
    Store("media/avatars/", "avatars in two sizes, re-drawn without any metadata", Category.PROFILE,
          "until replaced", Region.PUBLIC, "`accounts.set_avatar`, `accounts.delete_person` by a job"),
    Store("media/clips/", "playable files and posters, without any metadata", Category.CONTENT,
          "as long as the video", Region.PUBLIC, "`videos.erase_video` by a job"),
    Store("media/originals/", "files as they were uploaded, with whatever the camera wrote; never served",
          Category.CONTENT, "as long as the video", Region.HOME, "`videos.erase_video` by a job"),
    Store("tmp/", "unfinished uploads", Category.CONTENT, "`REVUE_UPLOAD_EXPIRES_HOURS`", Region.HOME, "a sweep"),
    Store("weights/", "what the sequence model learnt of videos from everybody's watches, with ids of videos and their"
          " creators; nothing of viewers", Category.CONTENT, "seven hours of training; a week without a trainer",
          Region.INSTANCE, "the trainer takes out ids of what is gone, within the hour; a refit forgets the rest"),
    Store("mail/", "mail, where no mail server is set", Category.CONTACT, "until the operator removes it",
          Region.HOME, "the operator"),
    Store("logs/", "what the server did: request ids, addresses of pages, ids of accounts; no network addresses",
          Category.BEHAVIOUR, "until rotated out", Region.INSTANCE, "rotation"),
    Store("backups", "a copy of all of this, where the operator put it", Category.CONTENT,
          "as long as the operator keeps it", Region.HOME, "the operator; a restored copy brings deleted people back"),
)  # fmt: skip
