"""The short message, and who likes it."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from netwerk.keuzes import Plaatsing, nieuwe_code
from netwerk.models.contact import Blokkade, Contact
from netwerk.models.professional import Professional
from netwerk.models.volgen import Gedempt, Volgt
from organisaties.models import Organisatie
from welzijnportal.http import volledige_url
from welzijnportal.validators import een_regel, meer_regels, webadres, zichtbare_tekst

MAX_TEKENS = 500
# What PostgreSQL counts: a flag or a family is one sign to people, and up to eleven here.
MAX_CODEPUNTEN = 6000
_ZWJ = "\u200d"


def aantal_tekens(tekst: str) -> int:
    """Return how many signs people see: a letter with its accents, a flag, a family of emoji are one each.

    A close reading of Unicode's rule for grapheme clusters (UAX 29) without its tables: what combines, joins, or
    chooses a form or a skin colour adds nothing, and two regional letters make one flag.
    """
    geteld, vorige, vlag = 0, "", False
    for teken in tekst:
        if 0x1F1E6 <= ord(teken) <= 0x1F1FF and vlag:
            vlag = False
        elif not _hoort_bij_vorige(teken, vorige):
            geteld += 1
            vlag = 0x1F1E6 <= ord(teken) <= 0x1F1FF
        vorige = teken
    return geteld


def _hoort_bij_vorige(teken: str, vorige: str) -> bool:
    if not vorige:
        return False
    if teken == "\n" and vorige == "\r":
        return True
    is_emoji = ord(teken) >= 0x2190 and unicodedata.category(teken) in ("So", "Sm")
    return (
        unicodedata.category(teken) in ("Mn", "Me", "Mc")
        or teken == _ZWJ
        or (vorige == _ZWJ and is_emoji)
        or 0x1F3FB <= ord(teken) <= 0x1F3FF
        or 0xE0020 <= ord(teken) <= 0xE007F
    )


def hoogstens_500(waarde: str) -> None:
    """Refuse what is longer than 500 signs as people see them."""
    te_veel = aantal_tekens(waarde.replace("\r\n", "\n")) - MAX_TEKENS
    if te_veel > 0 or len(waarde) > MAX_CODEPUNTEN:
        erbij = f" Het zijn er nu {te_veel} te veel." if te_veel > 0 else ""
        raise ValidationError(f"Een bericht heeft hoogstens {MAX_TEKENS} tekens.{erbij}", code="te_lang")


class Berichtzicht(models.IntegerChoices):
    """Who sees a short message, from near to far."""

    CONTACTEN = 1, "mijn contacten"
    VOLGERS = 2, "wie mij volgt"
    PORTAAL = 3, "leden van het portaal"
    PUBLIEK = 4, "iedereen"


class BerichtQuerySet(models.QuerySet["Bericht"]):
    def geplaatst(self) -> BerichtQuerySet:
        return self.filter(plaatsing=Plaatsing.GEPLAATST)

    def van_levenden(self) -> BerichtQuerySet:
        """What stands, of people whose account is open and organisations that are on the portal."""
        leeft = models.Q(auteur__gebruiker__is_active=True) | models.Q(organisatie__status="gepubliceerd")
        return self.geplaatst().filter(leeft)

    def eigen_woorden(self) -> BerichtQuerySet:
        """Without the rows that pass on what somebody else wrote."""
        return self.filter(herhaalt=None)

    def zichtbaar_voor(self, kijker: Professional | None) -> BerichtQuerySet:
        """What this viewer may read; of a reply to what only some may see, those same people are the readers."""
        berichten = self.van_levenden()
        if kijker is None:
            return berichten.filter(zicht=Berichtzicht.PUBLIEK)
        volgt = Volgt.objects.geldig().filter(volger=kijker, professional=models.OuterRef("kring"))
        contacten = Contact.objects.bevestigd().filter(
            models.Q(vrager=kijker, gevraagde=models.OuterRef("kring"))
            | models.Q(gevraagde=kijker, vrager=models.OuterRef("kring"))
        )
        mag = (
            models.Q(zicht__gte=Berichtzicht.PORTAAL)
            | models.Q(auteur=kijker)
            | models.Q(kring=kijker)
            | (models.Q(zicht=Berichtzicht.VOLGERS) & models.Exists(volgt))
            | (models.Q(zicht=Berichtzicht.CONTACTEN) & models.Exists(contacten))
        )
        return berichten.filter(mag).zonder_blokkade(kijker)

    def zonder_blokkade(self, kijker: Professional | None) -> BerichtQuerySet:
        if kijker is None:
            return self
        paar = models.Q(door=kijker, geblokkeerd=models.OuterRef("auteur")) | models.Q(
            geblokkeerd=kijker, door=models.OuterRef("auteur")
        )
        in_kring = models.Q(door=kijker, geblokkeerd=models.OuterRef("kring")) | models.Q(
            geblokkeerd=kijker, door=models.OuterRef("kring")
        )
        return self.filter(~models.Exists(Blokkade.objects.filter(paar | in_kring)))

    def zonder_gedempt(self, kijker: Professional | None) -> BerichtQuerySet:
        """Without those whom this viewer does not want to hear; for lists, not for the page of one message."""
        if kijker is None:
            return self
        return self.filter(~models.Exists(Gedempt.objects.filter(door=kijker, gedempt=models.OuterRef("auteur"))))

    def met_mijn(self, kijker: Professional | None) -> BerichtQuerySet:
        """Say of each whether this viewer likes it and passed it on: ``is_gewaardeerd`` and ``is_herhaald``."""
        if kijker is None:
            nee = models.Value(False)
            return self.annotate(is_gewaardeerd=nee, is_herhaald=nee)
        gewaardeerd = Waardering.objects.filter(bericht=models.OuterRef("pk"), door=kijker)
        herhaald = Bericht.objects.filter(herhaalt=models.OuterRef("pk"), auteur=kijker)
        return self.annotate(is_gewaardeerd=models.Exists(gewaardeerd), is_herhaald=models.Exists(herhaald))

    def met_label(self, label: str) -> BerichtQuerySet:
        return self.filter(labelrijen__label=label)


class Bericht(models.Model):
    """A short message by a person, or by an organisation through one of its people (``door``).

    A row with ``herhaalt`` has no words: it passes on somebody else's message to one's followers. ``code`` is the
    lasting id, ``uri`` the address by which other servers may come to know it; neither says who wrote it. ``kring``
    is whose followers or contacts may read it when ``zicht`` is for those; of a reply that is the writer of the
    message where the thread began. Rows are in the order of their keys, which is the order of writing.
    Personal data: text, picture and author. Exported; erased with the account of a person, while the messages of
    an organisation stay with the organisation and lose only who wrote them.
    """

    Zicht = Berichtzicht

    code = models.CharField("adres", max_length=12, unique=True, default=nieuwe_code, editable=False)
    auteur = models.ForeignKey(Professional, models.CASCADE, null=True, blank=True, related_name="berichten")
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, null=True, blank=True, related_name="berichten")
    door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    tekst = models.TextField("bericht", blank=True, validators=[meer_regels, zichtbare_tekst, hoogstens_500])
    beeld = models.ImageField("foto", upload_to="berichten/", blank=True, max_length=120)
    beeld_alt = models.CharField("wat is er te zien", max_length=300, blank=True, validators=[een_regel])
    link = models.URLField("link", max_length=500, blank=True, validators=[webadres], editable=False)
    vermeldingen = models.ManyToManyField(Professional, related_name="vermeld_in", blank=True, editable=False)
    antwoord_op = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="antwoorden", db_index=False
    )
    # Stays true when what it answers is gone, so that it never turns up in a line as a message of its own.
    is_antwoord = models.BooleanField(default=False, editable=False)
    herhaalt = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="herhalingen", db_index=False
    )
    zicht = models.PositiveSmallIntegerField("wie leest dit", choices=Berichtzicht, default=Berichtzicht.PORTAAL)
    kring = models.ForeignKey(
        Professional, models.SET_NULL, null=True, blank=True, related_name="+", editable=False, db_index=False
    )
    plaatsing = models.CharField("stand", max_length=12, choices=Plaatsing, default=Plaatsing.GEPLAATST)
    reden = models.CharField("reden van verbergen", max_length=300, blank=True, validators=[een_regel])
    # Kept by the actions in the same transaction as the rows that they count.
    aantal_antwoorden = models.PositiveIntegerField(default=0, editable=False)
    aantal_waarderingen = models.PositiveIntegerField(default=0, editable=False)
    aantal_herhalingen = models.PositiveIntegerField(default=0, editable=False)
    geplaatst_op = models.DateTimeField("geplaatst op", default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField("veranderd op", default=timezone.now, editable=False)

    objects = BerichtQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(auteur__isnull=False, organisatie__isnull=True)
                | models.Q(auteur__isnull=True, organisatie__isnull=False),
                name="bericht_heeft_een_afzender",
                violation_error_message="Een bericht is van een persoon of van een organisatie.",
            ),
            models.CheckConstraint(
                condition=(models.Q(herhaalt__isnull=True) & ~models.Q(tekst=""))
                | models.Q(
                    herhaalt__isnull=False, tekst="", beeld="", auteur__isnull=False, is_antwoord=False, zicht__gte=3
                ),
                name="bericht_zegt_iets_of_geeft_door",
                violation_error_message="Schrijf een bericht, of geef er een door dat anderen mogen zien.",
            ),
            models.CheckConstraint(
                condition=models.Q(zicht__range=(1, 4)),
                name="bericht_zicht_bestaat",
                violation_error_message="Kies wie dit mag lezen.",
            ),
            models.CheckConstraint(
                condition=models.Q(auteur__isnull=False) | models.Q(zicht__gte=3),
                name="bericht_van_organisatie_is_ruim",
                violation_error_message="Een organisatie schrijft voor iedereen of voor leden van het portaal.",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("tekst"), MAX_CODEPUNTEN),
                name="bericht_is_kort",
                violation_error_message=f"Een bericht heeft hoogstens {MAX_TEKENS} tekens.",
            ),
            models.CheckConstraint(
                condition=models.Q(beeld="") | ~models.Q(beeld_alt=""),
                name="bericht_beeld_is_beschreven",
                violation_error_message="Schrijf op wat er op de foto te zien is.",
            ),
            models.CheckConstraint(
                condition=models.Q(antwoord_op__isnull=True) | models.Q(is_antwoord=True),
                name="bericht_antwoord_heet_antwoord",
                violation_error_message="Wat een antwoord is, heet ook zo.",
            ),
            models.CheckConstraint(
                condition=~models.Q(plaatsing="concept") & (~models.Q(plaatsing="verborgen") | ~models.Q(reden="")),
                name="bericht_verborgen_heeft_reden",
                violation_error_message="Schrijf op waarom het bericht verborgen is.",
            ),
            models.UniqueConstraint(
                fields=["herhaalt", "auteur"],
                condition=models.Q(herhaalt__isnull=False),
                name="bericht_een_keer_doorgegeven",
                violation_error_message="U hebt dit bericht al doorgegeven.",
            ),
        ]
        indexes = [
            # The home line takes the newest few of each whom one follows; all it asks first is in the index.
            models.Index(
                fields=["auteur", "-id"],
                include=["zicht", "herhaalt"],
                name="bericht_van_mens",
                condition=models.Q(plaatsing="geplaatst", is_antwoord=False),
            ),
            models.Index(
                fields=["organisatie", "-id"],
                include=["zicht"],
                name="bericht_van_organisatie",
                condition=models.Q(plaatsing="geplaatst", is_antwoord=False),
            ),
            models.Index(
                fields=["antwoord_op", "id"],
                name="bericht_antwoorden",
                condition=models.Q(antwoord_op__isnull=False),
            ),
            models.Index(fields=["kring"], name="bericht_kring", condition=models.Q(zicht__lt=3)),
        ]

    def __str__(self) -> str:
        return self.tekst[:60] or f"Doorgegeven bericht {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("netwerk:bericht", args=[self.code])

    @property
    def uri(self) -> str:
        """The lasting address in full, as other servers know it; it stays when names and texts change."""
        return volledige_url(self.get_absolute_url())

    @property
    def afzender(self) -> Professional | Organisatie:
        """Who speaks: a person or an organisation."""
        wie: Any = self.organisatie or self.auteur
        return wie  # type: ignore[no-any-return]

    @property
    def is_door_te_geven(self) -> bool:
        return self.herhaalt_id is None and self.zicht >= Berichtzicht.PORTAAL


class Berichtlabel(models.Model):
    """A hashtag of a message, as ``netwerk.weergave`` writes it down: small letters, without signs.

    In a table of its own and not in an array: the newest of a label that is on very many messages are then the
    first few of an index, as those of a person are.
    """

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="labelrijen")
    label = models.CharField(max_length=50)

    class Meta:
        verbose_name = "label van bericht"
        verbose_name_plural = "labels van berichten"
        constraints = [models.UniqueConstraint(fields=["bericht", "label"], name="berichtlabel_een_keer")]
        indexes = [models.Index(fields=["label", "-bericht"], name="berichtlabel_nieuwste")]

    def __str__(self) -> str:
        return self.label


class Waardering(models.Model):
    """Somebody likes a message. Personal data: exported and erased with the account; only the number is shown."""

    bericht = models.ForeignKey(Bericht, models.CASCADE, related_name="waarderingen")
    door = models.ForeignKey(Professional, models.CASCADE, related_name="waarderingen")
    op = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "waardering"
        verbose_name_plural = "waarderingen"
        constraints = [
            models.UniqueConstraint(
                fields=["bericht", "door"],
                name="waardering_een_keer",
                violation_error_message="U vond dit bericht al fijn.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.door} bij {self.bericht_id}"
