"""What is offered."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from organisaties.keuzes import TALEN, AanmeldenVia
from organisaties.models.locatie import Locatie
from organisaties.models.organisatie import Organisatie
from organisaties.models.taxonomie import Doelgroep, Thema
from welzijnportal.validators import een_regel, meer_regels, webadres, zichtbare_tekst


class Dienst(models.Model):
    """One thing that people can get or do at an organisation, as 'Hulp bij schulden'."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="diensten")
    naam = models.CharField("wat biedt u aan?", max_length=120, validators=[een_regel, zichtbare_tekst])
    tekst = models.TextField("uitleg", blank=True, validators=[meer_regels, MaxLengthValidator(5000)])
    themas = models.ManyToManyField(Thema, verbose_name="thema's", related_name="diensten", blank=True)
    doelgroepen = models.ManyToManyField(Doelgroep, verbose_name="doelgroepen", related_name="diensten", blank=True)
    leeftijd_van = models.PositiveSmallIntegerField(
        "vanaf leeftijd", null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    leeftijd_tot_en_met = models.PositiveSmallIntegerField(
        "tot en met leeftijd", null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    is_gratis = models.BooleanField("gratis", default=True)
    kosten = models.CharField("kosten", max_length=200, blank=True, validators=[een_regel])
    bedrag = models.DecimalField(
        "bedrag in euro", max_digits=7, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    aanmelden_via = ArrayField(
        models.CharField(max_length=12, choices=AanmeldenVia),
        verbose_name="hoe meldt iemand zich aan?",
        default=list,
        blank=True,
    )
    aanmeldlink = models.URLField("link naar het aanmeldformulier", max_length=300, blank=True, validators=[webadres])
    wachttijd = models.CharField("wachttijd", max_length=100, blank=True, validators=[een_regel])
    talen = ArrayField(models.CharField(max_length=3, choices=TALEN), verbose_name="talen", default=list, blank=True)
    locaties = models.ManyToManyField(Locatie, verbose_name="op welke locaties", related_name="diensten", blank=True)
    volgorde = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(m2m_fields=[themas, doelgroepen])

    class Meta:
        verbose_name = "dienst"
        verbose_name_plural = "diensten"
        ordering = ("volgorde", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(leeftijd_van__isnull=True)
                | models.Q(leeftijd_tot_en_met__isnull=True)
                | models.Q(leeftijd_van__lte=models.F("leeftijd_tot_en_met")),
                name="dienst_leeftijden_op_volgorde",
                violation_error_message="De laagste leeftijd is hoger dan de hoogste.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_gratis=False)
                | models.Q(kosten="", bedrag__isnull=True)
                | models.Q(bedrag=0, kosten=""),
                name="dienst_gratis_heeft_geen_kosten",
                violation_error_message="Een gratis dienst heeft geen kosten. Haal het vinkje weg of laat de kosten leeg.",
            ),
            models.CheckConstraint(
                condition=~models.Q(naam=""), name="dienst_heeft_naam", violation_error_message="Vul in wat u aanbiedt."
            ),
        ]

    def __str__(self) -> str:
        return self.naam
