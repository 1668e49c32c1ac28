from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# The last step of registering has asked for CC0 from the first day on; those who took it have a beheerder.
AKKOORD = """
UPDATE organisaties_organisatie o SET open_data_akkoord_op = o.aangemaakt_op
WHERE o.bron = '' AND o.open_data_akkoord_op IS NULL
AND EXISTS (SELECT 1 FROM organisaties_beheer b WHERE b.organisatie_id = o.id)
"""


class Migration(migrations.Migration):
    # A full table is indexed without keeping writers waiting.
    atomic = False

    dependencies = [("organisaties", "0012_versheid_blokken")]

    operations = [
        migrations.RunSQL(AKKOORD, migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="organisatie",
            index=models.Index(
                condition=models.Q(("status", "gepubliceerd")),
                fields=["gewijzigd_op", "id"],
                name="organisatie_gewijzigd",
            ),
        ),
    ]
