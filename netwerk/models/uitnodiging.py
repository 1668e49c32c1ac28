"""How people come into a network: a personal invitation by mail, and a link that may be shared or printed as QR."""

from __future__ import annotations

import hashlib
import secrets
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from netwerk.models.netwerk import Netwerk
from netwerk.models.professional import Professional
from welzijnportal.validators import een_regel

MAX_HERINNERINGEN = 2


def nieuw_zaad() -> str:
    return secrets.token_urlsafe(12)


def token_van(soort: str, zaad: str) -> str:
    """Return the secret of an invitation or link. Only the portal can make it: the row holds the seed and a hash."""
    return salted_hmac(f"netwerk.{soort}", zaad, algorithm="sha256").hexdigest()[:40]


def hash_van(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class UitnodigingQuerySet[M: "Uitnodiging"](models.QuerySet[M]):
    def open(self) -> Self:
        """Neither used nor withdrawn; it may be past its term."""
        return self.filter(gebruikt_op=None, ingetrokken_op=None)

    def geldig(self) -> Self:
        return self.open().filter(verloopt_op__gt=timezone.now())


class Uitnodiging(models.Model):
    """What an invitation by a person holds, to whatever it invites.

    The token is made from ``zaad`` and the portal's secret key, so that a link can be repeated while the database
    alone gives nobody one. ``SOORT`` is what it invites to, in the token.
    """

    SOORT = ""

    regel = models.CharField("uw woord erbij", max_length=300, blank=True, validators=[een_regel])
    zaad = models.CharField(max_length=20, default=nieuw_zaad, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    verstuurd_op = models.DateTimeField("verstuurd op", default=timezone.now)
    verloopt_op = models.DateTimeField("geldig tot")
    gebruikt_op = models.DateTimeField("gebruikt op", null=True, blank=True)
    gebruikt_door = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="+")
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def token(self) -> str:
        return token_van(self.SOORT, self.zaad)

    @property
    def is_geldig(self) -> bool:
        return self.gebruikt_op is None and self.ingetrokken_op is None and self.verloopt_op > timezone.now()


class NetwerkuitnodigingQuerySet(UitnodigingQuerySet["Netwerkuitnodiging"]):
    pass


class Netwerkuitnodiging(Uitnodiging):
    """A personal invitation of a beheerder to an e-mail address, which may have no account yet.

    Personal data: the address and a line to its owner; exported to both, erased 30
    days after it was used, withdrawn or ended, and with either account.
    """

    SOORT = "uitnodiging"

    netwerk = models.ForeignKey(Netwerk, models.CASCADE, related_name="uitnodigingen")
    email = models.EmailField("e-mailadres")
    door = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="+")
    herinneringen = models.PositiveSmallIntegerField("herinneringen", default=0, editable=False)

    objects = NetwerkuitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging voor een netwerk"
        verbose_name_plural = "uitnodigingen voor netwerken"
        ordering = ("-verstuurd_op", "-pk")
        constraints = [
            models.UniqueConstraint(
                "netwerk",
                models.functions.Lower("email"),
                condition=models.Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
                name="netwerkuitnodiging_een_open_per_adres",
                violation_error_message="Dit adres heeft al een uitnodiging.",
            ),
            models.CheckConstraint(
                condition=models.Q(gebruikt_op__isnull=True) | models.Q(ingetrokken_op__isnull=True),
                name="netwerkuitnodiging_gebruikt_of_ingetrokken",
                violation_error_message="Een gebruikte uitnodiging kan niet meer worden ingetrokken.",
            ),
            models.CheckConstraint(
                condition=models.Q(herinneringen__lte=MAX_HERINNERINGEN),
                name="netwerkuitnodiging_hoogstens_twee_herinneringen",
                violation_error_message="Er gaan hoogstens twee herinneringen uit.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["verstuurd_op"],
                name="netwerkuitnodiging_wacht",
                condition=models.Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
            ),
            models.Index(fields=["door", "verstuurd_op"], name="netwerkuitnodiging_van"),
        ]

    def __str__(self) -> str:
        return f"Uitnodiging voor {self.netwerk}"


class NetwerklinkQuerySet(models.QuerySet["Netwerklink"]):
    def open(self) -> NetwerklinkQuerySet:
        return self.filter(ingetrokken_op=None)


class Netwerklink(models.Model):
    """An invitation for whoever has it: a link to share, or a QR code on a slide or a leaflet.

    It may end on a date, after a number of uses, and when a beheerder withdraws it. Its secret is made as that of an
    invitation. Personal data: who made it.
    """

    netwerk = models.ForeignKey(Netwerk, models.CASCADE, related_name="links")
    naam = models.CharField("waar is de link voor", max_length=80, validators=[een_regel])
    zaad = models.CharField(max_length=20, default=nieuw_zaad, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    door = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="+")
    gemaakt_op = models.DateTimeField("gemaakt op", default=timezone.now)
    verloopt_op = models.DateTimeField("geldig tot", null=True, blank=True)
    meest = models.PositiveSmallIntegerField("hoeveel mensen hoogstens", null=True, blank=True)
    aantal_gebruikt = models.PositiveIntegerField("hoe vaak gebruikt", default=0, editable=False)
    ingetrokken_op = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = NetwerklinkQuerySet.as_manager()

    class Meta:
        verbose_name = "link naar een netwerk"
        verbose_name_plural = "links naar netwerken"
        ordering = ("-gemaakt_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(meest__isnull=True) | models.Q(aantal_gebruikt__lte=models.F("meest")),
                name="netwerklink_niet_vaker_dan_mag",
                violation_error_message="Deze link is zo vaak gebruikt als mag.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    @property
    def token(self) -> str:
        return token_van("link", self.zaad)

    @property
    def is_vol(self) -> bool:
        return self.meest is not None and self.aantal_gebruikt >= self.meest

    @property
    def is_verlopen(self) -> bool:
        return self.verloopt_op is not None and self.verloopt_op <= timezone.now()

    @property
    def is_geldig(self) -> bool:
        return self.ingetrokken_op is None and not self.is_vol and not self.is_verlopen
