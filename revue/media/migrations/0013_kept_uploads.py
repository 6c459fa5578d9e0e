from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0012_found"),
    ]

    operations = [
        migrations.AddField(model_name="upload", name="is_kept", field=models.BooleanField(default=False)),
    ]
