"""A list to pass on as its reader sees it: plain words, in one query whatever the number of listings."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject, Left
from django.urls import reverse
from django.utils.dateformat import format as format_date
from django.utils.safestring import SafeString
from phonenumber_field.phonenumber import to_python

from organisaties.actions.doorgeven import Regel
from organisaties.keuzes import Status
from organisaties.models import Dienst, Locatie, Openingstijd, Openingsuitzondering, Organisatie
from organisaties.openingstijden import AMSTERDAM
from organisaties.weergave.qr import qr_svg
from organisaties.weergave.urenwoorden import uren_in_woorden
from organisaties.weergave.vermelding import e164, kosten_in_woorden, leesbaar
from organisaties.weergave.vermelding.omgeving import paren
from welzijnportal.http import volledige_url
from welzijnportal.markdown import naar_tekst

_TEKST_MAX = 220
_TEKST_LEZEN = 600
_DIENSTEN_MAX = 60
_DIENSTEN_GENOEMD = 4
_LOCATIES_MAX = 5
_VOORUIT = datetime.timedelta(days=31)
_LET_OP_MAX = 3


@dataclass
class Blok:
    """One listing on the sheet, ready to read; without ``url`` it is no longer on the portal.

    ``is_dubbel``: it was merged into another listing that stands on the same sheet.
    """

    sleutel: int
    naam: str
    zin: str = ""
    url: str = ""
    wat: str = ""
    uitleg: str = ""
    kosten: str = ""
    telefoon: str = ""
    telefoon_e164: str = ""
    email: str = ""
    locatie: str = ""
    adres: list[str] = field(default_factory=list)
    is_geheim: bool = False
    uren: list[str] = field(default_factory=list)
    let_op: list[str] = field(default_factory=list)
    diensten: list[tuple[int, str]] = field(default_factory=list)
    dienst: int | None = None
    antwoord: str = ""
    regel: int = 0
    is_dubbel: bool = False

    @property
    def qr(self) -> SafeString:
        """The code is dear to make, so that only the pages that show it pay for it."""
        return qr_svg(volledige_url(self.url), f"QR-code naar de pagina van {self.naam}")


def blokken(regels: list[Regel], nu: datetime.datetime) -> list[Blok]:
    """Return a block for each line of the list, in its order; what visitors may not see (any more) has no ``url``.

    Of a listing that was merged the one that stayed is shown.
    """
    rijen = {rij["pk"]: rij for rij in _rijen([regel.organisatie for regel in regels], nu)} if regels else {}
    weg = [regel.organisatie for regel in regels if regel.organisatie not in rijen]
    naar = _samengevoegd_met(weg) if weg else {}
    gevonden = {rij["pk"]: rij for rij in _rijen([pk for pk in naar.values() if pk not in rijen], nu)} if naar else {}
    getoond: set[int] = set(rijen)
    gemaakt = []
    for regel in regels:
        doel = naar.get(regel.organisatie, regel.organisatie)
        rij = rijen.get(doel) or gevonden.get(doel)
        if rij is None:
            gemaakt.append(Blok(regel.organisatie, "", zin=regel.zin, dienst=regel.dienst))
            continue
        blok = _blok(rij, regel, nu)
        blok.is_dubbel = doel != regel.organisatie and doel in getoond
        getoond.add(doel)
        gemaakt.append(blok)
    return gemaakt


def _samengevoegd_met(sleutels: list[int]) -> dict[int, int]:
    samengevoegd = Organisatie.objects.filter(pk__in=sleutels, status=Status.SAMENGEVOEGD)
    return {rij.pk: rij.samengevoegd_met_id or rij.pk for rij in samengevoegd.only("pk", "samengevoegd_met")}


def _rijen(sleutels: list[int], nu: datetime.datetime) -> Any:
    zelf = OuterRef("pk")
    vandaag = nu.astimezone(AMSTERDAM).date()
    straks = Openingsuitzondering.objects.filter(tot_en_met_datum__gte=vandaag, van_datum__lte=vandaag + _VOORUIT)
    diensten = Dienst.objects.filter(organisatie=zelf).order_by("volgorde", "pk")[:_DIENSTEN_MAX]
    locaties = Locatie.objects.filter(organisatie=zelf).order_by("volgorde", "pk")[:_LOCATIES_MAX]
    return (
        Organisatie.objects.zichtbaar()
        .filter(pk__in=sleutels)
        .order_by()
        .values(
            "pk",
            "naam",
            "slug",
            "kort",
            "telefoon",
            "email",
            rij_diensten=ArraySubquery(
                diensten.values(
                    json=JSONObject(
                        pk="pk",
                        naam="naam",
                        tekst=Left("tekst", _TEKST_LEZEN),
                        is_gratis="is_gratis",
                        kosten="kosten",
                        bedrag="bedrag",
                    )
                )
            ),
            rij_locaties=paren(locaties, "pk", "naam", "straat", "postcode", "plaats", "telefoon", "is_geheim"),
            rij_plekken=paren(
                Dienst.locaties.through.objects.filter(dienst__organisatie=zelf), "dienst_id", "locatie_id"
            ),
            # One subquery for each owner: a join on 'location or service' would read the whole table.
            rij_tijden_locatie=_tijden(Openingstijd.objects.filter(locatie__organisatie=zelf)),
            rij_tijden_dienst=_tijden(Openingstijd.objects.filter(dienst__organisatie=zelf)),
            rij_straks_locatie=_uitzonderingen(straks.filter(locatie__organisatie=zelf)),
            rij_straks_dienst=_uitzonderingen(straks.filter(dienst__organisatie=zelf)),
        )
    )


def _tijden(rijen: Any) -> ArraySubquery:
    return paren(rijen.order_by("dag", "van"), "locatie_id", "dienst_id", "dag", "van", "tot", "is_op_afspraak")


def _uitzonderingen(rijen: Any) -> ArraySubquery:
    velden = ("locatie_id", "dienst_id", "van_datum", "tot_en_met_datum", "is_gesloten", "van", "tot", "reden")
    return paren(rijen.order_by("van_datum", "pk"), *velden)


def _blok(rij: dict[str, Any], regel: Regel, nu: datetime.datetime) -> Blok:
    dienst = next((dienst for dienst in rij["rij_diensten"] if dienst["pk"] == regel.dienst), None)
    if dienst is None and len(rij["rij_diensten"]) == 1:
        dienst = rij["rij_diensten"][0]
    locatie = _locatie(rij, dienst)
    tijden, straks = _uren(rij, dienst, locatie)
    telefoon = _nummer((locatie or {}).get("telefoon")) or _nummer(rij["telefoon"])
    geheim = bool(locatie and locatie["is_geheim"])
    return Blok(
        sleutel=regel.organisatie,
        naam=rij["naam"],
        zin=regel.zin,
        url=reverse("organisaties:detail", args=[rij["slug"]]),
        wat=dienst["naam"] if dienst else rij["kort"] or _noem(rij["rij_diensten"]),
        uitleg=(_begin(dienst["tekst"]) or rij["kort"]) if dienst else "",
        kosten=_kosten(dienst) if dienst else "",
        telefoon=leesbaar(telefoon),
        telefoon_e164=e164(telefoon),
        email=rij["email"],
        locatie=locatie["naam"] if locatie and not geheim else "",
        adres=_adres(locatie) if locatie else [],
        is_geheim=geheim,
        uren=uren_in_woorden(tijden),
        let_op=[_anders(dag) for dag in straks[:_LET_OP_MAX]],
        diensten=[(deel["pk"], deel["naam"]) for deel in rij["rij_diensten"]],
        dienst=regel.dienst,
    )


def _locatie(rij: dict[str, Any], dienst: dict[str, Any] | None) -> dict[str, Any] | None:
    """Where the service is given, else the first place of the listing."""
    plekken = {plek["locatie_id"] for plek in rij["rij_plekken"] if dienst and plek["dienst_id"] == dienst["pk"]}
    passend = [locatie for locatie in rij["rij_locaties"] if locatie["pk"] in plekken]
    return next(iter(passend or rij["rij_locaties"]), None)


def _uren(
    rij: dict[str, Any], dienst: dict[str, Any] | None, locatie: dict[str, Any] | None
) -> tuple[list[Openingstijd], list[dict[str, Any]]]:
    """The hours of the service when it has its own, else those of the place."""
    for eigenaar, deel in (("dienst", dienst), ("locatie", locatie)):
        sleutel = f"{eigenaar}_id"
        tijden = [tijd for tijd in rij[f"rij_tijden_{eigenaar}"] if deel and tijd[sleutel] == deel["pk"]]
        straks = [dag for dag in rij[f"rij_straks_{eigenaar}"] if deel and dag[sleutel] == deel["pk"]]
        if tijden:
            return [
                Openingstijd(**{**tijd, "van": _tijd(tijd["van"]), "tot": _tijd(tijd["tot"])}) for tijd in tijden
            ], straks
    return [], []


def _tijd(tekst: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(tekst) if tekst else None


def _anders(dag: dict[str, Any]) -> str:
    """'dinsdag 25 december gesloten (Eerste Kerstdag)'."""
    van, tot_en_met = (datetime.date.fromisoformat(dag[naam]) for naam in ("van_datum", "tot_en_met_datum"))
    wanneer = (
        format_date(van, "l j F")
        if van == tot_en_met
        else f"{format_date(van, 'j F')} tot en met {format_date(tot_en_met, 'j F')}"
    )
    begin, einde = _tijd(dag["van"]), _tijd(dag["tot"])
    wat = (
        f"open van {begin:%-H.%M} tot {einde:%-H.%M} uur" if begin and einde and not dag["is_gesloten"] else "gesloten"
    )
    return f"{wanneer} {wat}{f' ({dag["reden"]})' if dag['reden'] else ''}"


def _adres(locatie: dict[str, Any]) -> list[str]:
    """The address line by line; of a confidential one the place alone."""
    if locatie["is_geheim"]:
        return [locatie["plaats"]]
    return [deel for deel in (locatie["straat"], f"{locatie['postcode']} {locatie['plaats']}".strip()) if deel]


def _nummer(tekst: str | None) -> Any:
    return to_python(tekst) if tekst else ""


def _kosten(dienst: dict[str, Any]) -> str:
    bedrag = None if dienst["bedrag"] is None else Decimal(str(dienst["bedrag"]))
    return kosten_in_woorden(Dienst(is_gratis=dienst["is_gratis"], kosten=dienst["kosten"], bedrag=bedrag))


def _noem(diensten: list[dict[str, Any]]) -> str:
    namen = ", ".join(dienst["naam"] for dienst in diensten[:_DIENSTEN_GENOEMD])
    return f"{namen} en meer" if len(diensten) > _DIENSTEN_GENOEMD else namen


def _begin(tekst: str) -> str:
    """The first sentences of an explanation, as many as fit; one that is too long is cut at a word."""
    kaal = unescape(naar_tekst(tekst))
    if len(kaal) <= _TEKST_MAX:
        return kaal
    einde = max(kaal.rfind(teken, 0, _TEKST_MAX) for teken in (". ", "! ", "? "))
    return kaal[: einde + 1] if einde > 40 else f"{kaal[:_TEKST_MAX].rsplit(' ', 1)[0]} …"
