"""How people who do not know each other come to: an invitation to somebody outside, and a warm introduction."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from netwerk.models.professional import Professional
from netwerk.models.uitnodiging import Uitnodiging, UitnodigingQuerySet
from welzijnportal.validators import een_regel


class ContactuitnodigingQuerySet(UitnodigingQuerySet["Contactuitnodiging"]):
    def per_mail(self) -> ContactuitnodigingQuerySet:
        return self.exclude(email="")

    def links(self) -> ContactuitnodigingQuerySet:
        return self.filter(email="")


class Contactuitnodiging(Uitnodiging):
    """Somebody asks somebody outside the portal to become a contact: by mail, or by a link to hand out.

    With an address it is for whoever reads the mail of that address, once. Without it is the one personal link of
    its owner: for whoever has it, until it ends or is withdrawn. The token is made as that of an invitation to a
    network. Personal data: the address and a line to its owner; exported to who sent it, erased 30 days after it
    was used, withdrawn or ended, and with the account of the sender.
    """

    SOORT = "contact"

    door = models.ForeignKey(Professional, models.CASCADE, related_name="contactuitnodigingen")
    email = models.EmailField("e-mailadres", blank=True)

    objects = ContactuitnodigingQuerySet.as_manager()

    class Meta:
        verbose_name = "persoonlijke uitnodiging"
        verbose_name_plural = "persoonlijke uitnodigingen"
        ordering = ("-verstuurd_op", "-pk")
        constraints = [
            models.UniqueConstraint(
                "door",
                models.functions.Lower("email"),
                condition=models.Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
                name="contactuitnodiging_een_open_per_adres",
                violation_error_message="Dit adres heeft al een uitnodiging van u.",
            ),
            models.CheckConstraint(
                condition=models.Q(gebruikt_op__isnull=True)
                | (models.Q(ingetrokken_op__isnull=True) & ~models.Q(email="")),
                name="contactuitnodiging_gebruikt_of_ingetrokken",
                violation_error_message="Een gebruikte uitnodiging kan niet meer worden ingetrokken.",
            ),
        ]
        indexes = [
            models.Index(fields=["door", "verstuurd_op"], name="contactuitnodiging_van"),
        ]

    def __str__(self) -> str:
        return f"Uitnodiging van {self.door}"

    @property
    def is_link(self) -> bool:
        return not self.email


class IntroductieQuerySet(models.QuerySet["Introductie"]):
    def open(self) -> IntroductieQuerySet:
        return self.filter(status__in=[Introductie.Status.GEVRAAGD, Introductie.Status.DOORGEGEVEN])


class Introductie(models.Model):
    """A asks B, whom both know, to be introduced to C. B adds a line or lets it rest; C decides.

    ``vrager`` is A, ``via`` B and ``doel`` C. Until B passed it on, C knows nothing of it; who declines is not told
    of to the others. When C says yes the row goes, for then there is a contact. Personal data: the three and the
    two lines; exported to each what they may see, erased with the account of any of the three and 30 days after it
    was asked.
    """

    class Status(models.TextChoices):
        GEVRAAGD = "gevraagd", "gevraagd"
        DOORGEGEVEN = "doorgegeven", "doorgegeven"
        NIET_DOOR = "niet_door", "niet doorgegeven"
        AFGEWEZEN = "afgewezen", "niet aangenomen"

    vrager = models.ForeignKey(Professional, models.CASCADE, related_name="introducties_gevraagd")
    via = models.ForeignKey(Professional, models.CASCADE, related_name="introducties_via")
    doel = models.ForeignKey(Professional, models.CASCADE, related_name="introducties_ontvangen")
    regel = models.CharField("waarom wilt u kennismaken", max_length=300, validators=[een_regel])
    regel_via = models.CharField("uw woord erbij", max_length=300, blank=True, validators=[een_regel])
    status = models.CharField("stand", max_length=11, choices=Status, default=Status.GEVRAAGD)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    doorgegeven_op = models.DateTimeField("doorgegeven op", null=True, blank=True)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = IntroductieQuerySet.as_manager()

    class Meta:
        verbose_name = "introductie"
        verbose_name_plural = "introducties"
        ordering = ("-gevraagd_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(vrager=models.F("via"))
                & ~models.Q(vrager=models.F("doel"))
                & ~models.Q(via=models.F("doel")),
                name="introductie_tussen_drie_mensen",
                violation_error_message="Een introductie is tussen drie mensen.",
            ),
            models.UniqueConstraint(
                fields=["vrager", "doel"],
                name="introductie_een_per_paar",
                violation_error_message="U hebt al gevraagd om aan deze persoon te worden voorgesteld.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["gevraagd", "niet_door"], doorgegeven_op__isnull=True)
                | models.Q(status__in=["doorgegeven", "afgewezen"], doorgegeven_op__isnull=False),
                name="introductie_doorgegeven_heeft_moment",
                violation_error_message="Wat is doorgegeven heeft een moment.",
            ),
        ]
        indexes = [models.Index(fields=["gevraagd_op"], name="introductie_oudste")]

    def __str__(self) -> str:
        return f"{self.vrager} via {self.via} aan {self.doel}"
