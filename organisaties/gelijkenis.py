"""Look-alikes: listings that may be the same organisation as one that is being written."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.db.models.functions import Greatest, Lower

from organisaties.keuzes import Status
from organisaties.models import Organisatie
from organisaties.models.organisatie import WEBDOMEIN, OrganisatieQuerySet
from welzijnportal.validators import webdomein

AANTAL = 5
KANDIDATEN = 40
# Of the pairs of different organisations in the demo data nearly all stay below this.
DREMPEL = 0.55
DREMPEL_ZELFDE_PLAATS = 0.42
# A shorter word, as 'hulp', says too little about which organisation it is.
LANG_WOORD = 5
# Words of nearly every name say nothing about which organisation it is.
RECHTSVORMEN = re.compile(
    r"\b(stichting|vereniging|st\.|ver\.|de|het|een|coöperatie|cooperatie|bv|b\.v\.)(?=\s|$)", re.IGNORECASE
)
_GEEN_KERN = re.compile(r"\b(stichting|vereniging|st|ver|de|het|een|coöperatie|cooperatie|bv)\b|[\W_]")
# On these hosts each organisation has a page below the same domain.
GEDEELDE_DOMEINEN = frozenset(
    {
        "facebook.com",
        "nl-nl.facebook.com",
        "m.facebook.com",
        "instagram.com",
        "linkedin.com",
        "nl.linkedin.com",
        "x.com",
        "twitter.com",
        "youtube.com",
        "tiktok.com",
        "sites.google.com",
        "docs.google.com",
        "forms.gle",
        "linktr.ee",
        "wa.me",
        "meetup.com",
        "nextdoor.nl",
        "hoplr.com",
    }
)


@dataclass(frozen=True)
class Gelijkenis:
    """A listing that looks like the one being written, and why."""

    organisatie: Organisatie
    reden: str
    plaats: str
    sterkte: float


def kern(naam: str) -> str:
    """Return a name in lower case without its legal form and articles; the name itself when nothing is left."""
    schoon = " ".join(RECHTSVORMEN.sub(" ", naam.lower()).split())
    return schoon or " ".join(naam.lower().split())


def naamkern(naam: str) -> str:
    """Return a name without legal form, articles and signs, as the index of models.organisatie.NAAMKERN has it."""
    return _GEEN_KERN.sub("", naam.lower())[:40]


def _trigrammen(tekst: str) -> set[str]:
    woorden = re.findall(r"\w+", tekst)
    return {f"  {woord} "[i : i + 3] for woord in woorden for i in range(len(woord) + 1)}


def overeenkomst(een: str, ander: str) -> float:
    """Return pg_trgm's similarity of two names without their legal forms, from 0 to 1.

    A name that holds all words of the other, as 'Buurthuis De Linde' does of 'De Linde', counts for half at least.
    """
    a, b = _trigrammen(kern(een)), _trigrammen(kern(ander))
    if not a or not b:
        return 0.0
    mate = len(a & b) / len(a | b)
    woorden, andere = set(kern(een).split()), set(kern(ander).split())
    omvat = (woorden <= andere or andere <= woorden) and max(len(w) for w in woorden & andere or {""}) >= LANG_WOORD
    return max(mate, 0.5) if omvat else mate


def lijkt_op(
    *,
    naam: str = "",
    plaats: str = "",
    website: str = "",
    kvk_nummer: str = "",
    behalve: Collection[int] = (),
    ook_verborgen: bool = False,
) -> list[Gelijkenis]:
    """Return at most five look-alikes, the most alike first.

    Visitors are shown published listings alone; a moderator sees those that wait or were sent back as well.
    """
    basis = Organisatie.objects.exclude(pk__in=behalve)
    basis = basis.exclude(status=Status.GEARCHIVEERD) if ook_verborgen else basis.zichtbaar()
    gevonden: dict[int, Gelijkenis] = {}
    for sterkte, reden, rijen in _rondes(basis, naam, website, kvk_nummer):
        for organisatie in rijen:
            if organisatie.pk in gevonden:
                continue
            zelfde_plaats = _plaats_van(organisatie, plaats)
            mate = sterkte or overeenkomst(naam, organisatie.naam)
            if sterkte or mate >= (DREMPEL_ZELFDE_PLAATS if zelfde_plaats else DREMPEL):
                waar = zelfde_plaats or next((locatie.plaats for locatie in organisatie.locaties.all()), "")
                gevonden[organisatie.pk] = Gelijkenis(organisatie, reden, waar, mate + bool(zelfde_plaats) * 0.2)
    return sorted(gevonden.values(), key=lambda g: (-g.sterkte, g.organisatie.naam))[:AANTAL]


def _rondes(
    basis: OrganisatieQuerySet, naam: str, website: str, kvk_nummer: str
) -> Iterable[tuple[float, str, Iterable[Organisatie]]]:
    velden = ("pk", "naam", "slug", "kort", "website", "kvk_nummer", "status")
    if kvk_nummer:
        yield (
            3.0,
            "Heeft hetzelfde KvK-nummer",
            basis.filter(kvk_nummer=kvk_nummer).only(*velden).prefetch_related("locaties")[:AANTAL],
        )
    domein = webdomein(website)
    if domein:
        zelfde = basis.alias(domein=WEBDOMEIN).filter(domein=domein)
        if domein in GEDEELDE_DOMEINEN:
            zelfde = zelfde.filter(website__iexact=website)
        yield 2.0, "Heeft dezelfde website", zelfde.only(*velden).prefetch_related("locaties")[:AANTAL]
    laag, kort = " ".join(naam.lower().split()), kern(naam)
    if len(kort) >= 3:
        yield (
            0.0,
            "Lijkt op deze naam",
            basis.alias(laag=Lower("naam"))
            .filter(Q(laag__trigram_similar=laag) | Q(laag__trigram_similar=kort))
            .alias(mate=Greatest(TrigramSimilarity("laag", laag), TrigramSimilarity("laag", kort)))
            .order_by("-mate", "pk")
            .only(*velden)
            .prefetch_related("locaties")[:KANDIDATEN],
        )


def _plaats_van(organisatie: Organisatie, plaats: str) -> str:
    """Return the place where this organisation is, when it is the place that was typed."""
    gezocht = plaats.strip().lower()
    return next((plek.plaats for plek in organisatie.locaties.all() if gezocht and plek.plaats.lower() == gezocht), "")
