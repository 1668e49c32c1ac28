from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models

PER_KEER = 5000
# What had a date was looked at by its organisation, or, where nobody keeps it, by a moderator; what was
# imported and never looked at says when it was taken over.
BLOKKEN = """
    INSERT INTO organisaties_bevestiging (organisatie_id, blok, bevestigd_op, bron)
    SELECT o.id, b.blok, coalesce(o.bevestigd_op, o.gepubliceerd_op, o.aangemaakt_op),
        CASE WHEN o.bevestigd_op IS NULL THEN 'import'
             WHEN o.bron <> '' AND NOT EXISTS (SELECT 1 FROM organisaties_beheer k WHERE k.organisatie_id = o.id)
             THEN 'moderator' ELSE 'organisatie' END
    FROM organisaties_organisatie o
    CROSS JOIN unnest(ARRAY['contact', 'tijden', 'diensten', 'locatie']) b(blok)
    WHERE o.id > %s AND o.id <= %s AND (o.bevestigd_op IS NOT NULL OR o.bron <> '')
    ON CONFLICT (organisatie_id, blok) DO NOTHING
"""


def geef_blokken(apps: Any, schema_editor: Any) -> None:
    """Give each listing its blocks, a packet at a time, each in a transaction of its own; safe to repeat."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM organisaties_organisatie")
        hoogste = cursor.fetchone()[0]
        for vanaf in range(0, hoogste, PER_KEER):
            cursor.execute(BLOKKEN, [vanaf, vanaf + PER_KEER])


class Migration(migrations.Migration):
    # Nothing here keeps writers waiting, and each packet of rows is a transaction of its own.
    atomic = False

    dependencies = [("organisaties", "0011_versheid_regels")]

    operations = [
        ValidateConstraint(model_name="organisatie", name="organisatie_bevestigritme_bestaat"),
        ValidateConstraint(model_name="organisatie", name="organisatie_versheidsstap_bestaat"),
        migrations.RunPython(geef_blokken, migrations.RunPython.noop),
        AddIndexConcurrently(
            model_name="organisatie",
            index=models.Index(
                condition=models.Q(("status", "gepubliceerd")),
                fields=["volgende_vraag_datum", "id"],
                name="organisatie_te_vragen",
            ),
        ),
    ]
