"""What the search engine keeps beside the listings; all of it can be rebuilt from them."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Now

from organisaties.models.organisatie import Organisatie
from welzijnportal.geo.fields import PuntField


class MultirangeField(models.Field):  # type: ignore[type-arg]
    """A PostgreSQL multirange, read and written as its text: '{[540,1020),[1980,2460)}'."""

    def __init__(self, *args: Any, soort: str = "int4multirange", **kwargs: Any) -> None:
        self.soort = soort
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "soort": self.soort}

    def db_type(self, connection: Any) -> str:
        return self.soort

    def get_placeholder_sql(self, value: Any, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if hasattr(value, "as_sql"):
            sql, params = compiler.compile(value)
            return f"{sql}::{self.soort}", params
        return f"%s::{self.soort}", (value,)


class Zoekrij(models.Model):
    """One published listing as the search engine sees it: its words, and what may be filtered and sorted on.

    The vector holds words by field (A name, B services and summary, C text, D themes and target groups): as
    they stand, their base form after '~', the parts of compounds after '+', and filters after '@'.
    The whole table is written best score first, so that a scan in storage order meets the best rows first.
    """

    organisatie = models.OneToOneField(Organisatie, models.CASCADE, primary_key=True, related_name="zoekrij")
    score = models.FloatField(default=0)
    # The best sixty-fourth, sixteenth and quarter of a large table have word indexes of their own (3, 2, 1), so that
    # a word that many listings have is looked up among a few. Given by a rebuild; what is new stays 0 until then.
    laag = models.SmallIntegerField(default=0, db_default=0)
    naamsleutel = models.TextField()
    aanbod = models.TextField(blank=True)
    vector = SearchVectorField()
    themas = ArrayField(models.TextField(), default=list)
    doelgroepen = ArrayField(models.TextField(), default=list)
    gemeenten = ArrayField(models.TextField(), default=list)
    soort = models.TextField()
    is_gratis = models.BooleanField(default=False)
    gepubliceerd_op = models.DateTimeField()
    # The hours of all its locations and services together, and the days on which they are not to be trusted:
    # then Zoekopening says. A thousand rows are judged by these in a millisecond.
    week = MultirangeField(soort="int4multirange", default="{}", db_default=models.Value("{}"))
    afwijkende_dagen = MultirangeField(soort="datemultirange", default="{}", db_default=models.Value("{}"))
    # A rebuild beside the running portal brings up to date what was written since it began.
    bijgewerkt_op = models.DateTimeField(db_default=Now())
    # The point of a listing that has one only, so that its distance needs no look-up.
    punt = PuntField(null=True)

    class Meta:
        verbose_name = "zoekrij"
        verbose_name_plural = "zoekrijen"
        indexes = [
            GinIndex(fields=["vector"], name="zoekrij_vector", fastupdate=False),
            *(
                GinIndex(fields=["vector"], name=f"zoekrij_vector_{n}", condition=models.Q(laag=n), fastupdate=False)
                for n in (1, 2, 3)
            ),
            models.Index(fields=["-score", "organisatie"], name="zoekrij_score"),
            models.Index(fields=["naamsleutel", "organisatie"], name="zoekrij_naam"),
            models.Index(fields=["-gepubliceerd_op", "-organisatie"], name="zoekrij_nieuwste"),
            models.Index(
                OpClass("naamsleutel", "text_pattern_ops"), "score", name="zoekrij_begin", include=["organisatie"]
            ),
        ]

    def __str__(self) -> str:
        return self.naamsleutel


class Zoekpunt(models.Model):
    """Where a listing can be found; the nearest of its points counts."""

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="+")
    punt = PuntField()

    class Meta:
        verbose_name = "zoekpunt"
        verbose_name_plural = "zoekpunten"
        indexes = [GistIndex(fields=["punt"], name="zoekpunt_punt")]

    def __str__(self) -> str:
        return f"{self.organisatie_id}: {self.punt}"


class Zoekopening(models.Model):
    """When a location or a service of a listing is open: minutes since Monday 00:00 in Europe/Amsterdam.

    On a day in `afwijkende_dagen` the week does not count, but `afwijkend_open` (wall-clock times) does.
    """

    organisatie = models.ForeignKey(Organisatie, models.CASCADE, related_name="+")
    week = MultirangeField(soort="int4multirange")
    afwijkende_dagen = MultirangeField(soort="datemultirange", default="{}")
    afwijkend_open = MultirangeField(soort="tsmultirange", default="{}")

    class Meta:
        verbose_name = "zoekopening"
        verbose_name_plural = "zoekopeningen"
        indexes = [
            GistIndex(fields=["week"], name="zoekopening_week"),
        ]

    def __str__(self) -> str:
        return f"{self.organisatie_id}: {self.week}"


class Zoekkaart(models.Model):
    """What the card of a published listing in a list of results says, put together when the listing is saved.

    `gegevens` is JSON as organisaties.zoeken.kaartgegevens makes it. Names of themes and target groups are not in
    it, for they change without the listing; nor what depends on the clock or on where the visitor is.
    """

    organisatie = models.OneToOneField(Organisatie, models.CASCADE, primary_key=True, related_name="+")
    themas = ArrayField(models.BigIntegerField(), default=list)
    doelgroepen = ArrayField(models.BigIntegerField(), default=list)
    gegevens = models.TextField()
    # As in Zoekrij, of which not every change of a card is one.
    bijgewerkt_op = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "zoekkaart"
        verbose_name_plural = "zoekkaarten"

    def __str__(self) -> str:
        return f"kaart van {self.organisatie_id}"


class Zoekstand(models.Model):
    """A number that goes up whenever the search tables change, so that a worker knows when to forget an answer.

    Only the sequence of its key is used and no row is ever written: a counter in a row would let all saves wait
    for each other.
    """

    class Meta:
        verbose_name = "zoekstand"
        verbose_name_plural = "zoekstanden"

    def __str__(self) -> str:
        return str(self.pk)


class Woord(models.Model):
    """A word, base form, part or filter that occurs, and in how many listings.

    `sleutels` are what is left of a word as it stands when one or two of its first letters are left out:
    two words that share a key are at most that many mistakes apart.
    """

    woord = models.TextField(primary_key=True)
    aantal = models.IntegerField(default=0)
    sleutels = ArrayField(models.TextField(), null=True)

    class Meta:
        verbose_name = "woord"
        verbose_name_plural = "woorden"
        indexes = [
            GinIndex(fields=["sleutels"], name="woord_sleutels", gin_pending_list_limit=64),
            models.Index(OpClass("woord", "text_pattern_ops"), name="woord_begin"),
        ]

    def __str__(self) -> str:
        return f"{self.woord} ({self.aantal})"


class Woordverschil(models.Model):
    """Counts of words not yet added to Woord: writers only append here, so that they never wait for each other."""

    woord = models.TextField()
    verschil = models.IntegerField()

    class Meta:
        verbose_name = "woordverschil"
        verbose_name_plural = "woordverschillen"

    def __str__(self) -> str:
        return f"{self.woord} {self.verschil:+d}"
