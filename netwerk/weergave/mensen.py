"""People as a viewer may see them: the fields for that viewer and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse

from netwerk.keuzes import Voor
from netwerk.models import Blokkade, Contact, Expertise, Interesse, Lidmaatschap, Professional, Werkplek
from netwerk.permissions import ziet_veld
from organisaties.keuzes import TALEN, Status

_TALEN = dict(TALEN)


@dataclass(frozen=True)
class Werk:
    """Where somebody works, as others see it."""

    naam: str
    url: str
    functie: str
    is_bevestigd: bool


@dataclass
class Mens:
    """A profile for one viewer; what the viewer may not see is empty."""

    professional: Professional
    niveau: Voor
    functie: str = ""
    foto_url: str = ""
    plaats: str = ""
    expertise: list[str] = field(default_factory=list)
    interesses: list[str] = field(default_factory=list)
    biedt: str = ""
    zoekt: str = ""
    talen: list[str] = field(default_factory=list)
    tekst: str = ""
    website: str = ""
    linkedin: str = ""
    mastodon: str = ""
    werkmail: str = ""
    telefoon: Any = ""
    werk: list[Werk] = field(default_factory=list)
    netwerken: list[tuple[str, str]] = field(default_factory=list)

    @property
    def code(self) -> str:
        return self.professional.code

    @property
    def naam(self) -> str:
        return self.professional.naam

    @property
    def url(self) -> str:
        return self.professional.get_absolute_url()

    @property
    def is_bevestigd(self) -> bool:
        return self.professional.is_bevestigd

    @property
    def voorletter(self) -> str:
        return self.naam[:1].upper()

    @property
    def regel(self) -> str:
        """What somebody does, and where: 'ouderenadviseur bij De Linde'."""
        waar = self.werk[0].naam if self.werk else ""
        if self.functie and waar:
            return f"{self.functie} bij {waar}"
        return self.functie or (f"werkt bij {waar}" if waar else "")

    @property
    def is_leeg(self) -> bool:
        """Nothing but the name can be seen."""
        velden = (self.functie, self.plaats, self.expertise, self.interesses, self.biedt, self.zoekt, self.tekst)
        return not any((*velden, self.werk, self.talen, self.website, self.linkedin, self.mastodon, self.netwerken))


def met_onderdelen(mensen: QuerySet[Professional], kijker: Professional | None) -> QuerySet[Professional]:
    """Add to each profile, in the same query, its labels, work and networks, and how it stands to the viewer.

    Of networks those whose members the viewer may see.
    """
    zelf = OuterRef("pk")
    paar = [kijker.pk] if kijker else []
    werk = Werkplek.objects.huidig().filter(
        ~Q(status=Werkplek.Status.AFGEWEZEN), professional=zelf, organisatie__status=Status.GEPUBLICEERD
    )
    eigen = Lidmaatschap.objects.leden().filter(professional__in=paar).values("netwerk")
    te_zien = Q(netwerk__zicht_leden__gte=2 if kijker else 3) | Q(netwerk__in=eigen)
    netwerken = Lidmaatschap.objects.leden().filter(
        te_zien, professional=zelf, netwerk__status__in=["actief", "slapend"]
    )
    return mensen.select_related("gebruiker", "plaats").annotate(
        json_expertise=ArraySubquery(
            Expertise.objects.filter(content_object=zelf).order_by("tag__name").values("tag__name")
        ),
        json_interesses=ArraySubquery(
            Interesse.objects.filter(content_object=zelf).order_by("tag__name").values("tag__name")
        ),
        json_werk=ArraySubquery(
            werk.order_by("-status", "-sinds_datum", "pk").values(
                json=JSONObject(naam="organisatie__naam", slug="organisatie__slug", functie="functie", status="status")
            )[:6]
        ),
        json_netwerken=ArraySubquery(
            netwerken.order_by("netwerk__naam").values(json=JSONObject(naam="netwerk__naam", slug="netwerk__slug"))[:20]
        ),
        is_contact=Exists(
            Contact.objects.bevestigd().filter(Q(vrager=zelf, gevraagde__in=paar) | Q(gevraagde=zelf, vrager__in=paar))
        ),
        is_geblokkeerd=Exists(
            Blokkade.objects.filter(Q(door=zelf, geblokkeerd__in=paar) | Q(geblokkeerd=zelf, door__in=paar))
        ),
    )


def niveau_van(professional: Any, kijker: Professional | None) -> Voor:
    """As ``permissions.kijkniveau``, of a profile that was read by ``met_onderdelen``."""
    if kijker is None:
        return Voor.IEDEREEN
    if kijker.pk == professional.pk:
        return Voor.NIEMAND
    return Voor.CONTACTEN if professional.is_contact else Voor.LEDEN


def is_te_zien(professional: Any, kijker: Professional | None) -> bool:
    """As ``permissions.mag_profiel_zien``, of a profile that was read by ``met_onderdelen``."""
    if kijker is not None and kijker.pk == professional.pk:
        return True
    if professional.is_geblokkeerd or not professional.gebruiker.is_active:
        return False
    return bool(professional.vindbaar_voor >= niveau_van(professional, kijker))


def als_mens(professional: Any, niveau: Voor) -> Mens:
    """Return what a viewer of this level sees of a profile that was read by ``met_onderdelen``."""

    def ziet(veld: str) -> bool:
        return ziet_veld(niveau, professional, veld)

    mens = Mens(professional, niveau)
    for veld in ("functie", "biedt", "zoekt", "tekst", "werkmail", "telefoon"):
        if ziet(veld):
            setattr(mens, veld, getattr(professional, veld))
    if professional.foto and ziet("foto"):
        mens.foto_url = reverse("netwerk:foto", args=[professional.code])
    if professional.plaats and ziet("plaats"):
        mens.plaats = professional.plaats.weergavenaam
    if ziet("expertise"):
        mens.expertise = professional.json_expertise
    if ziet("interesses"):
        mens.interesses = professional.json_interesses
    if ziet("talen"):
        mens.talen = [_TALEN[code] for code in professional.talen if code in _TALEN]
    if ziet("links"):
        mens.website, mens.linkedin, mens.mastodon = professional.website, professional.linkedin, professional.mastodon
    if ziet("werkplekken"):
        mens.werk = [
            Werk(
                rij["naam"],
                reverse("organisaties:detail", args=[rij["slug"]]),
                rij["functie"],
                rij["status"] == Werkplek.Status.BEVESTIGD,
            )
            for rij in professional.json_werk
        ]
    if ziet("netwerken"):
        mens.netwerken = [
            (rij["naam"], reverse("netwerk:netwerk", args=[rij["slug"]])) for rij in professional.json_netwerken
        ]
    return mens


def mensen_op_volgorde(sleutels: list[int], kijker: Professional | None) -> list[Mens]:
    """Return the people of these keys in their order, as a member of the portal or a visitor sees them; in one query."""
    niveau = Voor.LEDEN if kijker else Voor.IEDEREEN
    gelezen: Iterable[Any] = met_onderdelen(Professional.objects.filter(pk__in=sleutels), kijker)
    per_sleutel = {mens.pk: als_mens(mens, niveau) for mens in gelezen}
    return [per_sleutel[pk] for pk in sleutels if pk in per_sleutel]


__all__ = ["Mens", "Werk", "als_mens", "is_te_zien", "mensen_op_volgorde", "met_onderdelen", "niveau_van"]
