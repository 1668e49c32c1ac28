"""Who knows what in a network, and where: counts of what members show, as bars, a map and tables.

A number below three is told to nobody: of one or two people it would say who.
"""

from dataclasses import dataclass
from html import escape

from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString, mark_safe

from netwerk.keuzes import Voor
from netwerk.models import Expertise, Lidmaatschap
from organisaties.weergave.grafiek import balk
from welzijnportal.geo.beeld import BREEDTE, Beeld, land, maak_kader, provincies
from welzijnportal.geo.kaart import PROVINCIENAMEN

KLEINST = 3
MEEST = 25
VERHOUDING = 0.84


@dataclass(frozen=True, slots=True)
class Staaf:
    """One subject or province: how many members, or None when that is fewer than three, and a bar."""

    naam: str
    aantal: int | None
    balk: SafeString


@dataclass(frozen=True, slots=True)
class Expertisekaart:
    onderwerpen: list[Staaf]
    # How many other subjects there are, each known by one or two members.
    aantal_klein: int
    streken: list[Staaf]
    kaart: SafeString


def expertisekaart(leden: QuerySet[Lidmaatschap], *, is_publiek: bool) -> Expertisekaart:
    """Count over members whom a viewer may see, of what they show at that distance; two queries."""
    niveau = Voor.IEDEREEN if is_publiek else Voor.LEDEN
    weten = Expertise.objects.filter(
        content_object__in=leden.filter(professional__expertise_voor__gte=niveau).values("professional")
    )
    geteld = list(weten.values_list("tag__name").annotate(n=Count("pk")).order_by("-n", "tag__name")[:500])
    groot = [(naam, n) for naam, n in geteld if n >= KLEINST][:MEEST]
    hoogste = max((n for _, n in groot), default=1)
    per_provincie = dict(
        leden.filter(professional__plaats_voor__gte=niveau, professional__plaats__isnull=False)
        .order_by()
        .values_list("professional__plaats__provincie")
        .annotate(n=Count("pk"))
    )
    return Expertisekaart(
        onderwerpen=[Staaf(naam, n, balk(n, hoogste)) for naam, n in groot],
        aantal_klein=sum(n < KLEINST for _, n in geteld),
        streken=_streken(per_provincie),
        kaart=_kaart(per_provincie),
    )


def _streken(per_provincie: dict[str, int]) -> list[Staaf]:
    namen = {code: naam for code, (naam, _) in provincies().items()}
    hoogste = max([1, *(n for n in per_provincie.values() if n >= KLEINST)])
    gevuld = sorted(per_provincie.items(), key=lambda paar: (-max(paar[1], KLEINST - 1), namen[paar[0]]))
    return [
        Staaf(namen[code], n if n >= KLEINST else None, balk(n if n >= KLEINST else None, hoogste))
        for code, n in gevuld
    ]


def _kaart(per_provincie: dict[str, int]) -> SafeString:
    beeld = Beeld(maak_kader([], None, None, VERHOUDING), BREEDTE / VERHOUDING)
    hoogste = max([KLEINST, *per_provincie.values()])
    delen = []
    for code, (x_km, y_km, naam) in PROVINCIENAMEN.items():
        aantal = per_provincie.get(code, 0)
        if not aantal:
            continue
        x, y = beeld.xy((x_km, y_km))
        titel = escape(f"{naam.replace('/', '')}: {aantal if aantal >= KLEINST else 'minder dan drie'}")
        # The area goes with the number; a small number has one size, whatever it is.
        straal = 12 + 14 * (aantal / hoogste) ** 0.5 if aantal >= KLEINST else 9
        getal = str(aantal) if aantal >= KLEINST else "<3"
        delen.append(
            f'<g><title>{titel}</title><circle class="ledenstip" cx="{x:.1f}" cy="{y:.1f}" r="{straal:.1f}"/>'
            f'<text class="ledengetal" x="{x:.1f}" y="{y + 4:.1f}">{escape(getal)}</text></g>'
        )
    inhoud = land(beeld, None, "") + "".join(delen)
    label = "Kaart van Nederland met het aantal leden per provincie. Dezelfde getallen staan in de tabel."
    return mark_safe(  # noqa: S308
        f'<svg class="kaart ledenkaart" viewBox="0 0 {BREEDTE} {beeld.hoogte:.0f}" role="img" aria-label="{label}"'
        f' xmlns="http://www.w3.org/2000/svg">{inhoud}</svg>'
    )
