"""Accounts: our tables and those of allauth and Django that hold people's sessions and keys."""

from revue.privacy.data_map.words import (
    CASCADE,
    ROW_ID,
    WITH_PERSON,
    Category,
    Column,
    Personal,
    Plain,
    Region,
    Table,
    plain,
)

SESSION_END = "until sign-out or 30 days after sign-in; the rest goes within the hour"


def _owner(purpose: str = "whose it is") -> Personal:
    return Personal(Category.LINK, purpose)


_PERSON: dict[str, Column] = {
    "id": Personal(Category.LINK, "names the account everywhere", region=Region.PUBLIC),
    "handle": Personal(Category.IDENTITY, "the public name, part of addresses", region=Region.PUBLIC),
    "name": Personal(Category.PROFILE, "shown beside videos and comments", region=Region.PUBLIC),
    "bio": Personal(Category.PROFILE, "shown on the profile", region=Region.PUBLIC),
    "links": Personal(Category.PROFILE, "shown on the profile", region=Region.PUBLIC),
    "avatar_key": Personal(Category.PROFILE, "which picture is shown", region=Region.PUBLIC),
    "email": Personal(Category.CONTACT, "sign-in, new passwords and news about security; optional"),
    "birth_date": Personal(Category.AGE, "the age limit, and safe defaults by age; never shown"),
    "password": Personal(Category.CREDENTIAL, "sign-in; a scrypt hash, never the password", exported=False),
    "last_login": Personal(Category.DEVICE, "makes links for new passwords work once"),
    "joined_at": Personal(Category.IDENTITY, "how old the account is"),
    "home_region": Personal(Category.IDENTITY, "where this person's data stays"),
    "role": Personal(Category.OFFICE, "what the person may do here"),
    "is_superuser": Personal(Category.OFFICE, "follows from the role"),
    "is_active": Personal(Category.OFFICE, "whether the account is open"),
    "is_private": Personal(Category.PROFILE, "whether only followers find their videos", region=Region.PUBLIC),
    "is_suggested": Personal(Category.PROFILE, "whether people who type are told of them"),
    "is_indexed": Personal(Category.PROFILE, "whether search engines may show them"),
    "who_comments": Personal(Category.PROFILE, "whom they let comment"),
    "who_mentions": Personal(Category.PROFILE, "whom they let name them"),
    "who_duets": Personal(Category.PROFILE, "whom they let put a video beside theirs"),
    "who_stitches": Personal(Category.PROFILE, "whom they let begin a video with a part of theirs"),
    "who_downloads": Personal(Category.PROFILE, "whom they let keep a copy"),
    "who_uses_sounds": Personal(Category.PROFILE, "whom they let use their sounds"),
    "who_sees_lists": Personal(Category.PROFILE, "whom they let see whom they follow and who follows them"),
    "who_messages": Personal(Category.PROFILE, "whom they let write to them"),
    "shows_read": Personal(Category.PROFILE, "whether they and whom they write with see what the other has read"),
    "is_demo": Plain("marks performers of the demo, who are no people"),
}

TABLES = (
    Table(
        "accounts_person", "One row for each account.", _PERSON, WITH_PERSON, Region.HOME, "`accounts.delete_person`"
    ),
    Table(
        "accounts_invitation",
        "Codes that let people sign up.",
        {
            **plain("a random code and its limits; who used it is not kept", "id code uses_left expires_at made_at"),
            "made_by_id": _owner("which admin made it"),
        },
        WITH_PERSON,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "accounts_person_groups",
        "Django's groups; the product uses roles and leaves this empty.",
        {"id": Plain(ROW_ID), "person_id": _owner(), "group_id": Personal(Category.OFFICE, "permissions")},
        WITH_PERSON,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "accounts_person_user_permissions",
        "Django's single permissions; the product uses roles and leaves this empty.",
        {"id": Plain(ROW_ID), "person_id": _owner(), "permission_id": Personal(Category.OFFICE, "permissions")},
        WITH_PERSON,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "account_emailaddress",
        "A person's addresses, and which are proved.",
        {
            "id": Plain(ROW_ID),
            "user_id": _owner(),
            "email": Personal(Category.CONTACT, "sign-in and news about security"),
            "verified": Personal(Category.CONTACT, "whether the person proved it"),
            "primary": Personal(Category.CONTACT, "which one is written to"),
        },
        WITH_PERSON,
        Region.HOME,
        CASCADE,
    ),
    Table(
        "account_emailconfirmation",
        "Allauth's older way to prove addresses; links are signed now and this stays empty.",
        {
            "id": Plain(ROW_ID),
            "email_address_id": Personal(Category.LINK, "which address it is about"),
            **plain("a random key and its times", "created sent key"),
        },
        "three days",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "mfa_authenticator",
        "Passkeys, authenticator apps and recovery codes.",
        {
            "id": Plain(ROW_ID),
            "user_id": _owner(),
            "type": Personal(Category.CREDENTIAL, "which kind it is"),
            "data": Personal(
                Category.CREDENTIAL,
                "checks a code or a passkey; app and recovery secrets sealed",
                exported=False,
                sealed=True,
            ),
            "created_at": Personal(Category.CREDENTIAL, "shown to the person"),
            "last_used_at": Personal(Category.CREDENTIAL, "shown to the person"),
        },
        "until the person removes it",
        Region.HOME,
        CASCADE,
    ),
    Table(
        "django_session",
        "Browsers that are signed in, or in the middle of it.",
        {
            "session_key": Personal(Category.CREDENTIAL, "the value of the cookie", exported=False),
            "session_data": Personal(Category.CREDENTIAL, "who is signed in, how and when", exported=False),
            "expire_date": Personal(Category.DEVICE, "when it ends"),
        },
        SESSION_END,
        Region.HOME,
        "`accounts.delete_person` and hourly `accounts.forget_ended_sessions`",
    ),
    Table(
        "usersessions_usersession",
        "What a person sees in the list of their browsers.",
        {
            "id": Plain(ROW_ID),
            "user_id": _owner(),
            "created_at": Personal(Category.DEVICE, "so that a person knows the browser"),
            "ip": Personal(Category.DEVICE, "so that a person knows the browser; noted at sign-in only"),
            "last_seen_at": Personal(Category.DEVICE, "noted at sign-in only"),
            "session_key": Personal(Category.CREDENTIAL, "which session it describes", exported=False),
            "user_agent": Personal(Category.DEVICE, "so that a person knows the browser"),
            "data": Personal(Category.DEVICE, "left empty"),
        },
        SESSION_END,
        Region.HOME,
        "`accounts.delete_person` and hourly `accounts.forget_ended_sessions`",
    ),
    Table(
        "django_admin_log",
        "What admins changed in the console.",
        {
            **plain("about the record, not a person", "id action_time content_type_id object_id action_flag"),
            "user_id": Personal(Category.OFFICE, "which admin it was"),
            "object_repr": Personal(Category.OFFICE, "what was changed, by its handle or code", exported=False),
            "change_message": Personal(Category.OFFICE, "which fields were changed", exported=False),
        },
        "as long as the admin's account",
        Region.HOME,
        CASCADE,
    ),
)
