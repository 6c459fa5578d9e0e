"""Counters, what was seen, and the event log partitioned by day."""

import django.db.models.deletion
import django.db.models.functions
from django.db import migrations, models

# The primary key must hold the partition key. `day` follows from `id` alone (version 7 ids carry their time, others are
# first put into events_loosekey), so (id, day) is as good as (id).
MAKE_LOG = """
CREATE TABLE events_event (
    id uuid NOT NULL,
    day date NOT NULL,
    at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    kind varchar(20) NOT NULL,
    video_id bigint NOT NULL,
    person_id bigint,
    viewer bigint NOT NULL,
    session varchar(64) NOT NULL,
    source varchar(20) NOT NULL,
    position integer NOT NULL,
    propensity double precision,
    model_version varchar(40) NOT NULL,
    watch_ms integer,
    loops integer,
    max_pos_ms integer,
    data jsonb,
    PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);
CREATE INDEX events_event_served ON events_event (session, position) INCLUDE (video_id) WHERE kind = 'served';
CREATE INDEX events_event_person ON events_event (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX events_event_received ON events_event USING brin (received_at);
CREATE TABLE events_event_default PARTITION OF events_event DEFAULT;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("videos", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="VideoCounts",
            fields=[
                (
                    "video",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="videos.video",
                    ),
                ),
                ("impressions", models.BigIntegerField(default=0)),
                ("plays", models.BigIntegerField(default=0)),
                ("completions", models.BigIntegerField(default=0)),
                ("loops", models.BigIntegerField(default=0)),
                ("watch_ms", models.BigIntegerField(default=0)),
                ("likes", models.BigIntegerField(default=0)),
                ("comments", models.BigIntegerField(default=0)),
                ("shares", models.BigIntegerField(default=0)),
                ("skips", models.BigIntegerField(default=0)),
                ("recent_plays", models.FloatField(default=0)),
                ("recent_completions", models.FloatField(default=0)),
                ("recent_at", models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("id", models.UUIDField()),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("video_id", models.BigIntegerField()),
                ("person_id", models.BigIntegerField(null=True)),
                ("viewer", models.BigIntegerField()),
                ("session", models.CharField(max_length=64)),
                ("source", models.CharField(max_length=20)),
                ("position", models.IntegerField()),
                ("propensity", models.FloatField(null=True)),
                ("model_version", models.CharField(max_length=40)),
                ("watch_ms", models.IntegerField(null=True)),
                ("loops", models.IntegerField(null=True)),
                ("max_pos_ms", models.IntegerField(null=True)),
                ("data", models.JSONField(null=True)),
            ],
            options={"db_table": "events_event", "managed": False},
        ),
        migrations.RunSQL(MAKE_LOG, "DROP TABLE events_event"),
        migrations.CreateModel(
            name="LooseKey",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
            options={"indexes": [models.Index(fields=["received_at"], name="events_loose_key_age")]},
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "viewer", "video_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("viewer", models.BigIntegerField()),
                ("video_id", models.BigIntegerField()),
                ("seen_at", models.DateTimeField(db_default=django.db.models.functions.Now())),
            ],
            options={"indexes": [models.Index(fields=["seen_at"], name="events_seen_age")]},
        ),
    ]
