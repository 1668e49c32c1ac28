"""Conversations and their replies."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from netwerk.keuzes import Gesprekssoort, Plaatsing, Zicht, nieuwe_code
from netwerk.models.contact import Blokkade
from netwerk.models.netwerk import Lidmaatschap, Netwerk
from netwerk.models.professional import Professional
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst

MAX_TEKST = 20_000
# What is left of a text that was erased where the texts of others keep its place.
GEWIST = "…"


class GesprekQuerySet(models.QuerySet["Gesprek"]):
    def geplaatst(self) -> GesprekQuerySet:
        return self.filter(plaatsing=Plaatsing.GEPLAATST)

    def zichtbaar_voor(self, kijker: Professional | None) -> GesprekQuerySet:
        """What this viewer may read: what is for all, for members of the portal, or in a network of the viewer's.

        A conversation in a network that is not alive is read by nobody but the moderators, and one by somebody whom
        the viewer blocked, or who blocked the viewer, not by the viewer.
        """
        gesprekken = self.geplaatst().filter(
            models.Q(netwerk=None) | models.Q(netwerk__status__in=["actief", "slapend"])
        )
        if kijker is None:
            return gesprekken.filter(zicht=Zicht.PUBLIEK)
        mijn = Lidmaatschap.objects.leden().filter(professional=kijker).values("netwerk")
        te_lezen = gesprekken.filter(models.Q(zicht__gte=Zicht.PORTAAL) | models.Q(netwerk__in=mijn))
        return te_lezen.filter(~models.Exists(Blokkade.objects.tussen(kijker, "auteur")))


class Gesprek(models.Model):
    """A question, an experience, a notice in a network, or an article: a longer public piece by a professional.

    ``code`` is the lasting address. ``zicht`` is who may read it, never wider than the network was when it was
    written. Personal data: the text and its author; exported; when the account is erased the text stays without a
    name, unless the author withdrew it.
    """

    code = models.CharField("adres", max_length=12, unique=True, default=nieuwe_code, editable=False)
    # An article may stand by itself; everything else belongs to a network.
    netwerk = models.ForeignKey(Netwerk, models.CASCADE, null=True, blank=True, related_name="gesprekken")
    auteur = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="gesprekken")
    soort = models.CharField("soort", max_length=12, choices=Gesprekssoort, default=Gesprekssoort.VRAAG)
    titel = models.CharField("titel", max_length=150, validators=[een_regel, zichtbare_tekst])
    samenvatting = models.CharField("samenvatting", max_length=300, blank=True, validators=[een_regel])
    tekst = models.TextField("tekst", validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(MAX_TEKST)])
    beeld = models.ImageField("afbeelding", upload_to="gesprekken/", blank=True, max_length=120)
    beeld_alt = models.CharField("wat staat er op de afbeelding", max_length=200, blank=True, validators=[een_regel])
    labels = TaggableManager("labels", through="netwerk.Gesprekslabel", blank=True, related_name="gesprekken")
    zicht = models.PositiveSmallIntegerField("wie leest dit", choices=Zicht, default=Zicht.NETWERK)
    plaatsing = models.CharField("stand", max_length=12, choices=Plaatsing, default=Plaatsing.CONCEPT)
    is_gesloten = models.BooleanField("gesloten voor reacties", default=False)
    is_vastgezet = models.BooleanField("bovenaan vastgezet", default=False)
    # What the asker marked as the answer.
    antwoord = models.ForeignKey("netwerk.Reactie", models.SET_NULL, null=True, blank=True, related_name="+")
    # Kept by the actions under a lock on this row.
    aantal_reacties = models.PositiveIntegerField(default=0, editable=False)
    laatste_op = models.DateTimeField("laatste reactie op", default=timezone.now, editable=False)
    aangemaakt_op = models.DateTimeField("begonnen op", default=timezone.now, editable=False)
    geplaatst_op = models.DateTimeField("geplaatst op", null=True, blank=True, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", null=True, blank=True, editable=False)
    # Why a beheerder hid it, as the author was told.
    reden_verborgen = models.CharField(
        "waarom verborgen", max_length=120, blank=True, default="", db_default="", editable=False
    )
    # Written by the actions: the words of title (A), summary and labels (B) and text (C).
    vector = SearchVectorField(default="", db_default="", editable=False)

    objects = GesprekQuerySet.as_manager()

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"
        ordering = ("-laatste_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(netwerk__isnull=False) | models.Q(soort="artikel"),
                name="gesprek_hoort_bij_netwerk",
                violation_error_message="Kies een netwerk. Alleen een artikel kan op zichzelf staan.",
            ),
            models.CheckConstraint(
                condition=models.Q(netwerk__isnull=False) | models.Q(zicht__gte=2),
                name="gesprek_zonder_netwerk_is_ruim",
                violation_error_message="Een artikel zonder netwerk is voor iedereen of voor leden van het portaal.",
            ),
            models.CheckConstraint(
                condition=models.Q(zicht__range=(1, 3)),
                name="gesprek_zicht_bestaat",
                violation_error_message="Kies wie dit mag lezen.",
            ),
            models.CheckConstraint(
                condition=models.Q(plaatsing="concept") | models.Q(geplaatst_op__isnull=False),
                name="gesprek_geplaatst_heeft_moment",
                violation_error_message="Wat geplaatst is, heeft een moment.",
            ),
        ]
        indexes = [
            models.Index(
                "netwerk",
                models.F("is_vastgezet").desc(),
                models.F("laatste_op").desc(),
                name="gesprek_in_netwerk",
                condition=models.Q(plaatsing="geplaatst"),
            ),
            models.Index(
                "zicht",
                models.F("laatste_op").desc(),
                name="gesprek_nieuwste",
                condition=models.Q(plaatsing="geplaatst"),
            ),
            # The newest of each of one's networks, for the search.
            models.Index(
                "netwerk",
                "zicht",
                models.F("laatste_op").desc(),
                models.F("id").desc(),
                name="gesprek_breedte",
                condition=models.Q(plaatsing="geplaatst"),
            ),
            models.Index(
                models.F("geplaatst_op").desc(),
                name="gesprek_artikelen",
                condition=models.Q(plaatsing="geplaatst", soort="artikel"),
            ),
            GinIndex(fields=["vector"], name="gesprek_vector", condition=models.Q(plaatsing="geplaatst")),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("netwerk:gesprek", args=[self.code])


class Gesprekslabel(ItemBase):
    """A word on a conversation, shared with the labels of organisations and profiles."""

    content_object = models.ForeignKey(Gesprek, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="gesprekslabels")

    class Meta:
        verbose_name = "label van gesprek"
        verbose_name_plural = "labels van gesprekken"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="gesprekslabel_een_keer")]

    def __str__(self) -> str:
        return str(self.tag)


class ReactieQuerySet(models.QuerySet["Reactie"]):
    def geplaatst(self) -> ReactieQuerySet:
        return self.filter(plaatsing=Plaatsing.GEPLAATST)

    def van_anderen(self) -> ReactieQuerySet:
        """Replies with a text by somebody else than who began the conversation, of all conversations."""
        eigen = models.Q(auteur__isnull=False, auteur=models.F("gesprek__auteur"))
        return self.exclude(tekst=GEWIST).exclude(eigen)


class Reactie(models.Model):
    """A reply in a conversation, or a reply to a reply (one level). Who may read the conversation may read it.

    ``nummer`` counts within the conversation, in the order of writing, so that a page of a long one is a range.
    Personal data: as of a conversation.
    """

    gesprek = models.ForeignKey(Gesprek, models.CASCADE, related_name="reacties")
    nummer = models.PositiveIntegerField(editable=False)
    op = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="vervolg")
    auteur = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="reacties")
    tekst = models.TextField("reactie", validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(MAX_TEKST)])
    plaatsing = models.CharField("stand", max_length=12, choices=Plaatsing, default=Plaatsing.GEPLAATST)
    aantal_hielp = models.PositiveIntegerField(default=0, editable=False)
    is_per_mail = models.BooleanField("kwam per mail", default=False)
    geplaatst_op = models.DateTimeField("geplaatst op", default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", null=True, blank=True, editable=False)
    # Why a beheerder hid it, as the author was told.
    reden_verborgen = models.CharField(
        "waarom verborgen", max_length=120, blank=True, default="", db_default="", editable=False
    )

    objects = ReactieQuerySet.as_manager()

    class Meta:
        verbose_name = "reactie"
        verbose_name_plural = "reacties"
        ordering = ("gesprek", "nummer")
        constraints = [
            models.UniqueConstraint(fields=["gesprek", "nummer"], name="reactie_nummer_een_keer"),
            models.CheckConstraint(
                condition=~models.Q(plaatsing="concept"),
                name="reactie_is_geplaatst",
                violation_error_message="Een reactie is geplaatst of ingetrokken.",
            ),
        ]

    def __str__(self) -> str:
        return f"Reactie {self.nummer} op {self.gesprek}"

    def get_absolute_url(self) -> str:
        return f"{reverse('netwerk:gesprek', args=[self.gesprek.code])}#reactie-{self.nummer}"
