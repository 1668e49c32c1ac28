"""How somebody gets word of what happens, and how often by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from netwerk.keuzes import Seintje, Wanneer
from netwerk.models.netwerk import Netwerk
from netwerk.models.professional import Professional


class KennisgevingQuerySet(models.QuerySet["Kennisgeving"]):
    def ongelezen(self) -> KennisgevingQuerySet:
        return self.filter(gelezen_op__isnull=True)


class Kennisgeving(models.Model):
    """One word to one person: what happened and where to look. It says no more than the person may know for good.

    What is at the address is shown only if the person may still see it then. ``mail_op`` is when it is due by mail
    (empty: never); ``gemaild_op`` when it went. Personal data: erased with the account and after 90 days.
    """

    ontvanger = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kennisgevingen")
    soort = models.CharField("soort", max_length=14, choices=Seintje)
    tekst = models.CharField("tekst", max_length=250)
    # A path on this portal.
    pad = models.CharField("adres", max_length=300)
    door = models.ForeignKey(Professional, models.CASCADE, null=True, blank=True, related_name="+")
    netwerk = models.ForeignKey(Netwerk, models.CASCADE, null=True, blank=True, related_name="+")
    # What it is about, as 'gesprek:123': a second word about the same within a mail is grouped by it.
    over = models.CharField(max_length=60, blank=True)
    # Whether the mail about it can be answered by mail; the signed address is made when the mail goes.
    is_te_beantwoorden = models.BooleanField(default=False)
    # More of the text, for the mail alone (a reply, a message); erased when the mail went.
    mailtekst = models.TextField(blank=True)
    aangemaakt_op = models.DateTimeField("op", default=timezone.now)
    gelezen_op = models.DateTimeField("gelezen op", null=True, blank=True)
    mail_op = models.DateTimeField("per mail vanaf", null=True, blank=True)
    gemaild_op = models.DateTimeField("gemaild op", null=True, blank=True)

    objects = KennisgevingQuerySet.as_manager()

    class Meta:
        verbose_name = "kennisgeving"
        verbose_name_plural = "kennisgevingen"
        ordering = ("-aangemaakt_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pad__startswith="/") & ~models.Q(pad__startswith="//"),
                name="kennisgeving_pad_is_van_hier",
                violation_error_message="Het adres is een pad op dit portaal.",
            )
        ]
        indexes = [
            models.Index("ontvanger", models.F("aangemaakt_op").desc(), name="kennisgeving_van_ontvanger"),
            models.Index(
                fields=["ontvanger"], name="kennisgeving_ongelezen", condition=models.Q(gelezen_op__isnull=True)
            ),
            models.Index(
                fields=["mail_op", "ontvanger"],
                name="kennisgeving_te_mailen",
                condition=models.Q(mail_op__isnull=False, gemaild_op__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.tekst


class Voorkeur(models.Model):
    """How often one kind of word comes by mail, in general or for one network. Without a row the standard holds.

    Personal data: exported and erased with the account.
    """

    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="voorkeuren")
    netwerk = models.ForeignKey(Netwerk, models.CASCADE, null=True, blank=True, related_name="+")
    soort = models.CharField("soort", max_length=14, choices=Seintje)
    wanneer = models.CharField("wanneer", max_length=7, choices=Wanneer)

    class Meta:
        verbose_name = "mailvoorkeur"
        verbose_name_plural = "mailvoorkeuren"
        constraints = [
            models.UniqueConstraint(
                fields=["gebruiker", "netwerk", "soort"],
                nulls_distinct=False,
                name="voorkeur_een_per_soort",
                violation_error_message="Hiervoor is al een keuze gemaakt.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_soort_display()}: {self.get_wanneer_display()}"
