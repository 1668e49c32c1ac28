"""The professional: how somebody who works in welfare shows what they know, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from netwerk.keuzes import Voor, nieuwe_code
from organisaties.keuzes import TALEN
from welzijnportal.geo.fields import PuntField
from welzijnportal.validators import een_regel, meer_regels, webadres, zichtbare_tekst

if TYPE_CHECKING:
    from welzijnportal.accounts.models import Gebruiker

# What one may show: the field of the profile, and the field that says for whom it is.
VELDEN = {
    "foto": "foto_voor",
    "functie": "functie_voor",
    "werkplekken": "werkplekken_voor",
    "plaats": "plaats_voor",
    "expertise": "expertise_voor",
    "interesses": "interesses_voor",
    "biedt": "biedt_voor",
    "zoekt": "zoekt_voor",
    "talen": "talen_voor",
    "tekst": "tekst_voor",
    "links": "links_voor",
    "werkmail": "werkmail_voor",
    "telefoon": "telefoon_voor",
    "netwerken": "netwerken_voor",
}


def _voor(wat: str) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        f"wie ziet {wat}", choices=Voor, default=Voor.NIEMAND, db_default=Voor.NIEMAND.value
    )


class ProfessionalQuerySet(models.QuerySet["Professional"]):
    def actief(self) -> ProfessionalQuerySet:
        return self.filter(gebruiker__is_active=True)

    def vindbaar(self, kijker: Professional | None) -> ProfessionalQuerySet:
        """Who wants to be found by this viewer: those with a contact's level are shown to contacts elsewhere."""
        niveau = Voor.LEDEN if kijker else Voor.IEDEREEN
        return self.actief().filter(vindbaar_voor__gte=niveau).zonder_blokkade(kijker)

    def zonder_blokkade(self, kijker: Professional | None) -> ProfessionalQuerySet:
        """Without those who blocked this viewer or whom the viewer blocked."""
        if kijker is None:
            return self
        return self.exclude(blokkades__geblokkeerd=kijker).exclude(geblokkeerd_door__door=kijker)


