"""Structured logs: one line per event, readable on a terminal or JSON for machines, with request and job ids."""

import sys
from typing import Any, Literal

import structlog

Format = Literal["console", "json"]


def _shared_processors() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.ExtraAdder(allow=("job_id", "job_name")),
    ]


def dictionary(*, log_format: Format, level: str) -> dict[str, Any]:
    """The `LOGGING` setting: the standard library's loggers and structlog's end in the same lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_ending(log_format)],
                "foreign_pre_chain": _shared_processors(),
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "django": {"handlers": [], "level": level.upper(), "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "django_structlog": {"level": "WARNING"},  # it binds the request id; /metrics counts requests
            "procrastinate": {"level": "WARNING"},  # our worker says what it does itself
            "psycopg.pool": {"level": "ERROR"},  # it repeats every second what we say once
        },
    }


def _ending(log_format: Format) -> list[Any]:
    if log_format == "json":
        return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    # Plain tracebacks: the pretty ones print local variables, and with them passwords.
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback, pad_event_to=24
        )
    ]


def configure() -> None:
    """Point structlog at the standard library's handlers. Called once, by the settings."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared_processors(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
