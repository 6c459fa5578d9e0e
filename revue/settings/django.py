"""Settings → Django's names. Nothing here decides anything that `env.Settings` could say."""

import importlib.util
import logging
import pathlib
from typing import Any

from revue.settings.database import django_database
from revue.settings.env import settings
from revue.settings.logs import configure, dictionary
from revue.settings.secret import secret_key
from revue.settings.worker import worker_is_asked_for_anew

_env = settings()
_package = pathlib.Path(__file__).resolve().parent.parent

SECRET_KEY = secret_key(_env.root, given=_env.secret_key)
DEBUG = _env.debug
EMBEDS_DATABASE = not _env.database_url
LISTENS_ON = (_env.host, _env.port)
DATA_ROOT = _env.root  # the data folder; `revue.platform.storage` keeps media below it
ALLOWED_HOSTS = ["*"]  # the front answers for any name; links are built from `base_url`
BASE_URL = _env.base_url
INSTANCE_NAME = _env.instance_name
MEDIA_SENDER = _env.media_sender
UPLOAD_EXPIRES_HOURS = _env.upload_expires_hours
MAX_DRAFTS = _env.max_drafts
BIN_DAYS = _env.bin_days
TRAINER = _env.trainer
EVENTS_KEEP_DAYS = _env.events_keep_days
WEB_PUSH = _env.web_push
WEB_PUSH_SERVICES = frozenset(one.strip().rstrip("/") for one in _env.web_push_services.split(",") if one.strip())
ROOT_URLCONF = "revue.urls"
WSGI_APPLICATION = "revue.wsgi.application"

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_structlog",
    "revue.platform",
    "revue.accounts",
    "revue.media",
    "revue.sounds",
    "revue.videos",
    "revue.events",
    "revue.social",
    "revue.inbox",
    "revue.recommender",
    "revue.search",
    "revue.feed",
    "revue.privacy",
    "revue.api",
    "revue.web",
    "revue.console",
    "revue.demo",
]

MIDDLEWARE = [
    "revue.platform.requests.MeasureRequests",
    "revue.platform.requests.Compress",
    "django_structlog.middlewares.RequestMiddleware",
    "revue.api.errors.ProblemMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "revue.web.languages.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "revue.accounts.sessions.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "revue.accounts.visitors.VisitorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **django_database(_env.database_url, _env.root),
        "CONN_MAX_AGE": None,  # web threads keep their connection
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis comes with the next size up; one machine needs no second server.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "platform_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

configure()
LOGGING = dictionary(log_format=_env.log_format, level=_env.log_level)
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO  # a missing page is nobody's fault
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # an address in a log is personal data that nobody asked for

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # workers import the jobs themselves (`revue.platform.jobs`)

AUTH_USER_MODEL = "accounts.Person"
LANGUAGE_CODE = "en"
LOCALE_PATHS = [pathlib.Path(__file__).parent.parent / "languages"]
LANGUAGE_COOKIE_NAME = "language"  # what a viewer has chosen in the settings; the app writes it
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SESSION_COOKIE_SECURE else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024

# The product asks nothing of any third party, and says so to the browser.
_store = [_env.s3_origin] if _env.s3_origin else []  # the owner's own, when media are kept in a bucket
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *_store],
        "media-src": ["'self'", "blob:", *_store],
        "connect-src": ["'self'", *_store],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = _env.root / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# Vite's output: names with a hash are kept for good by browsers, the others for an hour.
WHITENOISE_ROOT = _package / "web" / "dist"
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/.+-[\w-]{8}\.(js|css)$"
WHITENOISE_MAX_AGE = 3600
WHITENOISE_ADD_HEADERS_FUNCTION = worker_is_asked_for_anew

# allauth: accounts by handle and password, e-mail optional, over the headless API only.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]


if importlib.util.find_spec("revue.settings.accounts"):
    from revue.settings.accounts import *  # noqa: F403
