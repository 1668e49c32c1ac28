"""A whole listing as a person sees it: the context of organisaties/_vermelding.html, in six queries at most."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from taggit.models import TaggedItem

from organisaties.keuzes import TALEN, AanmeldenVia, Status, Toegankelijkheid, Werkgebied
from organisaties.models import (
    Contactpersoon,
    Dienst,
    Doelgroep,
    Locatie,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Thema,
)
from organisaties.openingstijden import AMSTERDAM, Openstand, beste_openstand, feestdag, openstand, weekrooster
from organisaties.permissions import Wie, is_moderator, mag_contactveld_zien, rol_van
from welzijnportal.geo.kaart import locatiekaart
from welzijnportal.geo.models import Gemeente, Provincie
from welzijnportal.markdown import naar_html
from welzijnportal.validators import webdomein

_TAALNAMEN = dict(TALEN)
_ONDERDELEN_MAX = 30
_VEROUDERD_NA = timedelta(days=365)
_AANKONDIGINGEN_MAX = 4
Sleutel = tuple[str, int]


@dataclass
class Tijdenblok:
    """The hours of a location or service, ready to read."""

    rijen: list[dict[str, Any]] = field(default_factory=list)
    stand: Openstand = field(default_factory=lambda: Openstand(is_open=False))
    nu_tekst: str = ""
    let_op: list[str] = field(default_factory=list)
    tijden: list[Openingstijd] = field(default_factory=list)
    uitzonderingen: list[Openingsuitzondering] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.stand.is_open


@dataclass
class LocatieBlok:
    """A location as visitors may see it: of a confidential one the place, the phone and the hours alone."""

    titel: str
    straat: str
    postcode: str
    plaats: str
    is_geheim: bool
    telefoon: str
    telefoon_e164: str
    route_url: str
    toegankelijkheid: list[str]
    toelichting: str
    tijden: Tijdenblok
    kaart: SafeString | str

    @property
    def toon_straat(self) -> bool:
        """Not under a heading that is the street already."""
        return bool(self.straat) and self.straat.casefold() != self.titel.casefold()


@dataclass
class DienstBlok:
    naam: str
    tekst: SafeString | str
    feiten: list[tuple[str, str, str]]
    aanmeldlink: str
    is_gratis: bool
    themas: list[dict[str, str]]
    tijden: Tijdenblok


@dataclass
class ContactBlok:
    naam: str
    functie: str
    email: str
    telefoon: str
    telefoon_e164: str


def vermelding_context(organisatie: Organisatie, gebruiker: Wie, nu: datetime) -> dict[str, Any]:
    """Return the template context of one listing as ``gebruiker`` may see it at ``nu`` (an aware datetime)."""
    rol = rol_van(gebruiker, organisatie)
    rond = _omgeving(organisatie)
    contactpersonen = rond.pop("contactpersonen")
    locaties = list(organisatie.locaties.all())
    diensten = list(_diensten(organisatie))
    tijden, uitzonderingen = _tijden(locaties, diensten)
    locatieblokken = [
        _locatieblok(locatie, tijdenblok(tijden["locatie", locatie.pk], uitzonderingen["locatie", locatie.pk], nu))
        for locatie in locaties
    ]
    titels = {locatie.pk: blok.titel for locatie, blok in zip(locaties, locatieblokken, strict=True)}
    dienstblokken = [
        _dienstblok(dienst, titels, tijdenblok(tijden["dienst", dienst.pk], uitzonderingen["dienst", dienst.pk], nu))
        for dienst in diensten
    ]
    tijdenblokken = [*(blok.tijden for blok in locatieblokken), *(blok.tijden for blok in dienstblokken)]
    stand = beste_openstand(blok.stand for blok in tijdenblokken)
    telefoon = organisatie.telefoon or next((locatie.telefoon for locatie in locaties if locatie.telefoon), "")
    hoort_erbij = bool(rol) or is_moderator(gebruiker)
    return {
        "organisatie": organisatie,
        "rol": rol,
        "is_voorbeeld": organisatie.status != Status.GEPUBLICEERD,
        "mag_wijzigen": bool(rol) and organisatie.status != Status.GEARCHIVEERD,
        "tekst_html": naar_html(organisatie.tekst) if organisatie.tekst else "",
        "telefoon": leesbaar(telefoon),
        "telefoon_e164": e164(telefoon),
        "website_tekst": webdomein(organisatie.website) if organisatie.website else "",
        "route_url": next((blok.route_url for blok in locatieblokken if blok.route_url), ""),
        "is_open": stand.is_open,
        "nu_tekst": stand.in_woorden(nu),
        "is_verouderd": is_verouderd(organisatie.bevestigd_op, nu),
        "feestdag": feestdag(nu.astimezone(AMSTERDAM).date()),
        "locaties": locatieblokken,
        "diensten": dienstblokken,
        "contactpersonen": _contactblokken(contactpersonen, organisatie, gebruiker, hoort_erbij=hoort_erbij),
        "talen": [_TAALNAMEN[code] for code in organisatie.talen if code in _TAALNAMEN],
        "sociale_links": [(link, webdomein(link)) for link in organisatie.sociale_links],
        **rond,
    }


def is_verouderd(bevestigd_op: datetime | None, nu: datetime) -> bool:
    """Whether it is so long ago that somebody looked at it that the date must not reassure."""
    return bevestigd_op is not None and nu - bevestigd_op > _VEROUDERD_NA


def route_url(locatie: Locatie) -> str:
    """Return the address of a route planner for an address that may be shown; '' for any other.

    It leads by the written address: the coordinates of most locations are the middle of their postcode area.
    """
    if locatie.is_geheim or not (locatie.straat or locatie.postcode):
        return ""
    return "https://www.openstreetmap.org/directions?" + urlencode({"to": f"{locatie.adresregel}, Nederland"})


def leesbaar(telefoon: Any) -> str:
    """A phone number as people dial it in the Netherlands, or in international form when it is foreign."""
    if not telefoon:
        return ""
    return str(telefoon.as_national if telefoon.country_code == 31 else telefoon.as_international)


def e164(telefoon: Any) -> str:
    return str(telefoon.as_e164) if telefoon else ""


def tijdenblok(tijden: list[Openingstijd], uitzonderingen: list[Openingsuitzondering], nu: datetime) -> Tijdenblok:
    """Return the hours of this week, the state now, and what will be different after this week."""
    if not tijden and not uitzonderingen:
        return Tijdenblok()
    vandaag = nu.astimezone(AMSTERDAM).date()
    week = weekrooster(tijden, uitzonderingen, nu)
    stand = openstand(tijden, uitzonderingen, nu)
    rijen = [
        {
            "dag": dag.naam,
            "tekst": _uren(dag.in_woorden()),
            "vandaag": dag.dag == vandaag,
            "gesloten": not dag.tijdvakken,
        }
        for dag in week
        if tijden or dag.is_afwijkend
    ]
    straks = [uitzondering for uitzondering in uitzonderingen if uitzondering.tot_en_met_datum > week[-1].dag]
    let_op = [_aankondiging(uitzondering) for uitzondering in straks[:_AANKONDIGINGEN_MAX]]
    return Tijdenblok(rijen, stand, stand.in_woorden(nu), let_op, tijden, uitzonderingen)


def _uren(tekst: str) -> str:
    """'9.00 – 12.00 en 13.00 – 17.00 uur (feestdag)': 'uur' behind the last of the times."""
    return re.sub(r"(– \d+\.\d\d)(?!.*– \d+\.\d\d)", r"\1 uur", tekst, count=1)


def _aankondiging(uitzondering: Openingsuitzondering) -> str:
    """'Van 24 december tot en met 1 januari gesloten (kerstvakantie).'"""
    van, tot_en_met = uitzondering.van_datum, uitzondering.tot_en_met_datum
    dagen = (
        f"Op {format_date(van, 'l j F')}"
        if van == tot_en_met
        else f"Van {format_date(van, 'j F')} tot en met {format_date(tot_en_met, 'j F')}"
    )
    open_van = f"open {uitzondering.van:%-H.%M} – {uitzondering.tot:%-H.%M} uur" if uitzondering.van else ""
    wat = "gesloten" if uitzondering.is_gesloten else open_van
    return f"{dagen} {wat}{f' ({uitzondering.reden})' if uitzondering.reden else ''}."


def _paren(rijen: QuerySet[Any], *velden: str) -> ArraySubquery:
    return ArraySubquery(rijen.values(json=JSONObject(**{veld: veld for veld in velden})))


def _omgeving(organisatie: Organisatie) -> dict[str, Any]:
    """Everything around the listing that is only read by name, in one query."""
    zelf = OuterRef("pk")
    zichtbaar = Organisatie.objects.zichtbaar().order_by("naam", "pk")
    rij = (
        Organisatie.objects.filter(pk=organisatie.pk)
        .order_by()
        .values(
            rij_themas=_paren(
                Thema.objects.filter(organisaties=zelf).order_by("volgorde", "naam"), "naam", "slug", "icoon", "tint"
            ),
            rij_doelgroepen=_paren(Doelgroep.objects.filter(organisaties=zelf).order_by("volgorde"), "naam", "slug"),
            rij_gemeenten=_paren(Gemeente.objects.filter(organisaties=zelf).order_by("zoeksleutel"), "naam", "code"),
            rij_provincies=_paren(Provincie.objects.filter(organisaties=zelf).order_by("naam"), "naam", "code"),
            rij_onderdelen=_paren(zichtbaar.filter(hoort_bij=zelf)[:_ONDERDELEN_MAX], "naam", "slug"),
            rij_ouder=_paren(zichtbaar.filter(onderdelen=zelf), "naam", "slug"),
            rij_contactpersonen=_paren(
                Contactpersoon.objects.filter(organisatie=zelf).order_by("pk"),
                *(f"{veld}{eind}" for veld in ("naam", "functie", "email", "telefoon") for eind in ("", "_voor")),
            ),
            # By the name of the type: taggit's own join looks the content type up in a query of its own.
            rij_labels=ArraySubquery(
                TaggedItem.objects.filter(
                    content_type__app_label="organisaties", content_type__model="organisatie", object_id=zelf
                )
                .order_by("tag__name")
                .values("tag__name")
            ),
        )
        .get()
    )
    themanamen = {thema["naam"].casefold() for thema in rij["rij_themas"]}
    return {
        "themas": rij["rij_themas"],
        "doelgroepen": rij["rij_doelgroepen"],
        "werkgebied": _werkgebied(organisatie, rij["rij_gemeenten"], rij["rij_provincies"]),
        "onderdelen": rij["rij_onderdelen"],
        "hoort_bij": next(iter(rij["rij_ouder"]), None),
        "labels": [label for label in rij["rij_labels"] if label.casefold() not in themanamen],
        "contactpersonen": rij["rij_contactpersonen"],
    }


def _werkgebied(
    organisatie: Organisatie, gemeenten: list[dict[str, str]], provincies: list[dict[str, str]]
) -> list[dict[str, str]]:
    """The area served; each part with its CBS code, the country without."""
    match organisatie.werkgebied:
        case Werkgebied.LANDELIJK:
            return [{"naam": "Heel Nederland", "code": ""}]
        case Werkgebied.PROVINCIAAL:
            return provincies
    return gemeenten


def _diensten(organisatie: Organisatie) -> QuerySet[Dienst]:
    zelf = OuterRef("pk")
    return organisatie.diensten.annotate(
        rij_themas=_paren(Thema.objects.filter(diensten=zelf).order_by("volgorde", "naam"), "naam", "slug"),
        rij_doelgroepen=ArraySubquery(Doelgroep.objects.filter(diensten=zelf).order_by("volgorde").values("naam")),
        rij_locaties=ArraySubquery(Locatie.objects.filter(diensten=zelf).order_by("volgorde", "pk").values("pk")),
    )


def _tijden(
    locaties: list[Locatie], diensten: list[Dienst]
) -> tuple[dict[Sleutel, list[Openingstijd]], dict[Sleutel, list[Openingsuitzondering]]]:
    van_deze = Q(locatie__in=locaties) | Q(dienst__in=diensten)
    tijden: dict[Sleutel, list[Openingstijd]] = defaultdict(list)
    uitzonderingen: dict[Sleutel, list[Openingsuitzondering]] = defaultdict(list)
    if locaties or diensten:
        for tijd in Openingstijd.objects.filter(van_deze):
            tijden[_sleutel(tijd)].append(tijd)
        for uitzondering in Openingsuitzondering.objects.filter(van_deze):
            uitzonderingen[_sleutel(uitzondering)].append(uitzondering)
    return tijden, uitzonderingen


def _sleutel(rij: Openingstijd | Openingsuitzondering) -> Sleutel:
    return ("locatie", rij.locatie_id) if rij.locatie_id else ("dienst", rij.dienst_id or 0)


def _locatieblok(locatie: Locatie, tijden: Tijdenblok) -> LocatieBlok:
    geheim = locatie.is_geheim
    # A name or directions may give a confidential address away as well as the street does.
    return LocatieBlok(
        titel=f"Geheim adres in {locatie.plaats}" if geheim else locatie.naam or locatie.straat or locatie.plaats,
        straat="" if geheim else locatie.straat,
        postcode="" if geheim else locatie.postcode,
        plaats=locatie.plaats,
        is_geheim=geheim,
        telefoon=leesbaar(locatie.telefoon),
        telefoon_e164=e164(locatie.telefoon),
        route_url=route_url(locatie),
        toegankelijkheid=[
            Toegankelijkheid(feit).label for feit in locatie.toegankelijkheid if feit in Toegankelijkheid
        ],
        toelichting="" if geheim else locatie.toelichting,
        tijden=tijden,
        kaart=locatiekaart(locatie.punt, locatie.plaats) if locatie.punt and not geheim else "",
    )


def _dienstblok(dienst: Any, locatietitels: dict[int, str], tijden: Tijdenblok) -> DienstBlok:
    waar = [locatietitels[pk] for pk in dienst.rij_locaties if pk in locatietitels]
    via = [AanmeldenVia(keuze).label for keuze in dienst.aanmelden_via if keuze in AanmeldenVia]
    feiten = [
        ("mensen", "Voor wie", _opsomming(dienst.rij_doelgroepen)),
        ("persoon", "Leeftijd", leeftijd_in_woorden(dienst)),
        ("euro", "Kosten", kosten_in_woorden(dienst)),
        ("aanmelden", "Aanmelden", _opsomming(via)),
        ("wachten", "Wachttijd", dienst.wachttijd),
        ("taal", "Talen", _opsomming([_TAALNAMEN[code] for code in dienst.talen if code in _TAALNAMEN])),
        ("plaats", "Waar", _opsomming(waar) if len(locatietitels) > 1 else ""),
    ]
    return DienstBlok(
        naam=dienst.naam,
        tekst=naar_html(dienst.tekst) if dienst.tekst else "",
        feiten=[feit for feit in feiten if feit[2]],
        aanmeldlink=dienst.aanmeldlink,
        is_gratis=dienst.is_gratis,
        themas=dienst.rij_themas,
        tijden=tijden,
    )


def _opsomming(woorden: list[str]) -> str:
    """'a, b en c'."""
    if len(woorden) < 2:
        return "".join(woorden)
    return f"{', '.join(woorden[:-1])} en {woorden[-1]}"


def leeftijd_in_woorden(dienst: Dienst) -> str:
    van, tot_en_met = dienst.leeftijd_van, dienst.leeftijd_tot_en_met
    if van is not None and tot_en_met is not None:
        return f"{van} jaar" if van == tot_en_met else f"{van} tot en met {tot_en_met} jaar"
    if van is not None:
        return f"vanaf {van} jaar"
    return f"tot en met {tot_en_met} jaar" if tot_en_met is not None else ""


def kosten_in_woorden(dienst: Dienst) -> str:
    """'Gratis', '€ 2,50', '€ 3,50 (per maaltijd)', '' when nothing is known."""
    if dienst.is_gratis:
        return "Gratis"
    if dienst.bedrag is None:
        return dienst.kosten
    bedrag = f"€ {dienst.bedrag:.2f}".replace(".", ",").replace(",00", "")
    return f"{bedrag} ({dienst.kosten})" if dienst.kosten and not _is_bedrag(dienst.kosten, dienst.bedrag) else bedrag


def _is_bedrag(kosten: str, bedrag: Decimal) -> bool:
    """Whether the words say the amount alone: '3 euro', '€ 3,00'."""
    kaal = re.sub(r"(?i)euro|eur|€|,-|\s", "", kosten).rstrip(".").replace(",", ".")
    return bool(re.fullmatch(r"\d{1,6}(\.\d{1,2})?", kaal, re.ASCII)) and Decimal(kaal) == bedrag


def _contactblokken(
    rijen: list[dict[str, str]], organisatie: Organisatie, gebruiker: Wie, *, hoort_erbij: bool
) -> list[ContactBlok]:
    """The people to ask for, each with the fields that may be seen; somebody without a visible field is left out."""
    blokken = []
    for rij in rijen:
        persoon = Contactpersoon(organisatie=organisatie, **rij)
        zichtbaar = {
            veld: getattr(persoon, veld)
            for veld in ("naam", "functie", "email", "telefoon")
            if mag_contactveld_zien(gebruiker, persoon, veld, hoort_erbij=hoort_erbij)
        }
        if any(zichtbaar.values()):
            telefoon = zichtbaar.get("telefoon", "")
            blokken.append(
                ContactBlok(
                    naam=zichtbaar.get("naam", ""),
                    functie=zichtbaar.get("functie", ""),
                    email=zichtbaar.get("email", ""),
                    telefoon=leesbaar(telefoon),
                    telefoon_e164=e164(telefoon),
                )
            )
    return blokken
