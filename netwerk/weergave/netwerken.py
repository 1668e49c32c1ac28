"""Networks in a list, and their members as far as each viewer may see them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from netwerk.forms.netwerken import LANDELIJK
from netwerk.keuzes import Netwerkstatus, Rol, Voor
from netwerk.models import Contact, Expertise, Lidmaatschap, Netwerk, NetwerkSteun, Professional
from netwerk.zoeken import vraag_van
from organisaties.models import Organisatie

PER_PAGINA = 20


def _namen(door: Any, veld: str) -> ArraySubquery:
    rijen = door.objects.filter(netwerk=OuterRef("pk")).order_by(f"{veld}__naam").values(f"{veld}__naam")
    return ArraySubquery(rijen)


def met_streek(netwerken: QuerySet[Netwerk]) -> QuerySet[Netwerk]:
    """With the names of themes, provinces and municipalities, in the same query."""
    return netwerken.annotate(
        themanamen=_namen(Netwerk.themas.through, "thema"),
        provincienamen=_namen(Netwerk.provincies.through, "provincie"),
        gemeentenamen=_namen(Netwerk.gemeenten.through, "gemeente"),
    )


def gezocht(keuzes: dict[str, Any], kijker: Professional | None) -> QuerySet[Netwerk]:
    """The networks that answer a search, the liveliest first; of a region also those of the whole country, after its own."""
    rijen = Netwerk.objects.zichtbaar_voor(kijker)
    if keuzes["q"]:
        vraag = vraag_van(keuzes["q"])
        if not vraag:
            return rijen.none()
        rijen = rijen.filter(vector=SearchQuery(vraag, search_type="raw"))
    if keuzes["thema"]:
        rijen = rijen.filter(
            Exists(Netwerk.themas.through.objects.filter(netwerk=OuterRef("pk"), thema__slug=keuzes["thema"]))
        )
    heel_land = ~Exists(Netwerk.provincies.through.objects.filter(netwerk=OuterRef("pk"))) & ~Exists(
        Netwerk.gemeenten.through.objects.filter(netwerk=OuterRef("pk"))
    )
    volgorde: list[Any] = [
        Case(When(status=Netwerkstatus.SLAPEND, then=Value(1)), default=Value(0)),
        Coalesce("laatste_op", "status_op").desc(),
        "pk",
    ]
    if keuzes["streek"] == LANDELIJK:
        rijen = rijen.filter(heel_land)
    elif keuzes["streek"]:
        hier = Exists(
            Netwerk.provincies.through.objects.filter(netwerk=OuterRef("pk"), provincie__slug=keuzes["streek"])
        ) | Exists(
            Netwerk.gemeenten.through.objects.filter(netwerk=OuterRef("pk"), gemeente__provincie__slug=keuzes["streek"])
        )
        rijen = rijen.annotate(is_hier=hier).filter(Q(is_hier=True) | heel_land)
        volgorde.insert(0, F("is_hier").desc())
    return rijen.order_by(*volgorde)


def bladzijde(keuzes: dict[str, Any], kijker: Professional | None) -> tuple[list[Netwerk], bool]:
    """Return one page of a search, and whether there is a next one; one query, and nobody counts them all.

    Names of themes and regions are looked up for the rows of the page alone, not for those before it.
    """
    gevonden = gezocht(keuzes, kijker)
    begin = (keuzes["pagina"] - 1) * PER_PAGINA
    deze = gevonden.values("pk")[begin : begin + PER_PAGINA + 1]
    rijen = met_streek(gevonden.filter(pk__in=deze)).defer("tekst", "huisregels", "welkom", "vector")
    alle = list(rijen)
    return alle[:PER_PAGINA], len(alle) > PER_PAGINA


def mijn_netwerken(kijker: Professional) -> list[Lidmaatschap]:
    """Where somebody is a member or asked to be, the liveliest first; one query."""
    rijen = Lidmaatschap.objects.filter(
        professional=kijker,
        status__in=["lid", "aangevraagd"],
        netwerk__status__in=[Netwerkstatus.ACTIEF, Netwerkstatus.SLAPEND],
    ).select_related("netwerk")
    return list(rijen.order_by("status", Coalesce("netwerk__laatste_op", "netwerk__status_op").desc(), "pk")[:100])


def mijn_voorstellen(kijker: Professional) -> list[Netwerk]:
    """What somebody proposed and is not there (yet)."""
    rijen = Netwerk.objects.filter(
        voorgesteld_door=kijker, status__in=[Netwerkstatus.VOORGESTELD, Netwerkstatus.AFGEWEZEN]
    )
    return list(rijen.order_by("-status_op", "pk")[:10])


# Members ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lidregel:
    """One member as one viewer may see them."""

    lid: Lidmaatschap
    naam: str
    # Of the profile's page, or '' for who does not want to be found by this viewer.
    code: str
    functie: str
    plaats: str
    expertise: list[str]
    toon_foto: bool
    is_zelf: bool


def zichtbare_leden(netwerk: Netwerk, kijker: Professional | None, mijn: Lidmaatschap | None) -> QuerySet[Lidmaatschap]:
    """The members of whom this viewer sees the name: fellow members all, others as far as each wants to be found.

    To members of the portal the beheerders are always named. Who blocked the viewer, or was blocked, is left out.
    """
    rijen = Lidmaatschap.objects.leden().filter(netwerk=netwerk, professional__gebruiker__is_active=True)
    if kijker is None:
        return rijen.filter(professional__vindbaar_voor=Voor.IEDEREEN)
    geblokkeerd = Q(professional__blokkades__geblokkeerd=kijker) | Q(professional__geblokkeerd_door__door=kijker)
    rijen = rijen.exclude(geblokkeerd)
    if mijn is None:
        open_voor = Q(professional__vindbaar_voor__gte=Voor.LEDEN) | Q(rol=Rol.BEHEERDER)
        contact = Q(professional__vindbaar_voor=Voor.CONTACTEN, professional__in=contacten_van(kijker))
        rijen = rijen.filter(open_voor | contact)
    return rijen


def contacten_van(kijker: Professional) -> QuerySet[Any, Any]:
    """The keys of somebody's contacts, for use within a query."""
    gevraagd = Contact.objects.bevestigd().filter(vrager=kijker).values("gevraagde")
    return gevraagd.union(Contact.objects.bevestigd().filter(gevraagde=kijker).values("vrager"))


