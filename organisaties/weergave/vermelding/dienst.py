"""A service in words: for whom, at what price, how to come in."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.utils.safestring import SafeString

from organisaties.keuzes import TALEN, AanmeldenVia
from organisaties.models import Dienst, Doelgroep, Locatie, Thema
from organisaties.weergave.vermelding.omgeving import paren
from organisaties.weergave.vermelding.tijden import Tijdenblok
from organisaties.weergave.vermelding.vastevraag import IEMAND, VasteVraag
from welzijnportal.markdown import naar_html

TAALNAMEN = dict(TALEN)


@dataclass
class DienstBlok:
    naam: str
    tekst: SafeString | str
    feiten: list[tuple[str, str, str]]
    aanmeldlink: str
    is_gratis: bool
    themas: list[dict[str, str]]
    tijden: Tijdenblok
    pk: int = 0


def _diensten() -> QuerySet[Dienst]:
    zelf = OuterRef("pk")
    return Dienst.objects.filter(organisatie=IEMAND).annotate(
        rij_themas=paren(Thema.objects.filter(diensten=zelf).order_by("volgorde", "naam"), "naam", "slug"),
        rij_doelgroepen=ArraySubquery(Doelgroep.objects.filter(diensten=zelf).order_by("volgorde").values("naam")),
        rij_locaties=ArraySubquery(Locatie.objects.filter(diensten=zelf).order_by("volgorde", "pk").values("pk")),
    )


DIENSTEN = VasteVraag("vermelding_diensten", _diensten)


def dienstblok(dienst: Any, locatietitels: dict[int, str], tijden: Tijdenblok) -> DienstBlok:
    waar = [locatietitels[pk] for pk in dienst.rij_locaties if pk in locatietitels]
    via = [AanmeldenVia(keuze).label for keuze in dienst.aanmelden_via if keuze in AanmeldenVia]
    feiten = [
        ("mensen", "Voor wie", opsomming(dienst.rij_doelgroepen)),
        ("persoon", "Leeftijd", leeftijd_in_woorden(dienst)),
        ("euro", "Kosten", kosten_in_woorden(dienst)),
        ("aanmelden", "Aanmelden", opsomming(via)),
        ("wachten", "Wachttijd", dienst.wachttijd),
        ("taal", "Talen", opsomming([TAALNAMEN[code] for code in dienst.talen if code in TAALNAMEN])),
        ("plaats", "Waar", opsomming(waar) if len(locatietitels) > 1 else ""),
    ]
    return DienstBlok(
        naam=dienst.naam,
        tekst=naar_html(dienst.tekst) if dienst.tekst else "",
        feiten=[feit for feit in feiten if feit[2]],
        aanmeldlink=dienst.aanmeldlink,
        is_gratis=dienst.is_gratis,
        themas=dienst.rij_themas,
        tijden=tijden,
        pk=dienst.pk,
    )


def opsomming(woorden: list[str]) -> str:
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
