from django.db import migrations, models

_NEW = ("may_duet", "may_stitch", "may_download")


class Migration(migrations.Migration):
    """Of videos that are there their authors were not asked: they stay off. New ones are on, as the form says."""

    dependencies = [
        ("videos", "0008_gone"),
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
            field=models.CharField(
                choices=[
                    ("everyone", "everyone"),
                    ("unlisted", "unlisted"),
                    ("followers", "followers"),
                    ("friends", "friends"),
                    ("only_me", "only_me"),
                ],
                default="everyone",
                max_length=10,
            ),
        ),
    ]
