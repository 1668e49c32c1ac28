"""Lists of listings that somebody gathers to pass on, the sheets made of them, and the answers of who read one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils import timezone

from organisaties.models.dienst import Dienst
from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import een_regel, zichtbare_tekst

if TYPE_CHECKING:
    from welzijnportal.accounts.models import Gebruiker

ZIN_MAX = 300


class Antwoord(models.TextChoices):
    """What a reader says when asked 'Is het gelukt?'."""

    JA = "ja", "Ja"
    NOG_NIET = "nog_niet", "Nog niet"
    NEE = "nee", "Nee"


class DoorgeeflijstQuerySet(models.QuerySet["Doorgeeflijst"]):
    def met_aantal(self) -> DoorgeeflijstQuerySet:
        """With ``aantal_regels``, how many listings are on it."""
        return self.annotate(aantal_regels=models.Count("regels"))


class Doorgeeflijst(models.Model):
    """A named list of listings that a person with an account keeps, to pass on ('geef door').

    Who has no account keeps one list in the session. Personal data: exported and erased with the account.
    """

    eigenaar = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="doorgeeflijsten")
    naam = models.CharField("naam van de lijst", max_length=80, validators=[een_regel, zichtbare_tekst])
    aangemaakt_op = models.DateTimeField(default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField(default=timezone.now, editable=False)

    objects = DoorgeeflijstQuerySet.as_manager()

    class Meta:
        verbose_name = "doorgeeflijst"
        verbose_name_plural = "doorgeeflijsten"
        ordering = ("-gewijzigd_op", "-pk")

    def __str__(self) -> str:
        return self.naam


class Doorgeefregel(models.Model):
    """One listing on a list: which service is meant, if one, and a sentence of the person who passes it on."""

    lijst = models.ForeignKey(Doorgeeflijst, models.CASCADE, related_name="regels")
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="doorgeefregels")
    dienst = models.ForeignKey(Dienst, models.SET_NULL, null=True, blank=True, related_name="+")
    zin = models.CharField("uw zin erbij", max_length=ZIN_MAX, blank=True, validators=[een_regel])
    volgorde = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "regel van een doorgeeflijst"
        verbose_name_plural = "regels van doorgeeflijsten"
        ordering = ("volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["lijst", "organisatie"],
                name="doorgeefregel_een_per_organisatie",
                violation_error_message="Deze organisatie staat al in de lijst.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisatie} in {self.lijst}"


class DoorgeefbladQuerySet(models.QuerySet["Doorgeefblad"]):
    def geldig(self) -> DoorgeefbladQuerySet:
        """Whose link still works."""
        return self.filter(verloopt_op__gt=timezone.now())

    def verlopen(self) -> DoorgeefbladQuerySet:
        return self.filter(verloopt_op__lte=timezone.now())

    def van(self, gebruiker: Gebruiker) -> DoorgeefbladQuerySet:
        return self.filter(eigenaar=gebruiker)


class Doorgeefblad(models.Model):
    """A list as it was when it was shared by a link that ends; its token is stored as a hash only.

    What is changed in the list afterwards does not reach whoever got the link. Personal data: the owner, if it has
    one, and what the sentences say; exported and erased with the account, and erased for all when the link ends.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    eigenaar = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="doorgeefbladen"
    )
    naam = models.CharField("titel", max_length=80, blank=True, validators=[een_regel])
    gedeeld_op = models.DateTimeField(default=timezone.now)
    verloopt_op = models.DateTimeField("werkt tot", db_index=True)

    objects = DoorgeefbladQuerySet.as_manager()

    class Meta:
        verbose_name = "gedeelde lijst"
        verbose_name_plural = "gedeelde lijsten"
        ordering = ("-gedeeld_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verloopt_op__gt=models.F("gedeeld_op")),
                name="doorgeefblad_verloopt_na_delen",
                violation_error_message="De link moet na vandaag verlopen.",
            )
        ]

    def __str__(self) -> str:
        return self.naam or "Gedeelde lijst"


class Bladregel(models.Model):
    """One listing on a shared sheet, with the answer of its reader; ``naam`` stays when the listing goes."""

    blad = models.ForeignKey(Doorgeefblad, models.CASCADE, related_name="regels")
    organisatie = models.ForeignKey(Organisatie, models.SET_NULL, null=True, related_name="bladregels")
    dienst = models.ForeignKey(Dienst, models.SET_NULL, null=True, blank=True, related_name="+")
    naam = models.CharField(max_length=120)
    zin = models.CharField(max_length=ZIN_MAX, blank=True, validators=[een_regel])
    volgorde = models.PositiveSmallIntegerField(default=0)
    antwoord = models.CharField("is het gelukt?", max_length=8, choices=Antwoord, blank=True)
    geteld_op = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "regel van een gedeelde lijst"
        verbose_name_plural = "regels van gedeelde lijsten"
        ordering = ("volgorde", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["blad", "organisatie"],
                name="bladregel_een_per_organisatie",
                violation_error_message="Deze organisatie staat al op het blad.",
            ),
            models.CheckConstraint(
                condition=models.Q(antwoord__in=["", *Antwoord.values]),
                name="bladregel_antwoord_bestaat",
                violation_error_message="Kies Ja, Nog niet of Nee.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam


class Doorgeeftelling(models.Model):
    """How often readers gave an answer about a listing, or about one service of it, on one day.

    It leads back to no list and no person: that is why it may stay when the sheet is erased.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="doorgeeftellingen")
    dienst = models.ForeignKey(Dienst, models.CASCADE, null=True, blank=True, related_name="+")
    dag = models.DateField("dag")
    antwoord = models.CharField("antwoord", max_length=8, choices=Antwoord)
    aantal = models.PositiveIntegerField("aantal", default=0)

    class Meta:
        verbose_name = "telling van antwoorden"
        verbose_name_plural = "tellingen van antwoorden"
        ordering = ("-dag", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "dienst", "dag", "antwoord"],
                nulls_distinct=False,
                name="doorgeeftelling_een_per_dag",
                violation_error_message="Deze telling bestaat al.",
            ),
            models.CheckConstraint(
                condition=models.Q(antwoord__in=Antwoord.values),
                name="doorgeeftelling_antwoord_bestaat",
                violation_error_message="Kies Ja, Nog niet of Nee.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie}: {self.aantal} keer {self.get_antwoord_display()}"
