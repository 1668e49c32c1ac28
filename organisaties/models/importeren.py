"""What imports remember: what a source said about a listing, and a file that waits to be confirmed."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import een_regel


class Importrij(models.Model):
    """What an outside source said last about one listing.

    It tells a row that changed from one that did not, and what the source wrote from what the
    organisation changed afterwards: the latter an import never overwrites.
    """

    organisatie = models.OneToOneField(Organisatie, models.CASCADE, primary_key=True, related_name="importrij")
    gegevens = models.JSONField(default=dict)
    gelezen_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "geïmporteerde rij"
        verbose_name_plural = "geïmporteerde rijen"

    def __str__(self) -> str:
        return str(self.gegevens.get("naam", ""))


class Importopdracht(models.Model):
    """A file that a moderator handed in: shown first, then confirmed and carried out, by a task when it is large.

    The file itself is erased when the import is done, and after a week when nobody confirmed it.
    """

    class Status(models.TextChoices):
        VOORBEELD = "voorbeeld", "nog niet bevestigd"
        WACHT = "wacht", "wacht op uitvoering"
        LOOPT = "loopt", "bezig"
        KLAAR = "klaar", "klaar"
        MISLUKT = "mislukt", "mislukt, niets bewaard"

    bestand = models.BinaryField(null=True)
    bestandsnaam = models.CharField("bestand", max_length=200, validators=[een_regel])
    bron = models.CharField("bron", max_length=60, validators=[een_regel])
    is_publiceren = models.BooleanField("meteen publiceren", default=False)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.VOORBEELD)
    aantal_gedaan = models.PositiveIntegerField("gedaan", default=0)
    aantal_rijen = models.PositiveIntegerField("rijen", default=0)
    uitkomst = models.JSONField(default=dict)
    gemaakt_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    afgerond_op = models.DateTimeField("afgerond op", null=True, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "imports"
        ordering = ("-gemaakt_op", "-pk")

    def __str__(self) -> str:
        return f"{self.bestandsnaam} ({self.get_status_display()})"
