from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("geo", "0002_gegevens")]

    # A place that left the data keeps its row and its name beside the row that came in its stead.
    operations = [
        migrations.AlterField(
            model_name="plaats",
            name="weergavenaam",
            field=models.CharField(max_length=80, verbose_name="naam met provincie of gemeente"),
        ),
    ]
