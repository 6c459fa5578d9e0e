from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("videos", "0010_studio"),
    ]

    operations = [
        migrations.AddField("video", "chosen_visibility", models.CharField(blank=True, default="", max_length=10)),
    ]
