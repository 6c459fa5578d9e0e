from typing import Any

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from revue.videos import draft_words


def _drafts(apps: Apps) -> Any:
    """Rows of the table as it is half way; the types know it as it will be."""
    return apps.get_model("videos", "Draft").objects


def seal(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """What was readable is sealed."""
    for draft in _drafts(apps).exclude(caption="").iterator():
        draft.sealed_caption = draft_words.close(draft.caption)
        draft.save(update_fields=["sealed_caption"])


def open_(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """What was sealed is readable."""
    for draft in _drafts(apps).exclude(sealed_caption="").iterator():
        draft.caption = draft_words.open_(draft.sealed_caption) or ""
        draft.save(update_fields=["caption"])


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0015_draft_publish_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="sealed_caption",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(seal, open_),
        migrations.RemoveField(
            model_name="draft",
            name="caption",
        ),
    ]
