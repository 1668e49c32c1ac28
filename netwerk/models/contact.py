"""Who knows whom, and who wants nothing to do with whom."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from netwerk.models.professional import Professional
from welzijnportal.validators import een_regel


class ContactQuerySet(models.QuerySet["Contact"]):
    def van(self, professional: Professional) -> ContactQuerySet:
        return self.filter(models.Q(vrager=professional) | models.Q(gevraagde=professional))

    def tussen(self, een: Professional, ander: Professional) -> ContactQuerySet:
        return self.filter(models.Q(vrager=een, gevraagde=ander) | models.Q(vrager=ander, gevraagde=een))

    def bevestigd(self) -> ContactQuerySet:
        return self.filter(status=Contact.Status.BEVESTIGD)

    def gevraagd_door(self, professional: Professional) -> ContactQuerySet:
        """What this person asked and sees as waiting; a declined question is among them."""
        return self.filter(vrager=professional, is_ingetrokken=False).exclude(status=Contact.Status.BEVESTIGD)

    def wacht_op(self, professional: Professional) -> ContactQuerySet:
        """What this person has yet to answer."""
        return self.filter(gevraagde=professional, status=Contact.Status.GEVRAAGD)

    def mensen(self, professional: Professional) -> models.QuerySet[Contact, int]:
        """Return the keys of the people with whom this person has contact, for a subquery."""
        ander = models.Case(models.When(vrager=professional, then=models.F("gevraagde")), default=models.F("vrager"))
        return self.bevestigd().van(professional).values_list(ander, flat=True)


class Contact(models.Model):
    """Two professionals who know each other: asked by one with a line, accepted by the other.

    There is one row for a pair, whoever asked. Declining is silent: to who asked it stays a question, also when
    they take it back and ask again, for which the row stays behind as ``is_ingetrokken``. Ending it deletes the
    row. Personal data: the line and the pair; exported to both as far as each knows it, erased with either account,
    and a year after it was asked when nothing came of it.
    """

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "wacht op antwoord"
        BEVESTIGD = "bevestigd", "contact"
        AFGEWEZEN = "afgewezen", "niet aangenomen"

    vrager = models.ForeignKey(Professional, models.CASCADE, related_name="contacten_gevraagd")
    gevraagde = models.ForeignKey(Professional, models.CASCADE, related_name="contacten_ontvangen")
    regel = models.CharField("uw vraag in een zin", max_length=300, blank=True, validators=[een_regel])
    status = models.CharField("status", max_length=10, choices=Status, default=Status.GEVRAAGD)
    # How it came about: 'vraag', 'uitnodiging', 'introductie', later 'handdruk'.
    herkomst = models.CharField(max_length=12, default="vraag", db_default="vraag")
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)
    is_ingetrokken = models.BooleanField(default=False, db_default=False, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "contact"
        verbose_name_plural = "contacten"
        ordering = ("-gevraagd_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(vrager=models.F("gevraagde")),
                name="contact_niet_met_zichzelf",
                violation_error_message="U kunt geen contact met uzelf maken.",
            ),
            models.UniqueConstraint(
                Least("vrager", "gevraagde"),
                Greatest("vrager", "gevraagde"),
                name="contact_een_per_paar",
                violation_error_message="U hebt al contact, of een van u heeft het al gevraagd.",
            ),
            models.CheckConstraint(
                condition=models.Q(status="gevraagd", beantwoord_op__isnull=True)
                | models.Q(status__in=["bevestigd", "afgewezen"], beantwoord_op__isnull=False),
                name="contact_antwoord_heeft_moment",
                violation_error_message="Een antwoord heeft een moment, en een vraag die wacht heeft er geen.",
            ),
            models.CheckConstraint(
                condition=models.Q(is_ingetrokken=False) | models.Q(status="afgewezen"),
                name="contact_alleen_afgewezen_blijft_ingetrokken",
                violation_error_message="Een vraag die is ingetrokken, is er niet meer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vrager} – {self.gevraagde}"

    def ander(self, professional: Professional) -> Professional:
        return self.gevraagde if self.vrager_id == professional.pk else self.vrager


class BlokkadeQuerySet(models.QuerySet["Blokkade"]):
    def tussen(self, kijker: Professional | None, ander: str) -> BlokkadeQuerySet:
        """Between a viewer and the person of a column of the outer query, as 'auteur', whoever of the two blocked."""
        if kijker is None:
            return self.none()
        column = models.OuterRef(ander)
        return self.filter(models.Q(door=kijker, geblokkeerd=column) | models.Q(geblokkeerd=kijker, door=column))


class Blokkade(models.Model):
    """Somebody who wants nothing from somebody else: to that other they do not exist, nor the other to them.

    Personal data: exported to who blocks, never to who is blocked; erased with either account.
    """

    door = models.ForeignKey(Professional, models.CASCADE, related_name="blokkades")
    geblokkeerd = models.ForeignKey(Professional, models.CASCADE, related_name="geblokkeerd_door")
    op = models.DateTimeField("sinds", default=timezone.now)

    objects = BlokkadeQuerySet.as_manager()

    class Meta:
        verbose_name = "blokkade"
        verbose_name_plural = "blokkades"
        ordering = ("-op", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["door", "geblokkeerd"],
                name="blokkade_een_keer",
                violation_error_message="U hebt deze persoon al geblokkeerd.",
            ),
            models.CheckConstraint(
                condition=~models.Q(door=models.F("geblokkeerd")),
                name="blokkade_niet_van_zichzelf",
                violation_error_message="U kunt uzelf niet blokkeren.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.door} blokkeert {self.geblokkeerd}"
