from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0003_last_clip"),
    ]

    operations = [
        migrations.AlterField(
            model_name="video",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("everyone", "everyone"),
                    ("unlisted", "unlisted"),
                    ("followers", "followers"),
                    ("only_me", "only_me"),
                ],
                default="everyone",
                max_length=10,
            ),
        ),
    ]
