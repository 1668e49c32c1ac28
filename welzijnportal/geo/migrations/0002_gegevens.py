from django.db import migrations

from welzijnportal.geo.laden import laad


def laden(apps, schema_editor):
    laad(apps)


class Migration(migrations.Migration):
    dependencies = [("geo", "0001_begin")]

    # The same loader as the command `laad_geodata`, so that a migrated database always has the data.
    operations = [migrations.RunPython(laden, migrations.RunPython.noop, elidable=False)]
