import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import revue.platform.clock
import revue.platform.ids

_NEW = ("may_duet", "may_stitch", "may_download")
_AUDIENCES = [(name, name) for name in ("everyone", "unlisted", "followers", "friends", "only_me")]


class Migration(migrations.Migration):
    """Of videos that are there their authors were not asked: they stay off. New ones are on, as the form says."""

    dependencies = [
        ("sounds", "0001_sounds"),
        ("videos", "0008_gone"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(model_name="video", name=name, field=models.BooleanField(default=False))
            for name in _NEW
        ),
        *(
            migrations.AlterField(model_name="video", name=name, field=models.BooleanField(default=True))
            for name in _NEW
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=revue.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.UUIDField()),
                (
                    "upload_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("is_photos", models.BooleanField(default=False)),
                ("caption", models.CharField(blank=True, default="", max_length=2200)),
                ("visibility", models.CharField(choices=_AUDIENCES, default="everyone", max_length=10)),
                ("may_comment", models.BooleanField(default=True)),
                ("may_duet", models.BooleanField(default=True)),
                ("may_stitch", models.BooleanField(default=True)),
                ("may_download", models.BooleanField(default=True)),
                ("poster_at_ms", models.PositiveIntegerField(blank=True, null=True)),
                ("sound_start_ms", models.PositiveIntegerField(default=0)),
                ("sound_percent", models.PositiveSmallIntegerField(default=100)),
                ("own_percent", models.PositiveSmallIntegerField(default=100)),
                ("made_at", models.DateTimeField(default=revue.platform.clock.now, editable=False)),
                ("changed_at", models.DateTimeField(default=revue.platform.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sound",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="sounds.sound"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("author", "key"), name="videos_draft_once")],
                "indexes": [models.Index(fields=["author", "-changed_at"], name="videos_drafts")],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("videos", models.PositiveIntegerField()),
            ],
            options={"indexes": [models.Index(fields=["-videos", "name"], name="videos_tags_most_first")]},
        ),
        migrations.AlterField(
            model_name="video",
            name="visibility",
            field=models.CharField(choices=_AUDIENCES, default="everyone", max_length=10),
        ),
    ]
