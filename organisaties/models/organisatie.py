"""The organisation: a listing in the directory, with its addresses and the steps of its status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import connection, models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from organisaties.keuzes import TALEN, Bevestigritme, Soort, Status, Versheidsstap, Werkgebied
from welzijnportal.validators import een_regel, kvk_nummer, meer_regels, rsin, webadres, webdomein, zichtbare_tekst

if TYPE_CHECKING:
    from welzijnportal.accounts.models import Gebruiker

# The host of a website without 'www.', as validators.webdomein gives it; indexed, for look-alikes.
WEBDOMEIN = models.Func(
    models.Func(Lower("website"), models.Value(r"^https?://(www\.)?"), models.Value(""), function="regexp_replace"),
    models.Value("/"),
    models.Value(1),
    function="split_part",
    output_field=models.CharField(),
)

# A name without legal form, articles and signs; indexed, for look-alikes. gelijkenis.naamkern gives the same.
NAAMKERN = models.Func(
    models.Func(
        Lower("naam"),
        models.Value(r"\m(stichting|vereniging|st|ver|de|het|een|coöperatie|cooperatie|bv)\M|[^[:alnum:]]"),
        models.Value(""),
        models.Value("g"),
        function="regexp_replace",
    ),
    models.Value(40),
    function="left",
    output_field=models.CharField(),
)


class OrganisatieQuerySet(models.QuerySet["Organisatie"]):
    def zichtbaar(self) -> OrganisatieQuerySet:
        """What visitors may see."""
        return self.filter(status=Status.GEPUBLICEERD)

    def van(self, gebruiker: Gebruiker) -> OrganisatieQuerySet:
        """Of which this person is beheerder or redacteur."""
        return self.filter(beheer__gebruiker=gebruiker).exclude(status=Status.SAMENGEVOEGD)

    def wachtend(self) -> OrganisatieQuerySet:
        """The moderation queue, oldest first."""
        return self.filter(status=Status.INGEDIEND).order_by("status_op", "pk")

    def verouderd_zonder_beheerder(self) -> OrganisatieQuerySet:
        """On the portal, too long unconfirmed, and nobody to ask: they wait for a moderator."""
        actief = models.Q(beheer__rol="beheerder", beheer__gebruiker__is_active=True)
        met = Organisatie.objects.filter(actief, pk=models.OuterRef("pk")).order_by()
        return self.zichtbaar().filter(~models.Exists(met), versheidsstap__gte=Versheidsstap.VEROUDERD)

    def nieuwste(self) -> OrganisatieQuerySet:
        return self.order_by("-gepubliceerd_op", "-pk")

    def met_thema(self, thema: models.Model) -> OrganisatieQuerySet:
        """With this theme or one below it."""
        onderdeel = Organisatie.objects.filter(models.Q(themas=thema) | models.Q(themas__ouder=thema))
        return self.filter(pk__in=onderdeel.order_by().values("pk"))

    def in_gemeente(self, code: str) -> OrganisatieQuerySet:
        """That can be found in this municipality or say that they work there."""
        werkt_er = Organisatie.objects.filter(gemeenten=code).order_by().values("pk")
        is_er = Organisatie.objects.filter(locaties__gemeente=code).order_by().values("pk")
        return self.filter(pk__in=werkt_er.union(is_er))


class Organisatie(models.Model):
    """An organisation that offers help: a foundation, a municipality, a group of neighbours.

    It is public once a moderator has published it. Personal data are kept in Contactpersoon and Beheer only.
    """

    Soort = Soort
    Status = Status

    naam = models.CharField("naam", max_length=120, validators=[een_regel, zichtbare_tekst])
    ook_bekend_als = models.CharField(
        "ook bekend als", max_length=200, blank=True, validators=[een_regel], help_text="Afkorting of oude naam."
    )
    slug = models.SlugField("adres op het portaal", max_length=140, unique=True, editable=False)
    soort = models.CharField("soort organisatie", max_length=20, choices=Soort, default=Soort.STICHTING)
    kort = models.CharField(
        "in het kort",
        max_length=160,
        validators=[een_regel],
        blank=True,
        help_text="Wat kan iemand hier halen? In één zin.",
    )
    tekst = models.TextField("beschrijving", blank=True, validators=[meer_regels, MaxLengthValidator(10_000)])
    kvk_nummer = models.CharField("KvK-nummer", max_length=8, blank=True, validators=[kvk_nummer])
    rsin = models.CharField("RSIN", max_length=9, blank=True, validators=[rsin])
    opgericht_jaar = models.PositiveSmallIntegerField(
        "opgericht in", null=True, blank=True, validators=[MinValueValidator(1200), MaxValueValidator(2100)]
    )
    is_initiatief = models.BooleanField(
        "is een initiatief van bewoners of vrijwilligers", default=False, help_text="Nog geen gevestigde organisatie."
    )
    logo = models.ImageField("logo", upload_to="logos/", blank=True, max_length=120)
    email = models.EmailField("e-mailadres", blank=True)
    telefoon = PhoneNumberField("telefoonnummer", blank=True)
    website = models.URLField("website", max_length=300, blank=True, validators=[webadres])
    sociale_links = ArrayField(
        models.URLField(max_length=300, validators=[webadres]),
        verbose_name="sociale media",
        default=list,
        blank=True,
        size=6,
    )
    hoort_bij = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="onderdelen", verbose_name="hoort bij"
    )
    themas = models.ManyToManyField(
        "organisaties.Thema", verbose_name="thema's", related_name="organisaties", blank=True
    )
    doelgroepen = models.ManyToManyField(
        "organisaties.Doelgroep", verbose_name="doelgroepen", related_name="organisaties", blank=True
    )
    labels = TaggableManager(verbose_name="labels", blank=True, help_text="Losse woorden, met komma's ertussen.")
    werkgebied = models.CharField("werkgebied", max_length=12, choices=Werkgebied, default=Werkgebied.PLAATSELIJK)
    gemeenten = models.ManyToManyField(
        "geo.Gemeente", verbose_name="gemeenten", related_name="organisaties", blank=True
    )
    provincies = models.ManyToManyField(
        "geo.Provincie", verbose_name="provincies", related_name="organisaties", blank=True
    )
    talen = ArrayField(
        models.CharField(max_length=3, choices=TALEN), verbose_name="talen die wij spreken", default=list, blank=True
    )

    status = models.CharField("status", max_length=14, choices=Status, default=Status.CONCEPT, editable=False)
    status_op = models.DateTimeField("status sinds", default=timezone.now, editable=False)
    status_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    samengevoegd_met = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, editable=False, db_index=False, related_name="samengevoegde"
    )
    terugstuurreden = models.TextField("reden van terugsturen", blank=True, editable=False)
    gepubliceerd_op = models.DateTimeField("voor het eerst gepubliceerd op", null=True, blank=True, editable=False)
    bevestigd_op = models.DateTimeField("laatst gecontroleerd op", null=True, blank=True, editable=False)
    bevestigritme = models.PositiveSmallIntegerField(
        "hoe vaak wij vragen of alles klopt",
        choices=Bevestigritme,
        default=Bevestigritme.HALFJAAR,
        db_default=Bevestigritme.HALFJAAR.value,
    )
    versheidsstap = models.PositiveSmallIntegerField(
        "versheid",
        choices=Versheidsstap,
        default=Versheidsstap.VERS,
        db_default=Versheidsstap.VERS.value,
        editable=False,
    )
    volgende_vraag_datum = models.DateField("volgende stap op", null=True, blank=True, editable=False)
    aangemaakt_op = models.DateTimeField("aangemaakt op", default=timezone.now, editable=False)
    gewijzigd_op = models.DateTimeField("gewijzigd op", default=timezone.now, editable=False)
    versie = models.PositiveIntegerField(default=1, editable=False)

    # When the organisation agreed that everybody may use its listing (CC0); without it no open-data file has it.
    open_data_akkoord_op = models.DateTimeField("open data sinds", null=True, blank=True, editable=False)
    bron = models.CharField("bron", max_length=60, blank=True, editable=False)
    extern_id = models.CharField("sleutel bij de bron", max_length=120, blank=True, editable=False)

    objects = OrganisatieQuerySet.as_manager()
    history = HistoricalRecords(
        excluded_fields=["versie", "gewijzigd_op", "bevestigritme", "versheidsstap", "volgende_vraag_datum"],
        m2m_fields=[themas, doelgroepen, gemeenten, provincies],
    )

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ("naam", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(hoort_bij=models.F("pk")),
                name="organisatie_is_niet_eigen_ouder",
                violation_error_message="Een organisatie kan niet bij zichzelf horen.",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="organisatie_status_bestaat",
                violation_error_message="Deze status bestaat niet.",
            ),
            models.CheckConstraint(
                condition=models.Q(soort__in=Soort.values),
                name="organisatie_soort_bestaat",
                violation_error_message="Kies een soort organisatie uit de lijst.",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Status.GEPUBLICEERD) | models.Q(gepubliceerd_op__isnull=False),
                name="organisatie_gepubliceerd_heeft_datum",
                violation_error_message="Een gepubliceerde organisatie heeft een publicatiedatum.",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.SAMENGEVOEGD, samengevoegd_met__isnull=False)
                | (~models.Q(status=Status.SAMENGEVOEGD) & models.Q(samengevoegd_met__isnull=True)),
                name="organisatie_samengevoegd_met_een_ander",
                violation_error_message="Een samengevoegde vermelding verwijst naar de vermelding die blijft.",
            ),
            models.CheckConstraint(
                condition=models.Q(bevestigritme__in=Bevestigritme.values),
                name="organisatie_bevestigritme_bestaat",
                violation_error_message="Kies hoe vaak wij vragen of alles klopt.",
            ),
            models.CheckConstraint(
                condition=models.Q(versheidsstap__in=Versheidsstap.values),
                name="organisatie_versheidsstap_bestaat",
                violation_error_message="Deze stap van de versheid bestaat niet.",
            ),
            models.CheckConstraint(
                condition=~models.Q(naam=""),
                name="organisatie_heeft_naam",
                violation_error_message="Vul de naam van de organisatie in.",
            ),
            models.UniqueConstraint(
                fields=["bron", "extern_id"],
                condition=~models.Q(extern_id=""),
                name="organisatie_bron_en_sleutel_uniek",
                violation_error_message="Deze sleutel komt bij deze bron al voor.",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "status_op"], name="organisatie_wachtrij"),
            models.Index(
                fields=["-gepubliceerd_op", "-id"],
                name="organisatie_nieuwste",
                condition=models.Q(status="gepubliceerd"),
            ),
            models.Index(
                fields=["volgende_vraag_datum", "id"],
                name="organisatie_te_vragen",
                condition=models.Q(status="gepubliceerd"),
            ),
            # The open API asks what changed since a moment.
            models.Index(
                fields=["gewijzigd_op", "id"], name="organisatie_gewijzigd", condition=models.Q(status="gepubliceerd")
            ),
            models.Index(fields=["kvk_nummer"], name="organisatie_kvk", condition=~models.Q(kvk_nummer="")),
            GinIndex(OpClass(Lower("naam"), "gin_trgm_ops"), name="organisatie_naam_trigram"),
            models.Index(WEBDOMEIN, name="organisatie_webdomein", condition=~models.Q(website="")),
            models.Index(NAAMKERN, name="organisatie_naamkern"),
            models.Index(fields=["telefoon"], name="organisatie_telefoon", condition=~models.Q(telefoon="")),
            models.Index(
                fields=["samengevoegd_met"],
                name="organisatie_samengevoegd_met",
                condition=models.Q(samengevoegd_met__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.naam

    def get_absolute_url(self) -> str:
        return reverse("organisaties:detail", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.gewijzigd_op = timezone.now()
        fields = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, "gewijzigd_op"}
        with transaction.atomic(savepoint=False):
            if not self.slug:
                self.slug = vrije_slug(self.naam)
            super().save(*args, **kwargs)

    @property
    def is_zichtbaar(self) -> bool:
        return self.status == Status.GEPUBLICEERD

    @property
    def webdomein(self) -> str:
        return webdomein(self.website) if self.website else ""


class OrganisatieSlug(models.Model):
    """An address that an organisation had before; it redirects for ever."""

    slug = models.SlugField(max_length=140, unique=True)
    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="oude_slugs")
    vervangen_op = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "oud adres"
        verbose_name_plural = "oude adressen"

    def __str__(self) -> str:
        return self.slug


class Statusstap(models.Model):
    """One step in the life of a listing: who moved it, when, from what to what, and why."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="statusstappen")
    van = models.CharField("van", max_length=14, choices=Status, blank=True)
    naar = models.CharField("naar", max_length=14, choices=Status)
    gezet_door = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    gezet_op = models.DateTimeField("op", default=timezone.now)
    reden = models.TextField("reden", blank=True)

    class Meta:
        verbose_name = "statusstap"
        verbose_name_plural = "statusstappen"
        ordering = ("-gezet_op", "-pk")

    def __str__(self) -> str:
        return f"{self.get_van_display() or 'nieuw'} → {self.get_naar_display()}"


