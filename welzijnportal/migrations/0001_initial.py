from django.contrib.postgres.operations import BtreeGinExtension, TrigramExtension, UnaccentExtension
from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", verbosity=0, database=schema_editor.connection.alias)


class Migration(migrations.Migration):
    """Extensions, an immutable unaccent for indexes and sorting, and the table of the shared cache."""

    initial = True

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        BtreeGinExtension(),
        migrations.RunSQL(
            # unaccent() itself is only stable, since its dictionary could change; naming the dictionary makes it fit for an index.
            "CREATE OR REPLACE FUNCTION f_unaccent(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT "
            "AS $$ SELECT public.unaccent('public.unaccent', $1) $$",
            "DROP FUNCTION IF EXISTS f_unaccent(text)",
        ),
        migrations.RunPython(make_cache_table, migrations.RunPython.noop),
    ]
