"""Ten thousand videos for a running instance: `python -m bench.front.seed` with its data folder in the environment."""

import os

VIDEOS, AUTHORS = 10_000, 500


def main() -> None:
    """Make the people and their videos."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from tests.people import make_person  # noqa: PLC0415
    from tests.published import publish_many  # noqa: PLC0415

    authors = [make_person() for _ in range(AUTHORS)]
    publish_many((authors * (VIDEOS // AUTHORS + 1))[:VIDEOS])


if __name__ == "__main__":
    main()
