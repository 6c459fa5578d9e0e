from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0004_followers"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="video",
            index=models.Index(
                condition=models.Q(("sound__isnull", False), ("state", "published"), ("visibility", "everyone")),
                fields=["published_at"],
                include=("sound", "author"),
                name="videos_trending",
            ),
        ),
    ]
