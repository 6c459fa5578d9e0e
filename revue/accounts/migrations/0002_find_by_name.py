from django.db import migrations

_MAKE = "CREATE INDEX IF NOT EXISTS accounts_person_by_name ON accounts_person (lower(name) text_pattern_ops)"


class Migration(migrations.Migration):
    """People are found by the beginning of their name. By that of their handle its own index finds them already."""

    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [migrations.RunSQL(_MAKE, "DROP INDEX IF EXISTS accounts_person_by_name")]
