"""The topic network and who is in it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from netwerk.keuzes import Lidstatus, Netwerkstatus, Rol, Toelating, Zicht
from netwerk.models.professional import Professional
from organisaties.keuzes import TALEN
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst


class NetwerkQuerySet(models.QuerySet["Netwerk"]):
    def levend(self) -> NetwerkQuerySet:
        """Approved, and not closed; a sleeping network can be read and woken."""
        return self.filter(status__in=[Netwerkstatus.ACTIEF, Netwerkstatus.SLAPEND])

    def zichtbaar_voor(self, kijker: Professional | None) -> NetwerkQuerySet:
        """Of which this viewer may see the page."""
        if kijker is None:
            return self.levend().filter(zicht_pagina=Zicht.PUBLIEK)
        mijn = Lidmaatschap.objects.leden().filter(professional=kijker).values("netwerk")
        return self.levend().filter(models.Q(zicht_pagina__gte=Zicht.PORTAAL) | models.Q(pk__in=mijn))

    def van(self, professional: Professional) -> NetwerkQuerySet:
        """Of which this person is a member."""
        return self.levend().filter(
            pk__in=Lidmaatschap.objects.leden().filter(professional=professional).values("netwerk")
        )


class Netwerk(models.Model):
    """A group of peers around a subject, kept by members who are its beheerders; a moderator approves it first.

    ``zicht_gesprekken`` is how far a new conversation may be seen. Made narrower, it narrows what is there; made
    wider, it leaves alone what members wrote among themselves. Personal data: who proposed it.
    """

    naam = models.CharField("naam", max_length=100, validators=[een_regel, zichtbare_tekst])
    slug = models.SlugField("adres op het portaal", max_length=120, unique=True, editable=False)
    doel = models.CharField(
        "doel",
        max_length=200,
        validators=[een_regel, zichtbare_tekst],
        help_text="Waarvoor is dit netwerk? In één zin.",
    )
    tekst = models.TextField("over dit netwerk", blank=True, validators=[meer_regels, MaxLengthValidator(5000)])
    beeld = models.ImageField("afbeelding", upload_to="netwerken/", blank=True, max_length=120)
    themas = models.ManyToManyField("organisaties.Thema", verbose_name="thema's", related_name="netwerken", blank=True)
    # Without a region it is for the whole country.
    provincies = models.ManyToManyField("geo.Provincie", verbose_name="provincies", related_name="+", blank=True)
    gemeenten = models.ManyToManyField("geo.Gemeente", verbose_name="gemeenten", related_name="+", blank=True)
    taal = models.CharField("taal", max_length=3, choices=TALEN, default="nl")
    toelating = models.CharField("wie kan lid worden", max_length=12, choices=Toelating, default=Toelating.OPEN)
    vragen = ArrayField(
        models.CharField(max_length=200, validators=[een_regel, zichtbare_tekst]),
        verbose_name="vragen aan wie lid wil worden",
        default=list,
        blank=True,
        size=3,
    )
    zicht_pagina = models.PositiveSmallIntegerField("wie ziet de pagina", choices=Zicht, default=Zicht.PUBLIEK)
    zicht_leden = models.PositiveSmallIntegerField("wie ziet de leden", choices=Zicht, default=Zicht.NETWERK)
    zicht_gesprekken = models.PositiveSmallIntegerField("wie leest de gesprekken", choices=Zicht, default=Zicht.NETWERK)
    huisregels = models.TextField("huisregels", blank=True, validators=[meer_regels, MaxLengthValidator(5000)])
    huisregels_bekijken_datum = models.DateField("huisregels opnieuw bekijken op", null=True, blank=True)
    welkom = models.TextField("welkomsttekst", blank=True, validators=[meer_regels, MaxLengthValidator(2000)])
    status = models.CharField("status", max_length=12, choices=Netwerkstatus, default=Netwerkstatus.VOORGESTELD)
    status_op = models.DateTimeField("status sinds", default=timezone.now)
    reden = models.CharField("reden van afwijzing", max_length=500, blank=True)
    voorgesteld_door = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="+")
    beoordeeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Kept by the actions that let people in and out, under a lock on this row.
    aantal_leden = models.PositiveIntegerField("aantal leden", default=0, editable=False)
    laatste_op = models.DateTimeField("laatste gesprek op", null=True, blank=True, editable=False)
    aangemaakt_op = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", default=timezone.now, editable=False)
    # When the beheerders were asked whether a quiet network goes on, and last told to look at the house rules.
    slaapvraag_op = models.DateTimeField(null=True, blank=True, editable=False)
    huisregels_gemeld_datum = models.DateField(null=True, blank=True, editable=False)
    # Written by the actions: the words of name (A), purpose and themes (B) and text (C).
    vector = SearchVectorField(default="", db_default="", editable=False)

    objects = NetwerkQuerySet.as_manager()

    class Meta:
        verbose_name = "netwerk"
        verbose_name_plural = "netwerken"
        ordering = ("naam", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    zicht_pagina__range=(1, 3), zicht_leden__range=(1, 3), zicht_gesprekken__range=(1, 3)
                ),
                name="netwerk_zicht_bestaat",
                violation_error_message="Kies wie dit mag zien.",
            ),
            models.CheckConstraint(
                condition=models.Q(zicht_leden__lte=models.F("zicht_pagina"))
                & models.Q(zicht_gesprekken__lte=models.F("zicht_pagina")),
                name="netwerk_pagina_is_het_ruimst",
                violation_error_message="Leden en gesprekken kunnen niet ruimer te zien zijn dan de pagina zelf.",
            ),
        ]
        indexes = [
            models.Index(fields=["-laatste_op"], name="netwerk_laatste", condition=models.Q(status="actief")),
            GinIndex(fields=["vector"], name="netwerk_vector", condition=models.Q(status__in=["actief", "slapend"])),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("netwerk:netwerk", args=[self.slug])

    @property
    def is_levend(self) -> bool:
        return self.status in (Netwerkstatus.ACTIEF, Netwerkstatus.SLAPEND)


class LidmaatschapQuerySet(models.QuerySet["Lidmaatschap"]):
    def leden(self) -> LidmaatschapQuerySet:
        return self.filter(status=Lidstatus.LID)

    def beheerders(self) -> LidmaatschapQuerySet:
        return self.leden().filter(rol=Rol.BEHEERDER)

    def wachtend(self) -> LidmaatschapQuerySet:
        return self.filter(status=Lidstatus.AANGEVRAAGD).order_by("gevraagd_op", "pk")


class Lidmaatschap(models.Model):
    """The place of a professional in a network: asked for, a member, or a beheerder. Leaving deletes the row.

    A living network has at least one beheerder; actions see to it under a lock on the network. Personal data:
    the role, the answers and what the member shares with the beheerders; exported and erased with the profile.
    """

    netwerk = models.ForeignKey(Netwerk, models.CASCADE, related_name="lidmaatschappen")
    professional = models.ForeignKey(Professional, models.CASCADE, related_name="lidmaatschappen")
    rol = models.CharField("rol", max_length=10, choices=Rol, default=Rol.LID)
    status = models.CharField("status", max_length=12, choices=Lidstatus, default=Lidstatus.LID)
    antwoorden = ArrayField(models.CharField(max_length=1000, blank=True), default=list, blank=True)
    deelt_mail = models.BooleanField("beheerders mogen mijn e-mailadres zien", default=False)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    sinds_op = models.DateTimeField("lid sinds", null=True, blank=True)
    laatst_gezien_op = models.DateTimeField("laatst gezien op", null=True, blank=True)
    # When the friendly note to a silent member went out.
    gewekt_op = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ("rol", "sinds_op", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["netwerk", "professional"],
                name="lidmaatschap_een_per_persoon",
                violation_error_message="Deze persoon hoort al bij dit netwerk.",
            ),
            models.CheckConstraint(
                condition=models.Q(rol="lid") | models.Q(status="lid"),
                name="lidmaatschap_beheerder_is_lid",
                violation_error_message="Een beheerder is altijd lid.",
            ),
            models.CheckConstraint(
                condition=models.Q(sinds_op__isnull=False) | ~models.Q(status="lid"),
                name="lidmaatschap_lid_heeft_begin",
                violation_error_message="Een lid is lid sinds een moment.",
            ),
        ]
        indexes = [models.Index(fields=["professional", "status", "netwerk"], name="lidmaatschap_van_persoon")]

    def __str__(self) -> str:
        return f"{self.professional} in {self.netwerk}"
