from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisaties", "0010_tellingen")]

    operations = [
        # Not valid yet: looking at every row of a full table would keep its writers waiting.
        AddConstraintNotValid(
            model_name="organisatie",
            constraint=models.CheckConstraint(
                condition=models.Q(("bevestigritme__in", [3, 6, 12])),
                name="organisatie_bevestigritme_bestaat",
                violation_error_message="Kies hoe vaak wij vragen of alles klopt.",
            ),
        ),
        AddConstraintNotValid(
            model_name="organisatie",
            constraint=models.CheckConstraint(
                condition=models.Q(("versheidsstap__in", [0, 1, 2, 3, 4, 5, 6, 7])),
                name="organisatie_versheidsstap_bestaat",
                violation_error_message="Deze stap van de versheid bestaat niet.",
            ),
        ),
    ]
