from django.db import migrations, models

_CIRCLES = [("everyone", "everyone"), ("followers", "followers"), ("friends", "friends"), ("nobody", "nobody")]
_SWITCHES = {"is_private": False, "is_suggested": True, "is_indexed": True}
_WHO = (
    "who_comments",
    "who_mentions",
    "who_duets",
    "who_stitches",
    "who_downloads",
    "who_uses_sounds",
    "who_sees_lists",
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_find_by_name")]

    operations = [
        *(
            migrations.AddField("person", name, models.BooleanField(default=default))
            for name, default in _SWITCHES.items()
        ),
        *(
            migrations.AddField("person", name, models.CharField(choices=_CIRCLES, default="everyone", max_length=10))
            for name in _WHO
        ),
    ]
