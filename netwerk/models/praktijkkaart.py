"""A short, findable piece of know-how."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager
from taggit.models import ItemBase, Tag

from netwerk.keuzes import Plaatsing, Zicht, nieuwe_code
from netwerk.models.contact import Blokkade
from netwerk.models.gesprek import Gesprek, Reactie
from netwerk.models.netwerk import Lidmaatschap, Netwerk
from netwerk.models.professional import Professional
from welzijnportal.validators import een_regel, meer_regels, zichtbare_tekst

MAX_AANPAK = 3000
MAX_LETOP = 1000


class PraktijkkaartQuerySet(models.QuerySet["Praktijkkaart"]):
    def geplaatst(self) -> PraktijkkaartQuerySet:
        return self.filter(plaatsing=Plaatsing.GEPLAATST)

    def zichtbaar_voor(self, kijker: Professional | None) -> PraktijkkaartQuerySet:
        """What this viewer may read; the same rule as for conversations.

        What bears the name of somebody whom the viewer blocked, or who blocked the viewer, is not there for the viewer,
        unless the viewer wrote it too. A card without that name stays: that it went would tell who wrote it.
        """
        kaarten = self.geplaatst().filter(models.Q(netwerk=None) | models.Q(netwerk__status__in=["actief", "slapend"]))
        if kijker is None:
            return kaarten.filter(zicht=Zicht.PUBLIEK)
        mijn = Lidmaatschap.objects.leden().filter(professional=kijker).values("netwerk")
        te_lezen = kaarten.filter(models.Q(zicht__gte=Zicht.PORTAAL) | models.Q(netwerk__in=mijn))
        return te_lezen.zonder_geblokkeerden(kijker)

    def zonder_geblokkeerden(self, kijker: Professional | None) -> PraktijkkaartQuerySet:
        if kijker is None:
            return self
        schrijvers = Kaartschrijver.objects.filter(kaart=models.OuterRef("pk"))
        genoemd = schrijvers.filter(models.Exists(Blokkade.objects.tussen(kijker, "professional")), is_genoemd=True)
        return self.filter(~models.Exists(genoemd) | models.Exists(schrijvers.filter(professional=kijker)))

    def nieuwste(self) -> PraktijkkaartQuerySet:
        return self.order_by("-geplaatst_op", "-pk")


class Praktijkkaart(models.Model):
    """What works, how one does it, and what to mind: made of an answer in a conversation, or written as such.

    ``zicht`` is who may read it. Of a card from a conversation it is at most the conversation's own, until everybody
    whose words are in it agreed to ``gewenst_zicht``. Each change keeps what stood before in Kaartversie.
    Personal data: who wrote it (Kaartschrijver). Exported; when the account is erased the card stays without the name.
    """

    code = models.CharField("adres", max_length=12, unique=True, default=nieuwe_code, editable=False)
    titel = models.CharField("titel", max_length=120, validators=[een_regel, zichtbare_tekst])
    samenvatting = models.CharField("wat is het?", max_length=300, validators=[een_regel, zichtbare_tekst])
    aanpak = models.TextField(
        "zo doet u het", validators=[meer_regels, zichtbare_tekst, MaxLengthValidator(MAX_AANPAK)]
    )
    letop = models.TextField("let op", blank=True, validators=[meer_regels, MaxLengthValidator(MAX_LETOP)])
    themas = models.ManyToManyField(
        "organisaties.Thema", verbose_name="thema's", related_name="praktijkkaarten", blank=True
    )
    labels = TaggableManager("labels", through="netwerk.Kaartlabel", blank=True, related_name="praktijkkaarten")
    # A card without a network is for all members of the portal at least.
    netwerk = models.ForeignKey(Netwerk, models.CASCADE, null=True, blank=True, related_name="praktijkkaarten")
    uit_gesprek = models.ForeignKey(
        Gesprek, models.SET_NULL, null=True, blank=True, related_name="praktijkkaarten", verbose_name="uit gesprek"
    )
    uit_reactie = models.ForeignKey(
        Reactie, models.SET_NULL, null=True, blank=True, related_name="praktijkkaarten", verbose_name="uit reactie"
    )
    zicht = models.PositiveSmallIntegerField("wie leest dit", choices=Zicht, default=Zicht.NETWERK)
    gewenst_zicht = models.PositiveSmallIntegerField("wie mag dit lezen", choices=Zicht, default=Zicht.NETWERK)
    plaatsing = models.CharField("stand", max_length=12, choices=Plaatsing, default=Plaatsing.GEPLAATST)
    getoetst_datum = models.DateField("voor het laatst nagekeken op", default=timezone.localdate)
    toetsen_datum = models.DateField("opnieuw bekijken op", null=True, blank=True)
    # When the writers were last told to look at it again.
    gemeld_datum = models.DateField(null=True, blank=True, editable=False)
    # Kept by the actions under a lock on this row.
    aantal_hielp = models.PositiveIntegerField("hoe vaak dit hielp", default=0, editable=False)
    geplaatst_op = models.DateTimeField("geplaatst op", default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", default=timezone.now, editable=False)
    # Written by the actions: the words of title (A), summary, labels and themes (B) and the texts (C).
    vector = SearchVectorField(default="", db_default="", editable=False)

    objects = PraktijkkaartQuerySet.as_manager()

    class Meta:
        verbose_name = "praktijkkaart"
        verbose_name_plural = "praktijkkaarten"
        ordering = ("-geplaatst_op", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(zicht__range=(1, 3), gewenst_zicht__range=(1, 3)),
                name="praktijkkaart_zicht_bestaat",
                violation_error_message="Kies wie dit mag lezen.",
            ),
            models.CheckConstraint(
                condition=models.Q(zicht__lte=models.F("gewenst_zicht")),
                name="praktijkkaart_niet_ruimer_dan_gewenst",
                violation_error_message="De kaart kan niet ruimer te lezen zijn dan de schrijvers willen.",
            ),
            models.CheckConstraint(
                condition=models.Q(netwerk__isnull=False) | models.Q(zicht__gte=2),
                name="praktijkkaart_zonder_netwerk_is_ruim",
                violation_error_message="Een kaart zonder netwerk is voor iedereen of voor leden van het portaal.",
            ),
            models.CheckConstraint(
                condition=models.Q(plaatsing__in=["geplaatst", "ingetrokken", "verborgen"]),
                name="praktijkkaart_is_geplaatst",
                violation_error_message="Een kaart is geplaatst, ingetrokken of verborgen.",
            ),
            models.UniqueConstraint(
                fields=["uit_reactie"],
                condition=models.Q(plaatsing="geplaatst"),
                name="praktijkkaart_een_per_reactie",
                violation_error_message="Van dit antwoord is al een praktijkkaart gemaakt.",
            ),
        ]
        indexes = [
            models.Index(
                "zicht",
                models.F("geplaatst_op").desc(),
                models.F("id").desc(),
                name="praktijkkaart_nieuwste",
                condition=models.Q(plaatsing="geplaatst"),
            ),
            models.Index(
                "netwerk",
                "zicht",
                models.F("geplaatst_op").desc(),
                models.F("id").desc(),
                name="praktijkkaart_breedte",
                condition=models.Q(plaatsing="geplaatst"),
            ),
            models.Index(
                fields=["toetsen_datum"],
                name="praktijkkaart_te_toetsen",
                condition=models.Q(plaatsing="geplaatst", toetsen_datum__isnull=False),
            ),
            GinIndex(fields=["vector"], name="praktijkkaart_vector", condition=models.Q(plaatsing="geplaatst")),
        ]

    def __str__(self) -> str:
        return self.titel

    def get_absolute_url(self) -> str:
        return reverse("netwerk:praktijkkaart", args=[self.code])

    @property
    def wacht_op_instemming(self) -> bool:
        return self.zicht < self.gewenst_zicht


class Kaartlabel(ItemBase):
    """A word on a card, shared with the labels of organisations, profiles and conversations."""

    content_object = models.ForeignKey(Praktijkkaart, models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="kaartlabels")

    class Meta:
        verbose_name = "label van praktijkkaart"
        verbose_name_plural = "labels van praktijkkaarten"
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="kaartlabel_een_keer")]

    def __str__(self) -> str:
        return str(self.tag)


class Kaartschrijver(models.Model):
    """Somebody whose words are in a card: who asked, who answered, or who wrote it.

    ``is_genoemd`` is whether the name stands with it, ``mag_ruimer`` whether it may be read by more people than the
    conversation that it is of; empty is not answered yet, which counts as no. Personal data: exported; erased with
    the profile, after which an unanswered question counts as no.
    """

    class Aandeel(models.TextChoices):
        VROEG = "vroeg", "stelde de vraag"
        ANTWOORDDE = "antwoordde", "gaf het antwoord"
        SCHREEF = "schreef", "schreef de kaart"

    kaart = models.ForeignKey(Praktijkkaart, models.CASCADE, related_name="schrijvers")
    professional = models.ForeignKey(Professional, models.CASCADE, related_name="kaarten")
    aandeel = models.CharField("aandeel", max_length=10, choices=Aandeel, default=Aandeel.SCHREEF)
    is_genoemd = models.BooleanField("mijn naam bij de kaart", null=True, blank=True)
    mag_ruimer = models.BooleanField("anderen mogen de kaart lezen", null=True, blank=True)
    gevraagd_op = models.DateTimeField("gevraagd op", default=timezone.now)
    beantwoord_op = models.DateTimeField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "schrijver van praktijkkaart"
        verbose_name_plural = "schrijvers van praktijkkaarten"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["kaart", "professional"],
                name="kaartschrijver_een_keer",
                violation_error_message="Deze persoon staat al bij de kaart.",
            ),
            models.CheckConstraint(
                condition=models.Q(beantwoord_op=None, is_genoemd=None, mag_ruimer=None)
                | models.Q(beantwoord_op__isnull=False, is_genoemd__isnull=False, mag_ruimer__isnull=False),
                name="kaartschrijver_antwoord_is_heel",
                violation_error_message="Beantwoord beide vragen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.professional} bij {self.kaart}"


class Kaartversie(models.Model):
    """How a card read before a change. Personal data: who changed it; the name goes with the account."""

    kaart = models.ForeignKey(Praktijkkaart, models.CASCADE, related_name="versies")
    titel = models.CharField("titel", max_length=120)
    samenvatting = models.CharField("wat is het?", max_length=300)
    aanpak = models.TextField("zo doet u het")
    letop = models.TextField("let op", blank=True)
    # Who made the change that ended this version, and when.
    door = models.ForeignKey(Professional, models.SET_NULL, null=True, blank=True, related_name="+")
    vervangen_op = models.DateTimeField("vervangen op", default=timezone.now)

    class Meta:
        verbose_name = "versie van praktijkkaart"
        verbose_name_plural = "versies van praktijkkaarten"
        ordering = ("-vervangen_op", "-pk")

    def __str__(self) -> str:
        return f"{self.titel} tot {self.vervangen_op:%d-%m-%Y}"


class Kaarthielp(models.Model):
    """That a card helped somebody too. Personal data: exported and erased with the profile, which keeps the count."""

    kaart = models.ForeignKey(Praktijkkaart, models.CASCADE, related_name="hielpen")
    door = models.ForeignKey(Professional, models.CASCADE, related_name="+")
    op = models.DateTimeField("op", default=timezone.now)

    class Meta:
        verbose_name = "dit hielp mij"
        verbose_name_plural = "dit hielp mij"
        constraints = [
            models.UniqueConstraint(
                fields=["kaart", "door"], name="kaarthielp_een_keer", violation_error_message="U zei dit al."
            )
        ]

    def __str__(self) -> str:
        return f"{self.kaart} hielp {self.door}"
