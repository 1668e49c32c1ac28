"""Organisations that stand behind a network, and the record of what left the network."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from netwerk.keuzes import Netwerkstatus
from netwerk.models.netwerk import Netwerk
from netwerk.models.professional import Professional
from organisaties.keuzes import Status as Vermeldingstatus
from organisaties.models import Organisatie


class NetwerkSteunQuerySet(models.QuerySet["NetwerkSteun"]):
    def zichtbaar(self) -> NetwerkSteunQuerySet:
        """Confirmed by both, of a listing and a network that are there."""
        return self.filter(
            status=NetwerkSteun.Status.BEVESTIGD,
            organisatie__status=Vermeldingstatus.GEPUBLICEERD,
            netwerk__status__in=[Netwerkstatus.ACTIEF, Netwerkstatus.SLAPEND],
        )


class NetwerkSteun(models.Model):
    """An organisation supports a network: with time, a room, a name. Asked by one side, confirmed by the other.

    It stands on both pages from then on. Saying no, or ending it, deletes the row. Personal data: who asked and who
    answered; exported, and forgotten with the account.
    """

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "wacht op antwoord"
        BEVESTIGD = "bevestigd", "bevestigd"

    class Kant(models.TextChoices):
        NETWERK = "netwerk", "het netwerk"
        ORGANISATIE = "organisatie", "de organisatie"

    netwerk = models.ForeignKey(Netwerk, models.CASCADE, related_name="steun")
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="gesteunde_netwerken")
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GEVRAAGD)
    gevraagd_door_kant = models.CharField("gevraagd door", max_length=12, choices=Kant)
    gevraagd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    bevestigd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)

    objects = NetwerkSteunQuerySet.as_manager()

    class Meta:
        verbose_name = "steun van een organisatie"
        verbose_name_plural = "steun van organisaties"
        ordering = ("gevraagd_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["netwerk", "organisatie"],
                name="netwerksteun_een_per_organisatie",
                violation_error_message="Deze organisatie steunt dit netwerk al, of het is al gevraagd.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="gevraagd", bevestigd_op__isnull=True)
                | models.Q(status="bevestigd", bevestigd_op__isnull=False),
                name="netwerksteun_bevestigd_heeft_moment",
                violation_error_message="Wat bevestigd is, heeft een moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie} steunt {self.netwerk}"


class Ledenexport(models.Model):
    """That a beheerder took the list of members out of the portal; the members may know of it.

    Personal data: who did it; exported to that person, forgotten with the account, erased after two years.
    """

    netwerk = models.ForeignKey(Netwerk, models.CASCADE, related_name="exports")
    door = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="+")
    vorm = models.CharField("vorm", max_length=4)
    aantal = models.PositiveIntegerField("aantal leden")
    op = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "export van leden"
        verbose_name_plural = "exports van leden"
        ordering = ("-op", "-pk")

    def __str__(self) -> str:
        return f"{self.netwerk}, {self.op:%Y-%m-%d}"
