from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    # Nothing here keeps writers waiting.
    atomic = False

    dependencies = [("netwerk", "0010_reden_van_verbergen")]

    operations = [
        ValidateConstraint(model_name="contact", name="contact_alleen_afgewezen_blijft_ingetrokken"),
        ValidateConstraint(model_name="professional", name="professional_post_van_bestaat"),
    ]
