import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    # Tables that are full are indexed and checked without keeping writers waiting.
    atomic = False

    dependencies = [("organisaties", "0007_samenvoegen")]

    operations = [
        ValidateConstraint(model_name="organisatie", name="organisatie_status_bestaat"),
        ValidateConstraint(model_name="organisatie", name="organisatie_samengevoegd_met_een_ander"),
        AddIndexConcurrently(
            model_name="locatie",
            index=models.Index(
                condition=models.Q(("postcode", ""), _negated=True), fields=["postcode"], name="locatie_postcode"
            ),
        ),
        AddIndexConcurrently(
            model_name="organisatie",
            index=models.Index(
                models.Func(
                    models.Func(
                        django.db.models.functions.text.Lower("naam"),
                        models.Value(
                            "\\m(stichting|vereniging|st|ver|de|het|een|coöperatie|cooperatie|bv)\\M|[^[:alnum:]]"
                        ),
                        models.Value(""),
                        models.Value("g"),
                        function="regexp_replace",
                    ),
                    models.Value(40),
                    function="left",
                    output_field=models.CharField(),
                ),
                name="organisatie_naamkern",
            ),
        ),
        AddIndexConcurrently(
            model_name="organisatie",
            index=models.Index(
                condition=models.Q(("telefoon", ""), _negated=True), fields=["telefoon"], name="organisatie_telefoon"
            ),
        ),
        AddIndexConcurrently(
            model_name="organisatie",
            index=models.Index(
                condition=models.Q(("samengevoegd_met__isnull", False)),
                fields=["samengevoegd_met"],
                name="organisatie_samengevoegd_met",
            ),
        ),
    ]
