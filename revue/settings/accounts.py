"""How people sign up and in: allauth over its headless API, passwords, passkeys, codes, mail.

`revue.settings.django` imports every name from here. Each block says what the choice protects.
"""

from revue.settings import console
from revue.settings.env import settings
from revue.settings.mail import django_mail

_env = settings()

UNFOLD = console.UNFOLD

# What `revue.accounts` reads through `django.conf`, so that it never imports the settings themselves.
HOME_REGION = _env.home_region
MINIMUM_AGE = _env.minimum_age
INVITE_ONLY = _env.invite_only
INSTANCE_NAME = _env.instance_name
MAX_UPLOAD_BYTES = _env.max_upload_bytes
MAX_PERSON_BYTES = _env.max_person_bytes
MAX_VIDEO_SECONDS = _env.max_video_seconds
MAX_VIDEO_PIXELS = _env.max_video_pixels
HLS_AFTER_SECONDS = _env.hls_after_seconds
FULL_HD_AFTER_VIEWS = _env.full_hd_after_views
AV1_AFTER_VIEWS = _env.av1_after_views
ENRICH_MAX_SECONDS = _env.enrich_max_seconds
C2PA_TRUST_FILE = _env.c2pa_trust_file
MAX_PHOTO_PIXELS = _env.max_photo_pixels
MAX_VIDEO_FPS = _env.max_video_fps
EARLY_CONCURRENCY = _env.early_concurrency
CONTENT_MODEL = _env.content_model
FFMPEG = _env.ffmpeg
MEDIA_STORE = _env.media_store
S3_BUCKET = _env.s3_bucket
S3_DIRECT = _env.s3_direct
S3_ENDPOINT = _env.s3_endpoint
S3_PUBLIC_ENDPOINT = _env.s3_public_endpoint
S3_REGION = _env.s3_region
S3_ACCESS_KEY = _env.s3_access_key
S3_SECRET_KEY = _env.s3_secret_key
S3_PREFIX = _env.s3_prefix
S3_CACHE_BYTES = _env.s3_cache_bytes

# One backend: with Django's own beside it every wrong password would be hashed twice.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

# Memory-hard, in the standard library, and cheaper for us than PBKDF2: decision 0015.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# Signed in for a month from the last sign-in, on this browser.
SESSION_ENGINE = "revue.accounts.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
ACCOUNT_SESSION_REMEMBER = True

# The web app is the only front; allauth's own pages do not exist, and neither does its token client.
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_ADAPTER = "revue.accounts.adapters.HeadlessAdapter"
# Pages of the web app that links in mails lead to; the key goes to `email/verify` and `password/reset`.
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{_env.base_url}/settings/email?confirm={{key}}",
    "account_reset_password": f"{_env.base_url}/sign-in?forgot=1",
    "account_reset_password_from_key": f"{_env.base_url}/sign-in?reset={{key}}",
    "account_signup": f"{_env.base_url}/sign-in?join=1",
}
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

# A handle and a password make an account; an e-mail address is a wish, and it need not be proved.
ACCOUNT_ADAPTER = "revue.accounts.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "revue.accounts.signup.SignUpForm"
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
# Signing up with somebody's address says nothing about whether they are here: only a proved address is unique.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A new address opens the way to a new password, so it asks for the old one first.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Tell people by mail when their password, addresses or second factors change.
ACCOUNT_EMAIL_NOTIFICATIONS = True

# Second factors and passkeys. Without a proved e-mail address too, for there may be none.
MFA_ADAPTER = "revue.accounts.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = _env.instance_name
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong

# Mail: the owner's server, or files in the data folder.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _env.mail_from
_mail = django_mail(_env.smtp_url, folder=_env.root / "mail")
EMAIL_BACKEND = _mail.backend
EMAIL_FILE_PATH = _mail.file_path
EMAIL_HOST = _mail.host
EMAIL_PORT = _mail.port
EMAIL_HOST_USER = _mail.user
EMAIL_HOST_PASSWORD = _mail.password
EMAIL_USE_TLS = _mail.use_starttls
EMAIL_USE_SSL = _mail.use_tls
EMAIL_TIMEOUT = 15
