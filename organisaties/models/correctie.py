"""What a visitor proposes for one field of a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from phonenumber_field.phonenumber import to_python

from organisaties.models.dienst import Dienst
from organisaties.models.locatie import Locatie
from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import meer_regels

if TYPE_CHECKING:
    from welzijnportal.accounts.models import Gebruiker


class CorrectieQuerySet(models.QuerySet["Correctie"]):
    def wachtend(self) -> CorrectieQuerySet:
        """Not decided on, oldest first."""
        return self.filter(status=Correctie.Status.OPEN).order_by("voorgesteld_op", "pk")

    def voor(self, gebruiker: Gebruiker) -> CorrectieQuerySet:
        """About the listings that this person keeps."""
        return self.filter(organisatie__beheer__gebruiker=gebruiker)


class Correctie(models.Model):
    """A visitor's proposal for one field of a listing: what stood there, and what it should be.

    An address is kept as three lines: street, postcode, place. Hours, services and other parts that are more
    than a text hold what the visitor wrote; a beheerder changes those in the editor. Personal data: the sender's
    address, never shown to the organisation, exported with an account of that address, erased with it, 30 days
    after the decision, and after a year without one.
    """

    class Veld(models.TextChoices):
        TELEFOON = "telefoon", "telefoonnummer"
        EMAIL = "email", "e-mailadres"
        WEBSITE = "website", "website"
        ADRES = "adres", "adres"
        TIJDEN = "tijden", "openingstijden"
        DIENST = "aanbod", "aanbod"
        KORT = "kort", "wat het in het kort is"
        TEKST = "tekst", "beschrijving"
        NAAM = "naam", "naam"
        KVK = "kvk_nummer", "KvK-nummer"
        VOOR_WIE = "voor-wie", "voor wie het is"
        WERKGEBIED = "werkgebied", "waar zij werken"
        GESTOPT = "gestopt", "of het nog bestaat"

    class Status(models.TextChoices):
        OPEN = "open", "wacht op een besluit"
        OVERGENOMEN = "overgenomen", "overgenomen"
        AANGEPAST = "aangepast", "aangepast overgenomen"
        AFGEWEZEN = "afgewezen", "niet overgenomen"

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="correcties")
    locatie = models.ForeignKey(Locatie, models.CASCADE, null=True, blank=True, related_name="correcties")
    dienst = models.ForeignKey(Dienst, models.CASCADE, null=True, blank=True, related_name="correcties")
    veld = models.CharField("veld", max_length=12, choices=Veld)
    oude_waarde = models.TextField("stond er", blank=True)
    nieuwe_waarde = models.TextField("moet zijn", blank=True, validators=[meer_regels, MaxLengthValidator(10_000)])
    opmerking = models.TextField("opmerking", blank=True, validators=[meer_regels, MaxLengthValidator(1000)])
    email = models.EmailField("uw e-mailadres", blank=True)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.OPEN)
    besloten_waarde = models.TextField("is geworden", blank=True)
    antwoord = models.TextField("antwoord", blank=True, validators=[meer_regels, MaxLengthValidator(1000)])
    voorgesteld_op = models.DateTimeField("voorgesteld op", default=timezone.now)
    besloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    besloten_op = models.DateTimeField("besloten op", null=True, blank=True)

    objects = CorrectieQuerySet.as_manager()

    class Meta:
        verbose_name = "voorgestelde verbetering"
        verbose_name_plural = "voorgestelde verbeteringen"
        ordering = ("voorgesteld_op", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="open", besloten_op__isnull=True)
                | models.Q(~models.Q(status="open"), besloten_op__isnull=False),
                name="correctie_besluit_heeft_moment",
                violation_error_message="Een besluit heeft een moment, en wat open staat heeft er geen.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["open", "overgenomen", "aangepast", "afgewezen"]),
                name="correctie_status_bestaat",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=models.Q(locatie__isnull=True) | models.Q(dienst__isnull=True),
                name="correctie_van_een_onderdeel",
                violation_error_message="Een verbetering gaat over één onderdeel.",
            ),
            models.CheckConstraint(
                condition=(~models.Q(veld="adres") | models.Q(locatie__isnull=False))
                & (~models.Q(veld="aanbod") | models.Q(dienst__isnull=False)),
                name="correctie_onderdeel_past_bij_veld",
                violation_error_message="Bij dit veld hoort een locatie of een aanbod.",
            ),
        ]
        indexes = [
            models.Index(fields=["voorgesteld_op", "id"], name="correctie_wachtrij", condition=models.Q(status="open")),
            models.Index(fields=["organisatie"], name="correctie_open_bij", condition=models.Q(status="open")),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie}: {self.get_veld_display()}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def oud(self) -> str:
        return in_woorden(self.veld, self.oude_waarde)

    @property
    def nieuw(self) -> str:
        return in_woorden(self.veld, self.nieuwe_waarde)

    @property
    def besloten(self) -> str:
        return in_woorden(self.veld, self.besloten_waarde)

    @property
    def onderdeel(self) -> Any:
        return self.locatie or self.dienst

    @property
    def onderwerp(self) -> str:
        """What it is about, in words: 'adres van Buurthuis De Linde'."""
        if self.locatie:
            # The name of a confidential address may give it away.
            wat = f"geheim adres in {self.locatie.plaats}" if self.locatie.is_geheim else str(self.locatie)
            return f"{self.get_veld_display()} ({wat})"
        return f"{self.get_veld_display()} ({self.dienst})" if self.dienst else str(self.get_veld_display())


def in_woorden(veld: str, waarde: str) -> str:
    """A value as people read it: a phone number as one dials it, an address on one line."""
    if veld == Correctie.Veld.TELEFOON and waarde:
        nummer = to_python(waarde)
        if nummer and nummer.is_valid():
            return str(nummer.as_national if nummer.country_code == 31 else nummer.as_international)
    if veld == Correctie.Veld.ADRES:
        straat, postcode, plaats = adresregels(waarde)
        return ", ".join(deel for deel in (straat, f"{postcode} {plaats}".strip()) if deel)
    return waarde


def adresregels(waarde: str) -> tuple[str, str, str]:
    """Street, postcode and place of an address as a proposal keeps it."""
    straat, postcode, plaats = [*waarde.split("\n"), "", "", ""][:3]
    return straat, postcode, plaats
