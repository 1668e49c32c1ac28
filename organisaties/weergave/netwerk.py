"""Links between organisations as pictures: round one organisation, and as a whole.

Drawn on the server, the same each time. A picture is hidden from screen readers and keyboards: beside it stands a
list with the same links.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from math import cos, pi, sin
from textwrap import wrap
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from organisaties.keuzes import Status
from organisaties.models import Organisatie, Verbinding

MEEST_VERBINDINGEN = 1500
MEEST_GROEPEN = 6
MEEST_IN_GROEP = 20
MEEST_ROND = 8
_BREED, _KAART, _HOOG, _RIJ = 360, 112, 50, 62
_STAP, _BOL, _RUIMTE, _SCHAAL = 48, 13, 36, 1.5


@dataclass
class Knoop:
    """An organisation in the network, with its number in the picture and where it stands there."""

    naam: str
    slug: str
    nummer: int = 0
    x: float = 0.0
    y: float = 0.0
    hoek: float = 0.0
    partners: list["Knoop"] = field(default_factory=list)
    ouders: list["Knoop"] = field(default_factory=list)
    leden: list["Knoop"] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("organisaties:detail", args=[self.slug])

    @property
    def buren(self) -> list["Knoop"]:
        return [*self.partners, *self.leden, *self.ouders]


@dataclass
class Groep:
    """Organisations that hang together."""

    titel: str
    knopen: list[Knoop]
    aantal: int
    tekening: SafeString

    @property
    def rest(self) -> int:
        return self.aantal - len(self.knopen)


def groepen(gemeente: str = "") -> tuple[list[Groep], int]:
    """Return the largest groups of organisations that hang together, and how many groups there are; in two queries.

    With a municipality (CBS code) only links of which one side at least is there or works there.
    """
    knopen: dict[int, Knoop] = {}

    def knoop(pk: int, naam: str, slug: str) -> Knoop:
        return knopen.setdefault(pk, Knoop(naam, slug))

    velden = ("van_id", "van__naam", "van__slug", "naar_id", "naar__naam", "naar__slug")
    verbindingen, leden = Verbinding.objects.zichtbaar(), Organisatie.objects.zichtbaar()
    if gemeente:
        hier = Organisatie.objects.in_gemeente(gemeente).order_by().values("pk")
        verbindingen = verbindingen.filter(Q(van__in=hier) | Q(naar__in=hier))
        leden = leden.filter(Q(pk__in=hier) | Q(hoort_bij__in=hier))
    for rij in verbindingen.order_by("-pk").values_list(*velden)[:MEEST_VERBINDINGEN]:
        een, ander = knoop(*rij[:3]), knoop(*rij[3:])
        een.partners.append(ander)
        ander.partners.append(een)
    leden = leden.filter(hoort_bij__isnull=False, hoort_bij__status=Status.GEPUBLICEERD)
    ouder = ("hoort_bij_id", "ouder_naam", "ouder_slug")
    # By the parent: its index holds those that have one, where the key would lead past everybody else.
    leden = leden.order_by("-hoort_bij_id", "-pk")
    for rij in leden.annotate(ouder_naam=F("hoort_bij__naam"), ouder_slug=F("hoort_bij__slug")).values_list(
        "pk", "naam", "slug", *ouder
    )[:MEEST_VERBINDINGEN]:
        lid, geheel = knoop(*rij[:3]), knoop(*rij[3:])
        lid.ouders.append(geheel)
        geheel.leden.append(lid)
    delen = sorted(_samenhang(knopen.values()), key=lambda deel: (-len(deel), deel[0].naam.casefold()))
    return [_groep(deel) for deel in delen[:MEEST_GROEPEN]], len(delen)


def _samenhang(knopen: Iterable[Knoop]) -> list[list[Knoop]]:
    """Split into connected groups; the first of each has most links, the others follow by nearness to it."""
    gezien: set[str] = set()
    gevonden = []
    for start in sorted(knopen, key=_volgorde):
        if start.slug in gezien:
            continue
        gezien.add(start.slug)
        rij = [start]
        for knoop in rij:
            for buur in sorted(knoop.buren, key=_volgorde):
                if buur.slug not in gezien:
                    gezien.add(buur.slug)
                    rij.append(buur)
        gevonden.append(rij)
    return gevonden


def _volgorde(knoop: Knoop) -> tuple[int, str, str]:
    return (-len(knoop.buren), knoop.naam.casefold(), knoop.slug)


def _groep(knopen: list[Knoop]) -> Groep:
    getoond = knopen[:MEEST_IN_GROEP]
    for nummer, knoop in enumerate(getoond, 1):
        knoop.nummer = nummer
    for knoop in getoond:
        for buren in (knoop.partners, knoop.ouders):
            buren.sort(key=lambda buur: (buur.nummer or len(knopen), buur.naam.casefold()))
    _zet_in_ringen(getoond)
    return Groep(f"Rond {getoond[0].naam}", getoond, len(knopen), _teken_groep(getoond))


def _zet_in_ringen(knopen: list[Knoop]) -> None:
    """Put the first in the middle and the others in rings by their distance to it."""
    afstand = {knopen[0].slug: 0}
    van: dict[str, Knoop] = {}
    for knoop in knopen:
        for buur in knoop.buren:
            if buur.nummer and buur.slug not in afstand:
                afstand[buur.slug] = afstand[knoop.slug] + 1
                van[buur.slug] = knoop
    ringen: dict[int, list[Knoop]] = defaultdict(list)
    for knoop in knopen[1:]:
        ringen[afstand[knoop.slug]].append(knoop)
    straal = 0.0
    for ring in sorted(ringen):
        rij = sorted(ringen[ring], key=lambda knoop: (van[knoop.slug].hoek, knoop.nummer))
        straal = max(straal + _STAP, len(rij) * _RUIMTE / (2 * pi))
        for knoop, hoek in zip(rij, _hoeken(rij, van, _RUIMTE / straal, is_eerste=ring == 1), strict=True):
            knoop.hoek = hoek
            knoop.x, knoop.y = straal * cos(hoek), straal * sin(hoek)


def _hoeken(rij: list[Knoop], van: dict[str, Knoop], stap: float, *, is_eerste: bool) -> list[float]:
    """Return where each stands on its ring, in radians: the first ring evenly, others near whom they hang on.

    ``stap`` keeps them apart. When that pushes the last one into the first, they are spread evenly too.
    """
    gelijk = [-pi / 2 + 2 * pi * plek / len(rij) for plek in range(len(rij))]
    if is_eerste:
        return gelijk
    broers: dict[str, list[Knoop]] = defaultdict(list)
    for knoop in rij:
        broers[van[knoop.slug].slug].append(knoop)
    hoeken: list[float] = []
    for knoop in rij:
        groep = broers[van[knoop.slug].slug]
        wens = van[knoop.slug].hoek + (groep.index(knoop) - (len(groep) - 1) / 2) * stap
        hoeken.append(max(wens, hoeken[-1] + stap) if hoeken else wens)
    return hoeken if hoeken[-1] - hoeken[0] <= 2 * pi - stap else gelijk


def _teken_groep(knopen: list[Knoop]) -> SafeString:
    rand = _BOL + 4
    links, boven = min(knoop.x for knoop in knopen) - rand, min(knoop.y for knoop in knopen) - rand
    breed, hoog = max(knoop.x for knoop in knopen) + rand - links, max(knoop.y for knoop in knopen) + rand - boven
    # Its own width, so that a dot is of one size in every picture.
    maat = f'width="{breed * _SCHAAL:.0f}" viewBox="{links:.0f} {boven:.0f} {breed:.0f} {hoog:.0f}"'
    delen = [f'<svg class="net" {maat} aria-hidden="true">']
    for knoop in knopen:
        for soort, buren in (("net-line", knoop.partners), ("net-line net-line--part", knoop.leden)):
            for buur in buren:
                # A partnership is seen from both sides, and drawn from one.
                if buur.nummer and (soort != "net-line" or buur.nummer > knoop.nummer):
                    lijn = f'x1="{knoop.x:.0f}" y1="{knoop.y:.0f}" x2="{buur.x:.0f}" y2="{buur.y:.0f}"'
                    delen.append(f'<line class="{soort}" {lijn}/>')
    for knoop in knopen:
        klasse = "net-dot net-dot--hub" if knoop.nummer == 1 else "net-dot"
        plek = f'x="{knoop.x:.0f}" y="{knoop.y + 4:.0f}"'
        delen.append(
            f'<a href="{knoop.url}" tabindex="-1"><title>{escape(knoop.naam)}</title>'
            f'<circle class="{klasse}" cx="{knoop.x:.0f}" cy="{knoop.y:.0f}" r="{_BOL}"/>'
            f'<text class="net-number" {plek}>{knoop.nummer}</text></a>'
        )
    return mark_safe("".join([*delen, "</svg>"]))  # noqa: S308


def teken_rond(naam: str, partners: list[dict[str, str]], ouder: dict[str, str] | None, onderdelen: list[Any]) -> str:
    """Draw an organisation in the middle, its partners left and right, what it belongs to above, its parts below."""
    rond, delen = partners[:MEEST_ROND], onderdelen[:3]
    if not rond and not ouder and not delen:
        return ""
    links, rechts = rond[::2], rond[1::2]
    midden_rijen = max(len(links), 1)
    boven = _RIJ if ouder else 0
    hoogte = boven + midden_rijen * _RIJ + (_RIJ + 14 if delen else 0)
    mx, my = (_BREED - _KAART) / 2, boven + midden_rijen * _RIJ / 2 - _HOOG / 2
    lijnen, kaarten = [], [_kaart(mx, my, naam, "", "net-card net-card--hub")]
    hart = (_BREED / 2, my + _HOOG / 2)

    def zet(x: float, y: float, een: dict[str, str], klasse: str) -> None:
        soort = "net-line" if klasse == "net-card" else "net-line net-line--part"
        lijnen.append(
            f'<line class="{soort}" x1="{hart[0]:.0f}" y1="{hart[1]:.0f}" '
            f'x2="{x + _KAART / 2:.0f}" y2="{y + _HOOG / 2:.0f}"/>'
        )
        url = reverse("organisaties:detail", args=[een["slug"]])
        kaarten.append(_kaart(x, y, een["naam"], url, klasse))

    if ouder:
        zet(mx, 2, ouder, "net-card net-card--part")
    for x, rij in ((2.0, links), (float(_BREED - _KAART - 2), rechts)):
        for plek, een in enumerate(rij):
            zet(x, boven + (plek + 0.5) * midden_rijen * _RIJ / len(rij) - _HOOG / 2, een, "net-card")
    verdeling: dict[int, list[float]] = {1: [mx], 2: [60, _BREED - _KAART - 60]}
    plekken = verdeling.get(len(delen), [2, mx, _BREED - _KAART - 2])
    for x, een in zip(plekken, delen, strict=False):
        zet(x, hoogte - _HOOG - 2, een, "net-card net-card--part")
    begin = f'<svg class="net net--round" viewBox="0 0 {_BREED} {hoogte:.0f}" aria-hidden="true">'
    return mark_safe("".join([begin, *lijnen, *kaarten, "</svg>"]))  # noqa: S308


def _kaart(x: float, y: float, naam: str, url: str, klasse: str) -> str:
    regels = wrap(naam, 17, max_lines=3, placeholder="…", break_long_words=True)
    eerste = y + _HOOG / 2 + 4 - (len(regels) - 1) * 6.5
    tekst = "".join(
        f'<tspan x="{x + _KAART / 2:.0f}" y="{eerste + nummer * 13:.1f}">{escape(regel)}</tspan>'
        for nummer, regel in enumerate(regels)
    )
    vorm = f'<rect class="{klasse}" x="{x:.0f}" y="{y:.0f}" width="{_KAART}" height="{_HOOG}" rx="10"/>'
    inhoud = f'{vorm}<text class="net-name">{tekst}</text>'
    return f'<a href="{url}" tabindex="-1">{inhoud}</a>' if url else inhoud
