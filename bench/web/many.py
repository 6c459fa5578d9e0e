"""Copies of an instance's videos: `python -m bench.web.many` with its data folder in the environment.

Each copy is by somebody else, and its files are links to the same bytes under an address of their own, so that a
browser has to load each one.
"""

import itertools
import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from revue.videos.models import Video

VIDEOS, AUTHORS = 300, 100


def main() -> None:
    """Make them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "revue.settings.django")
    import django  # noqa: PLC0415 - after the environment

    django.setup()
    from revue.videos.models import Video  # noqa: PLC0415
    from tests.people import make_person  # noqa: PLC0415

    videos = list(Video.objects.values_list("pk", flat=True))
    authors = [make_person() for _ in range(AUTHORS)]
    for number, video_id, author_id in zip(
        range(VIDEOS), itertools.cycle(videos), itertools.cycle(authors), strict=False
    ):
        _copy(Video.objects.select_related("clip").get(pk=video_id), author_id, number)


def _copy(video: "Video", author_id: int, number: int) -> None:
    """Save the rows once more, under other ids."""
    from revue.media import policy  # noqa: PLC0415 - models exist only now
    from revue.platform import clock, ids, storage  # noqa: PLC0415

    clip, files = video.clip, list(video.clip.rendition_files.all())
    old = policy.clip_folder(clip.pk)
    clip.pk, clip.upload, clip.owner_id = ids.new_id(), None, author_id
    new = policy.clip_folder(clip.pk)
    shutil.copytree(storage.local_path(old), storage.local_path(new), copy_function=os.link)
    clip.poster_key = clip.poster_key.replace(old, new)
    clip.save(force_insert=True)
    for file in files:
        file.pk, file.clip, file.key = ids.new_id(), clip, file.key.replace(old, new)
        file.save(force_insert=True)
    video.pk, video.author_id, video.clip, video.sound = ids.new_id(), author_id, clip, None
    video.caption, video.published_at = f"Copy {number}", clock.now()
    video.save(force_insert=True)


if __name__ == "__main__":
    main()
