"""What people hand in about listings: a registration under way, a report, a change that waits."""

import secrets

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone

from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import meer_regels, zichtbare_tekst


def nieuw_token() -> str:
    return secrets.token_urlsafe(24)


class Aanmeldconcept(models.Model):
    """A registration under way, kept apart from the session so that nothing typed is lost.

    Its token lies in a signed cookie of the visitor. Personal data: erased 30 days after the last change,
    and at once when the registration is handed in.
    """

    token = models.CharField(max_length=40, unique=True, default=nieuw_token, editable=False)
    gegevens = models.JSONField(default=dict)
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, null=True, blank=True, related_name="+")
    aangemaakt_op = models.DateTimeField(default=timezone.now)
    gewijzigd_op = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "aanmelding in wording"
        verbose_name_plural = "aanmeldingen in wording"
        indexes = [models.Index(fields=["gewijzigd_op"], name="aanmeldconcept_gewijzigd")]

    def __str__(self) -> str:
        return str(self.gegevens.get("naam", "")) or "zonder naam"


class Wijzigingsverzoek(models.Model):
    """A change of name, KvK number or website of a published listing, which waits for a moderator."""

    class Veld(models.TextChoices):
        NAAM = "naam", "naam"
        KVK = "kvk_nummer", "KvK-nummer"
        WEBSITE = "website", "website"

    class Status(models.TextChoices):
        OPEN = "open", "wacht op beoordeling"
        AKKOORD = "akkoord", "doorgevoerd"
        AFGEWEZEN = "afgewezen", "afgewezen"
        VERVALLEN = "vervallen", "vervangen door een nieuwer verzoek"

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="wijzigingsverzoeken")
    veld = models.CharField("veld", max_length=12, choices=Veld)
    oude_waarde = models.CharField("oud", max_length=300, blank=True)
    nieuwe_waarde = models.CharField("nieuw", max_length=300, blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.OPEN)
    gevraagd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    beoordeeld_op = models.DateTimeField(null=True, blank=True)
    reden = models.TextField("reden", blank=True)

    class Meta:
        verbose_name = "wijzigingsverzoek"
        verbose_name_plural = "wijzigingsverzoeken"
        ordering = ("gevraagd_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "veld"],
                condition=models.Q(status="open"),
                name="wijzigingsverzoek_een_open_per_veld",
                violation_error_message="Voor dit veld wacht al een wijziging op beoordeling.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisatie}: {self.get_veld_display()} → {self.nieuwe_waarde}"


class Melding(models.Model):
    """A visitor's report that something in a listing is wrong.

    Personal data: the address, if left, is erased 30 days after the report is dealt with.
    """

    class Status(models.TextChoices):
        OPEN = "open", "open"
        VERWERKT = "verwerkt", "verwerkt"
        AFGEWEZEN = "afgewezen", "niet nodig"

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="meldingen")
    tekst = models.TextField("wat klopt er niet?", validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(2000)])
    email = models.EmailField("uw e-mailadres", blank=True)
    status = models.CharField("status", max_length=10, choices=Status, default=Status.OPEN)
    gemeld_op = models.DateTimeField("gemeld op", default=timezone.now)
    afgehandeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    afgehandeld_op = models.DateTimeField("afgehandeld op", null=True, blank=True)

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        ordering = ("gemeld_op", "pk")
        indexes = [models.Index(fields=["status", "gemeld_op"], name="melding_wachtrij")]

    def __str__(self) -> str:
        return f"{self.organisatie}: {self.tekst[:60]}"
