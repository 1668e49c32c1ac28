"""Who keeps a listing up to date."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from organisaties.models.organisatie import Organisatie


class Rol(models.TextChoices):
    BEHEERDER = "beheerder", "Beheerder"
    REDACTEUR = "redacteur", "Redacteur"


class Beheer(models.Model):
    """The role of a person at an organisation: a beheerder also invites and removes others.

    Personal data: exported and erased with the account.
    """

    Rol = Rol

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="beheer")
    gebruiker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="beheer")
    rol = models.CharField("rol", max_length=10, choices=Rol, default=Rol.REDACTEUR)
    sinds_op = models.DateTimeField("sinds", default=timezone.now)

    class Meta:
        verbose_name = "beheerder van organisatie"
        verbose_name_plural = "beheerders van organisaties"
        ordering = ("rol", "sinds_op")
        constraints = [
            models.UniqueConstraint(
                fields=["organisatie", "gebruiker"],
                name="beheer_een_rol_per_persoon",
                violation_error_message="Deze persoon hoort al bij deze organisatie.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gebruiker} – {self.get_rol_display()}"


class BeheerUitnodiging(models.Model):
    """An invitation by mail to become beheerder or redacteur; its token is stored as a hash only.

    Personal data: the address is erased 30 days after the invitation ends.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="uitnodigingen")
    email = models.EmailField("e-mailadres")
    rol = models.CharField("rol", max_length=10, choices=Rol, default=Rol.REDACTEUR)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    uitgenodigd_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uitgenodigd_op = models.DateTimeField(default=timezone.now)
    verloopt_op = models.DateTimeField("verloopt op")
    gebruikt_op = models.DateTimeField(null=True, blank=True)
    ingetrokken_op = models.DateTimeField(null=True, blank=True)
    # A successor: when the invitation is accepted, the role of who sent it ends.
    is_opvolging = models.BooleanField("neemt het over van de afzender", default=False, db_default=False)

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        ordering = ("-uitgenodigd_op",)
        constraints = [
            models.UniqueConstraint(
                "organisatie",
                Lower("email"),
                condition=models.Q(gebruikt_op__isnull=True, ingetrokken_op__isnull=True),
                name="beheeruitnodiging_een_open_per_adres",
                violation_error_message="Dit e-mailadres is al uitgenodigd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} voor {self.organisatie}"

    @property
    def is_open(self) -> bool:
        return self.gebruikt_op is None and self.ingetrokken_op is None and self.verloopt_op > timezone.now()
