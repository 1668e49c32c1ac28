"""Counting: how a listing is found and used, and what is on offer where. Neither knows anything of a person."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie
from organisaties.models.taxonomie import Thema


class Telsoort(models.TextChoices):
    GETOOND = "getoond", "Getoond in een lijst"
    GEOPEND = "geopend", "Pagina bekeken"
    GEBELD = "gebeld", "Op bellen gedrukt"
    GEMAILD = "gemaild", "Op mailen gedrukt"
    ROUTE = "route", "Route gevraagd"
    WEBSITE = "website", "Naar uw website"
    GEDEELD = "gedeeld", "Gedeeld of bewaard"


class Dagtelling(models.Model):
    """How often one thing was done with one listing on one day; after two months the day is the first of its month.

    No person can be known from it: no cookie, address or account is kept beside the number. The foreign key has no
    constraint in the database, because its check would make counting wait for whoever edits the listing; what is left
    of a listing that was deleted is cleared away daily.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="dagtellingen", db_constraint=False)
    dag = models.DateField("dag")
    soort = models.CharField("wat", max_length=8, choices=Telsoort)
    aantal = models.PositiveIntegerField("hoe vaak", default=1)

    class Meta:
        verbose_name = "dagtelling"
        verbose_name_plural = "dagtellingen"
        indexes = [BrinIndex(fields=["dag"], name="dagtelling_dag")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "dag", "soort"],
                name="dagtelling_eenmaal_per_dag",
                violation_error_message="Deze dag is bij deze organisatie al geteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(soort__in=Telsoort.values),
                name="dagtelling_soort_bestaat",
                violation_error_message="Dit wordt niet geteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(aantal__gte=1),
                name="dagtelling_aantal_is_positief",
                violation_error_message="Een telling begint bij één.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie_id} {self.dag} {self.soort}: {self.aantal}"


class Woordtelling(models.Model):
    """How often one listing was shown on one day to people who searched with one word.

    Only words that listings use are kept, never what a person typed: a name that no listing has is not among them.
    Kept as long as Dagtelling, and for the same reason without a constraint on the foreign key.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="woordtellingen", db_constraint=False)
    dag = models.DateField("dag")
    woord = models.CharField("woord", max_length=40)
    aantal = models.PositiveIntegerField("hoe vaak", default=1)

    class Meta:
        verbose_name = "woordtelling"
        verbose_name_plural = "woordtellingen"
        indexes = [BrinIndex(fields=["dag"], name="woordtelling_dag")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "dag", "woord"],
                name="woordtelling_eenmaal_per_dag",
                violation_error_message="Dit woord is deze dag bij deze organisatie al geteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(woord__regex=r"^[a-z]{3,40}$"),
                name="woordtelling_woord_is_een_woord",
                violation_error_message="Alleen een woord van letters wordt geteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(aantal__gte=1),
                name="woordtelling_aantal_is_positief",
                violation_error_message="Een telling begint bij één.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie_id} {self.dag} {self.woord}: {self.aantal}"


class Aanbodtelling(models.Model):
    """What is on offer in one area for one theme, counted once a day; what is not there has no row.

    The area is a municipality (GM0363), a province (PV27) or the country (NL), by the reach of the organisation: one
    that works in the whole country is not counted in the town of its office. Without a theme it is about everything.
    A service counts for its themes and for the themes above them; a listing without services counts as one.
    """

    gebied = models.CharField("gebied", max_length=6)
    thema = models.ForeignKey(Thema, models.CASCADE, null=True, blank=True, related_name="aanbodtellingen")
    aantal_diensten = models.PositiveIntegerField("hoeveel aanbod")
    aantal_organisaties = models.PositiveIntegerField("van hoeveel organisaties")
    geteld_op = models.DateTimeField("geteld op", default=timezone.now)

    class Meta:
        verbose_name = "aanbodtelling"
        verbose_name_plural = "aanbodtellingen"
        constraints = [
            models.UniqueConstraint(
                fields=["gebied", "thema"],
                nulls_distinct=False,
                name="aanbodtelling_eenmaal_per_gebied_en_thema",
                violation_error_message="Dit thema is in dit gebied al geteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(gebied__regex=r"^(NL|PV[0-9]{2}|GM[0-9]{4})$"),
                name="aanbodtelling_gebied_is_cbs_code",
                violation_error_message="Een gebied is een gemeente, een provincie of het hele land.",
            ),
            models.CheckConstraint(
                condition=models.Q(aantal_organisaties__gte=1, aantal_diensten__gte=models.F("aantal_organisaties")),
                name="aanbodtelling_telt_iets",
                violation_error_message="Elke organisatie heeft ten minste één aanbod.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gebied} {self.thema_id or 'alles'}: {self.aantal_diensten}"
