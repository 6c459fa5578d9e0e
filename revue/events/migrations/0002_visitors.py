"""Finds a visitor's events, so that they can take them away; a person's are found already."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX events_event_visitor ON events_event (viewer, at) WHERE viewer < 0",
            "DROP INDEX events_event_visitor",
        ),
    ]
