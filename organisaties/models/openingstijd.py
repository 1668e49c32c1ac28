"""When help can be had."""

from django.db import models

from organisaties.keuzes import Dag
from organisaties.models.dienst import Dienst
from organisaties.models.locatie import Locatie
from welzijnportal.validators import een_regel

_VAN_LOCATIE_OF_DIENST = models.Q(locatie__isnull=False, dienst__isnull=True) | models.Q(
    locatie__isnull=True, dienst__isnull=False
)


class Openingstijd(models.Model):
    """A weekly time slot of a location or of a service; a day without slots is closed.

    Times are wall-clock times in Europe/Amsterdam. A slot by appointment may have no times.
    """

    locatie = models.ForeignKey(Locatie, models.CASCADE, null=True, blank=True, related_name="openingstijden")
    dienst = models.ForeignKey(Dienst, models.CASCADE, null=True, blank=True, related_name="openingstijden")
    dag = models.PositiveSmallIntegerField("dag", choices=Dag)
    van = models.TimeField("van", null=True, blank=True)
    tot = models.TimeField("tot", null=True, blank=True)
    is_op_afspraak = models.BooleanField("op afspraak", default=False)

    class Meta:
        verbose_name = "openingstijd"
        verbose_name_plural = "openingstijden"
        ordering = ("dag", "van")
        constraints = [
            models.CheckConstraint(
                condition=_VAN_LOCATIE_OF_DIENST,
                name="openingstijd_van_locatie_of_dienst",
                violation_error_message="Een openingstijd hoort bij een locatie of bij een dienst.",
            ),
            models.CheckConstraint(
                condition=models.Q(dag__gte=1, dag__lte=7),
                name="openingstijd_dag_bestaat",
                violation_error_message="Kies een dag van de week.",
            ),
            models.CheckConstraint(
                condition=models.Q(van__isnull=False, tot__isnull=False, van__lt=models.F("tot"))
                | models.Q(van__isnull=True, tot__isnull=True, is_op_afspraak=True),
                name="openingstijd_eindigt_na_begin",
                violation_error_message="De eindtijd moet later zijn dan de begintijd.",
            ),
        ]

    def __str__(self) -> str:
        tijden = f"{self.van:%H.%M}–{self.tot:%H.%M}" if self.van and self.tot else "op afspraak"
        return f"{self.get_dag_display()} {tijden}"


class Openingsuitzondering(models.Model):
    """Days on which a location or service keeps other hours, or is closed, as on holidays."""

    locatie = models.ForeignKey(Locatie, models.CASCADE, null=True, blank=True, related_name="uitzonderingen")
    dienst = models.ForeignKey(Dienst, models.CASCADE, null=True, blank=True, related_name="uitzonderingen")
    van_datum = models.DateField("eerste dag")
    tot_en_met_datum = models.DateField("laatste dag")
    is_gesloten = models.BooleanField("gesloten", default=True)
    van = models.TimeField("van", null=True, blank=True)
    tot = models.TimeField("tot", null=True, blank=True)
    reden = models.CharField("reden", max_length=100, blank=True, validators=[een_regel])

    class Meta:
        verbose_name = "afwijkende openingstijd"
        verbose_name_plural = "afwijkende openingstijden"
        ordering = ("van_datum", "pk")
        constraints = [
            models.CheckConstraint(
                condition=_VAN_LOCATIE_OF_DIENST,
                name="openingsuitzondering_van_locatie_of_dienst",
                violation_error_message="Een uitzondering hoort bij een locatie of bij een dienst.",
            ),
            models.CheckConstraint(
                condition=models.Q(van_datum__lte=models.F("tot_en_met_datum")),
                name="openingsuitzondering_dagen_op_volgorde",
                violation_error_message="De laatste dag ligt voor de eerste dag.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_gesloten=True, van__isnull=True, tot__isnull=True)
                | models.Q(is_gesloten=False, van__isnull=False, tot__isnull=False, van__lt=models.F("tot")),
                name="openingsuitzondering_gesloten_of_tijden",
                violation_error_message="Kies 'gesloten', of vul een begintijd en een latere eindtijd in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.van_datum} t/m {self.tot_en_met_datum}"
