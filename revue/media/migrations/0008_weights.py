import django.db.models.deletion
import revue.platform.clock
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0007_direct_uploads"),
    ]

    operations = [
        migrations.CreateModel(
            name="Weight",
            fields=[
                (
                    "clip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="weight",
                        serialize=False,
                        to="media.clip",
                    ),
                ),
                ("photo_bytes", models.BigIntegerField(default=0)),
                ("sound_bytes", models.BigIntegerField(default=0)),
                ("hls_bytes", models.BigIntegerField(default=0)),
                ("picture_bytes", models.BigIntegerField(default=0)),
                ("counted_at", models.DateTimeField(default=revue.platform.clock.now)),
            ],
        ),
    ]