# Words of the portal's own addresses below /organisaties/, which no listing may take.
GERESERVEERDE_SLUGS = frozenset(
    {
        "aanmelden",
        "niet-vermelden",
        "suggesties",
        "feed",
        "uitnodiging",
        "klopt-dit-nog",
        "thema",
        "toevoegen",
        "kaart",
        "import",
        "netwerk",
    }
)


def vrije_slug(naam: str, *, behalve: int = 0) -> str:
    """Return a slug for this name that no organisation has or had; numbers follow from 2 on.

    To be called in the transaction that stores it: a lock on the name lasts until its end, so that two
    organisations of one name that come at once get two addresses.
    """
    basis = slugify(naam)[:120].strip("-") or "organisatie"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"slug {basis}"])
    bezet = set(Organisatie.objects.filter(slug__startswith=basis).exclude(pk=behalve).values_list("slug", flat=True))
    bezet |= set(
        OrganisatieSlug.objects.filter(slug__startswith=basis)
        .exclude(organisatie=behalve)
        .values_list("slug", flat=True)
    )
    kandidaat, nummer = basis, 1
    while kandidaat in bezet or kandidaat in GERESERVEERDE_SLUGS:
        nummer += 1
        kandidaat = f"{basis}-{nummer}"
    return kandidaat
