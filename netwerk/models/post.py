"""Private post: letters between two people, or between a person and an organisation; not a chat."""

from __future__ import annotations

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils import timezone

from netwerk.keuzes import nieuwe_code
from netwerk.models.professional import Professional
from organisaties.models import Beheer, Organisatie
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst

MAX_TEKST = 5000


class PostdraadQuerySet(models.QuerySet["Postdraad"]):
    def van(self, professional: Professional) -> PostdraadQuerySet:
        """The threads of a person: one's own, and those to the organisations that this person keeps."""
        organisaties = Beheer.objects.filter(gebruiker=professional.gebruiker_id).values("organisatie")
        return self.filter(
            models.Q(van=professional) | models.Q(aan=professional) | models.Q(aan_organisatie__in=organisaties)
        )


class Postdraad(models.Model):
    """Letters under one subject, begun by ``van`` to ``aan``, or to an organisation: to whoever keeps its listing.

    Each side has the number up to which it has read, and the number up to which it put the thread away: a new
    letter brings it back. Personal data: exported to both sides. When an account is erased the other side keeps
    the letters, as paper letters, without the name; with both gone the thread goes. Erased two years after the
    last letter.
    """

    code = models.CharField("adres", max_length=12, unique=True, default=nieuwe_code, editable=False)
    onderwerp = models.CharField("onderwerp", max_length=120, validators=[een_regel, zichtbare_tekst])
    van = models.ForeignKey(Professional, models.SET_NULL, null=True, related_name="post_begonnen", db_index=False)
    aan = models.ForeignKey(
        Professional, models.SET_NULL, null=True, blank=True, related_name="post_gekregen", db_index=False
    )
    aan_organisatie = models.ForeignKey(
        Organisatie, models.CASCADE, null=True, blank=True, related_name="post", db_index=False
    )
    laatste_nummer = models.PositiveIntegerField(default=0, editable=False)
    laatste_op = models.DateTimeField("laatste brief", default=timezone.now)
    van_gelezen = models.PositiveIntegerField(default=0, editable=False)
    aan_gelezen = models.PositiveIntegerField(default=0, editable=False)
    van_opgeruimd = models.PositiveIntegerField(default=0, editable=False)
    aan_opgeruimd = models.PositiveIntegerField(default=0, editable=False)

    objects = PostdraadQuerySet.as_manager()

    class Meta:
        verbose_name = "persoonlijk bericht"
        verbose_name_plural = "persoonlijke berichten"
        ordering = ("-laatste_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(aan__isnull=True) | models.Q(aan_organisatie__isnull=True),
                name="postdraad_een_ontvanger",
                violation_error_message="Post is aan een persoon of aan een organisatie.",
            ),
            models.CheckConstraint(
                condition=models.Q(van__isnull=True) | models.Q(aan__isnull=True) | ~models.Q(van=models.F("aan")),
                name="postdraad_niet_aan_zichzelf",
                violation_error_message="U kunt uzelf geen post sturen.",
            ),
            models.CheckConstraint(
                condition=models.Q(van_gelezen__lte=models.F("laatste_nummer"))
                & models.Q(aan_gelezen__lte=models.F("laatste_nummer"))
                & models.Q(van_opgeruimd__lte=models.F("laatste_nummer"))
                & models.Q(aan_opgeruimd__lte=models.F("laatste_nummer")),
                name="postdraad_niet_verder_gelezen_dan_er_is",
                violation_error_message="Er is niet meer gelezen dan er staat.",
            ),
        ]
        indexes = [
            models.Index(fields=["van", "-laatste_op"], name="postdraad_van"),
            models.Index(fields=["aan", "-laatste_op"], name="postdraad_aan"),
            models.Index(
                fields=["aan_organisatie", "-laatste_op"],
                name="postdraad_aan_organisatie",
                condition=models.Q(aan_organisatie__isnull=False),
            ),
            models.Index(fields=["laatste_op"], name="postdraad_oudste"),
        ]

    def __str__(self) -> str:
        return self.onderwerp

    def get_absolute_url(self) -> str:
        return reverse("netwerk:postdraad", args=[self.code])

    def is_begonnen_door(self, professional: Professional) -> bool:
        return self.van_id == professional.pk


class Postbericht(models.Model):
    """One letter of a thread. Personal data: as its thread."""

    draad = models.ForeignKey(Postdraad, models.CASCADE, related_name="berichten", db_index=False)
    nummer = models.PositiveIntegerField(editable=False)
    auteur = models.ForeignKey(Professional, models.SET_NULL, null=True, related_name="+")
    # Written by the side that began the thread: who wrote it may be gone, and an organisation has several people.
    is_van_begonnen = models.BooleanField(editable=False)
    tekst = models.TextField("bericht", validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(MAX_TEKST)])
    is_per_mail = models.BooleanField("per mail geantwoord", default=False, editable=False)
    op = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "brief"
        verbose_name_plural = "brieven"
        ordering = ("nummer",)
        constraints = [
            models.UniqueConstraint(fields=["draad", "nummer"], name="postbericht_nummer_een_keer"),
            models.CheckConstraint(
                condition=~models.Q(tekst="") & models.Q(LessThanOrEqual(Length("tekst"), MAX_TEKST)),
                name="postbericht_zegt_iets",
                violation_error_message=f"Schrijf een bericht van hoogstens {MAX_TEKST} tekens.",
            ),
        ]

    def __str__(self) -> str:
        return f"Brief {self.nummer} van {self.draad_id}"