class Professional(models.Model):
    """Somebody who works or volunteers in welfare, as peers may know them; the login is Gebruiker.

    ``code`` is the lasting address, which says nothing of the person. The name is shown wherever somebody speaks,
    joins a network or answers; all other fields to whom the person chose, at first nobody. ``vindbaar_voor`` says
    who may find the profile and open its page. Personal data: all of it exported; erased with the account.
    """

    Voor = Voor

    gebruiker = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="professional")
    code = models.CharField("adres", max_length=12, unique=True, default=nieuwe_code, editable=False)
    naam = models.CharField("naam", max_length=100, validators=[een_regel, zichtbare_tekst])
    vindbaar_voor = _voor("mijn profiel")
    foto = models.ImageField("foto", upload_to="fotos/", blank=True, max_length=120)
    foto_voor = _voor("mijn foto")
    functie = models.CharField("functie", max_length=100, blank=True, validators=[een_regel])
    functie_voor = _voor("mijn functie")
    werkplekken_voor = _voor("waar ik werk")
    plaats = models.ForeignKey(
        "geo.Plaats", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="plaats of streek"
    )
    # Of the place, so that distance needs no join; nobody's own address.
    punt = PuntField(null=True, blank=True, editable=False)
    plaats_voor = _voor("mijn streek")
    expertise = TaggableManager("wat ik weet", through="netwerk.Expertise", blank=True, related_name="weten_ervan")
    expertise_voor = _voor("wat ik weet")
    interesses = TaggableManager(
        "wat ik wil leren", through="netwerk.Interesse", blank=True, related_name="willen_ervan_leren"
    )
    interesses_voor = _voor("wat ik wil leren")
    biedt = models.CharField("ik bied", max_length=300, blank=True, validators=[een_regel])
    biedt_voor = _voor("wat ik bied")
    zoekt = models.CharField("ik zoek", max_length=300, blank=True, validators=[een_regel])
    zoekt_voor = _voor("wat ik zoek")
    talen = ArrayField(models.CharField(max_length=3, choices=TALEN), verbose_name="talen", default=list, blank=True)
    talen_voor = _voor("mijn talen")
    tekst = models.TextField("over mij", blank=True, validators=[meer_regels, MaxLengthValidator(1500)])
    tekst_voor = _voor("de tekst over mij")
    website = models.URLField("website", max_length=300, blank=True, validators=[webadres])
    linkedin = models.URLField("LinkedIn", max_length=300, blank=True, validators=[webadres])
    mastodon = models.URLField("Mastodon", max_length=300, blank=True, validators=[webadres])
    links_voor = _voor("mijn webadressen")
    werkmail = models.EmailField("e-mailadres op het werk", blank=True)
    werkmail_voor = _voor("mijn e-mailadres")
    telefoon = PhoneNumberField("telefoonnummer", blank=True)
    telefoon_voor = _voor("mijn telefoonnummer")
    netwerken_voor = _voor("in welke netwerken ik zit")
    is_volgbaar = models.BooleanField("anderen mogen mij volgen", default=False, db_default=False)
    vragen_per_maand = models.PositiveSmallIntegerField(
        "hoeveel vragen per maand", default=2, db_default=2, help_text="0 is geen."
    )
    # Who may begin a private letter; contacts, unless the person said wider or nobody.
    post_van = models.PositiveSmallIntegerField(
        "wie mag mij een persoonlijk bericht sturen",
        choices=[(0, "niemand"), (1, "mijn contacten"), (2, "leden van het portaal")],
        default=Voor.CONTACTEN,
        db_default=Voor.CONTACTEN.value,
    )
    toont_kring = models.BooleanField(
        "mijn contacten zien wie zij en ik allebei kennen", default=False, db_default=False
    )
    # Since when an organisation, or a moderator, says that this person works where they say.
    bevestigd_op = models.DateTimeField("bevestigd op", null=True, blank=True)
    is_bevestigd_door_redactie = models.BooleanField("de redactie kent deze persoon", default=False, db_default=False)
    aangemaakt_op = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", default=timezone.now, editable=False)

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        verbose_name = "professional"
        verbose_name_plural = "professionals"
        ordering = ("naam", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{f"{veld}__lte": 3 for veld in (*VELDEN.values(), "vindbaar_voor")}),
                name="professional_zichtbaarheid_bestaat",
                violation_error_message="Kies wie dit mag zien.",
            ),
            models.CheckConstraint(
                condition=models.Q(vragen_per_maand__lte=10),
                name="professional_hoogstens_tien_vragen",
                violation_error_message="Kies een getal van 0 tot en met 10.",
            ),
            models.CheckConstraint(
                condition=models.Q(post_van__lte=2),
                name="professional_post_van_bestaat",
                violation_error_message="Kies wie u een persoonlijk bericht mag sturen.",
            ),
            models.CheckConstraint(
                condition=models.Q(plaats__isnull=False) | models.Q(punt__isnull=True),
                name="professional_punt_hoort_bij_plaats",
                violation_error_message="Een punt op de kaart hoort bij een plaats.",
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("netwerk:mens", args=[self.code])

    @property
    def is_bevestigd(self) -> bool:
        return self.bevestigd_op is not None


class Profiellabel(ItemBase):
    """A word on a profile; the words are shared with the labels of organisations."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.tag)


class Expertise(Profiellabel):
    """A subject that a professional knows well. Personal data: exported and erased with the profile."""

    content_object = models.ForeignKey(Professional, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="expertises")

    class Meta:
        verbose_name = "expertise"
        verbose_name_plural = "expertises"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="expertise_een_keer")]


class Interesse(Profiellabel):
    """A subject that a professional wants to learn of. Personal data: exported and erased with the profile."""

    content_object = models.ForeignKey(Professional, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="interesses")

    class Meta:
        verbose_name = "interesse"
        verbose_name_plural = "interesses"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="interesse_een_keer")]


def professional_van(gebruiker: Gebruiker | object) -> Professional | None:
    """Return the profile of who is logged in, or None; asks the database once per request's user."""
    return getattr(gebruiker, "professional", None) if getattr(gebruiker, "is_authenticated", False) else None
