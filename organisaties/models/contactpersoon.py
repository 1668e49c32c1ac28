"""People whom one may ask for at an organisation."""

from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from organisaties.keuzes import Zichtbaarheid
from organisaties.models.organisatie import Organisatie
from welzijnportal.validators import een_regel, zichtbare_tekst


class Contactpersoon(models.Model):
    """Someone to ask for, with for each field who may see it; the strictest by default.

    Personal data: exported to the organisation's beheerders, erased with the row; no history is kept.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="contactpersonen")
    naam = models.CharField("naam", max_length=100, validators=[een_regel, zichtbare_tekst])
    functie = models.CharField("functie", max_length=100, blank=True, validators=[een_regel])
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = PhoneNumberField("telefoonnummer", blank=True)
    naam_voor = models.CharField(
        "naam te zien voor", max_length=10, choices=Zichtbaarheid, default=Zichtbaarheid.NIEMAND
    )
    functie_voor = models.CharField(
        "functie te zien voor", max_length=10, choices=Zichtbaarheid, default=Zichtbaarheid.NIEMAND
    )
    email_voor = models.CharField(
        "e-mail te zien voor", max_length=10, choices=Zichtbaarheid, default=Zichtbaarheid.NIEMAND
    )
    telefoon_voor = models.CharField(
        "telefoon te zien voor", max_length=10, choices=Zichtbaarheid, default=Zichtbaarheid.NIEMAND
    )

    class Meta:
        verbose_name = "contactpersoon"
        verbose_name_plural = "contactpersonen"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.naam
