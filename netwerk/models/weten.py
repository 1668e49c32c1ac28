"""Questions that are put to a few peers who may know."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone

from netwerk.keuzes import Gesprekssoort, Plaatsing, Zicht
from netwerk.models.gesprek import Gesprek, Reactie
from netwerk.models.netwerk import Lidmaatschap
from netwerk.models.professional import Professional
from welzijnportal.validators import een_regel

MEESTE_RONDES = 3
PER_RONDE = 5
WACHT_DAGEN = 3


def begin_van_de_maand(nu: datetime) -> datetime:
    """Return when this calendar month began in the time of Europe/Amsterdam."""
    eerste = timezone.localtime(nu).date().replace(day=1)
    return timezone.make_aware(datetime.combine(eerste, time.min))


def over_drie_dagen(nu: datetime) -> datetime:
    """Return three days later at the same time by the clock, also over a night on which the clock changes."""
    hier = timezone.localtime(nu).replace(tzinfo=None)
    return timezone.make_aware(hier + timedelta(days=WACHT_DAGEN))


class RondvraagQuerySet(models.QuerySet["Rondvraag"]):
    def aan_de_beurt(self, nu: datetime) -> RondvraagQuerySet:
        return self.filter(volgende_op__lte=nu).order_by("volgende_op", "pk")


class Rondvraag(models.Model):
    """That the asker of a question lets the portal put it to peers who may know, and how far that has come.

    Its row is locked while a round goes out, so that nobody is asked twice. ``volgende_op`` is when it widens when
    nobody answered; empty when it is done. Personal data: none of its own.
    """

    gesprek = models.OneToOneField(Gesprek, models.CASCADE, related_name="rondvraag")
    ronde = models.PositiveSmallIntegerField("ronde", default=0)
    begonnen_op = models.DateTimeField("begonnen op", default=timezone.now)
    volgende_op = models.DateTimeField("verder op", null=True, blank=True)

    objects = RondvraagQuerySet.as_manager()

    class Meta:
        verbose_name = "rondvraag"
        verbose_name_plural = "rondvragen"
        ordering = ("-begonnen_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ronde__lte=MEESTE_RONDES),
                name="rondvraag_hoogstens_drie_rondes",
                violation_error_message="Een vraag gaat hoogstens drie keer rond.",
            )
        ]
        indexes = [
            models.Index(
                fields=["volgende_op"], name="rondvraag_te_doen", condition=models.Q(volgende_op__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"Rondvraag over {self.gesprek}"


class VraagverzoekQuerySet(models.QuerySet["Vraagverzoek"]):
    def deze_maand(self, nu: datetime) -> VraagverzoekQuerySet:
        return self.filter(gestuurd_op__gte=begin_van_de_maand(nu))

    def met_antwoord(self) -> VraagverzoekQuerySet:
        """Say of each whether the person replied in the conversation since: ``is_beantwoord``."""
        reacties = Reactie.objects.geplaatst().filter(
            gesprek=models.OuterRef("gesprek"),
            auteur=models.OuterRef("professional"),
            geplaatst_op__gte=models.OuterRef("gestuurd_op"),
        )
        return self.annotate(
            is_beantwoord=models.Case(
                models.When(beantwoord_op__isnull=False, then=True), default=models.Exists(reacties)
            )
        )

    def open_voor(self, professional: Professional) -> VraagverzoekQuerySet:
        """What waits for this person: not answered nor declined, of a question that may still be read and answered."""
        mijn = Lidmaatschap.objects.leden().filter(professional=professional).values("netwerk")
        return (
            self.filter(professional=professional, beantwoord_op=None, afgeslagen_op=None)
            .filter(gesprek__plaatsing=Plaatsing.GEPLAATST, gesprek__is_gesloten=False, gesprek__antwoord=None)
            .filter(gesprek__netwerk__status__in=["actief", "slapend"])
            .filter(models.Q(gesprek__zicht__gte=Zicht.PORTAAL) | models.Q(gesprek__netwerk__in=mijn))
            .exclude(gesprek__auteur__in=professional.blokkades.values("geblokkeerd"))
            .exclude(gesprek__auteur__in=professional.geblokkeerd_door.values("door"))
            .met_antwoord()
            .filter(models.Q(("is_beantwoord", False)))
            .order_by("-gestuurd_op", "-pk")
        )


class Vraagverzoek(models.Model):
    """One question put to one peer. ``reden`` says to that peer alone why they were thought of.

    The asker sees how many were asked, and the name of who answered. Personal data: exported and erased with the
    profile.
    """

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="vraagverzoeken")
    professional = models.ForeignKey(Professional, models.CASCADE, related_name="vraagverzoeken")
    ronde = models.PositiveSmallIntegerField("ronde", default=1)
    reden = models.CharField("waarom u", max_length=200, validators=[een_regel])
    gestuurd_op = models.DateTimeField("gestuurd op", default=timezone.now)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    afgeslagen_op = models.DateTimeField("afgeslagen op", null=True, blank=True)

    objects = VraagverzoekQuerySet.as_manager()

    class Meta:
        verbose_name = "vraagverzoek"
        verbose_name_plural = "vraagverzoeken"
        ordering = ("-gestuurd_op", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["gesprek", "professional"],
                name="vraagverzoek_een_keer",
                violation_error_message="Deze vraag is al aan deze persoon gesteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(beantwoord_op=None) | models.Q(afgeslagen_op=None),
                name="vraagverzoek_antwoord_of_niet",
                violation_error_message="Een vraag is beantwoord of afgeslagen, niet allebei.",
            ),
            models.CheckConstraint(
                condition=models.Q(ronde__range=(1, MEESTE_RONDES)),
                name="vraagverzoek_ronde_bestaat",
                violation_error_message="Een vraag gaat hoogstens drie keer rond.",
            ),
        ]
        indexes = [models.Index(fields=["professional", "-gestuurd_op"], name="vraagverzoek_van_persoon")]

    def __str__(self) -> str:
        return f"{self.gesprek} aan {self.professional}"


def is_vraag_te_stellen(gesprek: Gesprek) -> bool:
    """Whether a question can (still) be put to peers: it stands, is open and has no answer."""
    return (
        gesprek.soort == Gesprekssoort.VRAAG
        and gesprek.plaatsing == Plaatsing.GEPLAATST
        and not gesprek.is_gesloten
        and gesprek.antwoord_id is None
        and gesprek.netwerk is not None
        and gesprek.netwerk.is_levend
    )
