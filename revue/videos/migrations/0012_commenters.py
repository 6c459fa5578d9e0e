from django.db import migrations, models

WHO = [("everyone", "everyone"), ("followers", "followers"), ("friends", "friends"), ("no_one", "no_one")]


class Migration(migrations.Migration):
    """Who may comment takes the place of whether anybody may."""

    dependencies = [
        ("videos", "0011_chosen_visibility"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="commenters",
            field=models.CharField(choices=WHO, default="everyone", max_length=10),
        ),
        migrations.AddField(
            model_name="video",
            name="commenters",
            field=models.CharField(choices=WHO, default="everyone", max_length=10),
        ),
        migrations.RunSQL(
            "UPDATE videos_video SET commenters = 'no_one' WHERE NOT may_comment",
            "UPDATE videos_video SET may_comment = commenters <> 'no_one'",
        ),
        migrations.RunSQL(
            "UPDATE videos_draft SET commenters = 'no_one' WHERE NOT may_comment",
            "UPDATE videos_draft SET may_comment = commenters <> 'no_one'",
        ),
        migrations.RemoveField(model_name="draft", name="may_comment"),
        migrations.RemoveField(model_name="video", name="may_comment"),
    ]