def regels(leden: list[Lidmaatschap], kijker: Professional | None) -> list[Lidregel]:
    """Each member with the fields that they show to this viewer; two queries for a page of them."""
    pks = [lid.professional_id for lid in leden]
    contacten: set[int] = set()
    if kijker is not None:
        paren = Contact.objects.van(kijker).bevestigd().filter(Q(vrager__in=pks) | Q(gevraagde__in=pks))
        for paar in paren.values_list("vrager", "gevraagde"):
            contacten |= set(paar)
    weten: dict[int, list[str]] = {}
    expertises = Expertise.objects.filter(content_object__in=pks).order_by("tag__name")
    for mens, naam in expertises.values_list("content_object", "tag__name"):
        weten.setdefault(mens, []).append(naam)
    return [_regel(lid, kijker, contacten, weten.get(lid.professional_id, [])) for lid in leden]


def _regel(lid: Lidmaatschap, kijker: Professional | None, contacten: set[int], weten: list[str]) -> Lidregel:
    mens = lid.professional
    is_zelf = kijker is not None and kijker.pk == mens.pk
    niveau = Voor.IEDEREEN
    if kijker is not None:
        niveau = Voor.NIEMAND if is_zelf else Voor.CONTACTEN if mens.pk in contacten else Voor.LEDEN
    return Lidregel(
        lid=lid,
        naam=mens.naam,
        code=mens.code if is_zelf or mens.vindbaar_voor >= niveau else "",
        functie=mens.functie if mens.functie_voor >= niveau else "",
        plaats=str(mens.plaats) if mens.plaats and mens.plaats_voor >= niveau else "",
        expertise=weten[:6] if mens.expertise_voor >= niveau else [],
        toon_foto=bool(mens.foto) and mens.foto_voor >= niveau,
        is_zelf=is_zelf,
    )


# Support ---------------------------------------------------------------------------------------------


def netwerken_van_organisatie(organisatie: Organisatie) -> list[Netwerk]:
    """The public networks that an organisation supports, confirmed by both; one query."""
    steun = NetwerkSteun.objects.zichtbaar().filter(organisatie=organisatie)
    return list(Netwerk.objects.zichtbaar_voor(None).filter(pk__in=steun.values("netwerk")).order_by("naam", "pk")[:20])


def steunende_organisaties(netwerk: Netwerk) -> list[Organisatie]:
    """The organisations that support a network, as both confirmed; one query."""
    steun = NetwerkSteun.objects.zichtbaar().filter(netwerk=netwerk)
    return list(Organisatie.objects.filter(pk__in=steun.values("organisatie")).order_by("naam", "pk"))
