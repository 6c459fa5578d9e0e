"""The cache's and the rate limits' tables: unlogged, since what they hold may be lost in a crash."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE platform_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX platform_cache_expires ON platform_cache (expires);
CREATE UNLOGGED TABLE platform_limit (
    key varchar(40) NOT NULL PRIMARY KEY,
    whole_at timestamptz NOT NULL
);
CREATE INDEX platform_limit_whole_at ON platform_limit (whole_at);
"""
DROP = "DROP TABLE platform_cache; DROP TABLE platform_limit;"


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL(MAKE, DROP)]
