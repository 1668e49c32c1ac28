"""Writes a checked file: new listings, and changes of earlier ones, in one transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import batched
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.imports import samenvoegen, toevoegen
from organisaties.imports.nietvermeld import Weerlijst, als_problemen
from organisaties.imports.rijen import Aanbod, Probleem, Voorbeeld
from organisaties.keuzes import Status
from organisaties.models import Importrij, Organisatie
from organisaties.zoeken import ververs
from welzijnportal.accounts.models import Gebruiker

ADVISORY_LOCK = 20260209
PAKKET = 500
Voortgang = Callable[[int, int], None]


class ImportGeweigerd(Exception):
    """Nothing was written; the message says in Dutch why and what to do."""


@dataclass(slots=True)
class Plan:
    """What a file would do for one source."""

    nieuw: list[Aanbod] = field(default_factory=list)
    gewijzigd: list[tuple[int, Aanbod]] = field(default_factory=list)
    ongewijzigd: int = 0
    verdwenen: int = 0
    geweerd: list[Aanbod] = field(default_factory=list)


@dataclass(slots=True)
class Uitkomst:
    """What an import did, row by row where it matters."""

    nieuw: int = 0
    gewijzigd: int = 0
    ongewijzigd: int = 0
    overgeslagen: int = 0
    verdwenen: int = 0
    is_gepubliceerd: bool = False
    problemen: list[Probleem] = field(default_factory=list)

    def als_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def zin(self) -> str:
        delen = [f"{self.nieuw} nieuw", f"{self.gewijzigd} gewijzigd", f"{self.ongewijzigd} ongewijzigd"]
        if self.overgeslagen:
            delen.append(f"{self.overgeslagen} overgeslagen")
        return ", ".join(delen) + "."


def vergelijk(voorbeeld: Voorbeeld, *, bron: str) -> Plan:
    """Tell what a file would do, without writing anything."""
    plan = Plan()
    bekend: dict[str, tuple[int, dict[str, Any]]] = {}
    rijen = Organisatie.objects.filter(bron=bron).exclude(extern_id="").order_by()
    for pk, sleutel, gegevens in rijen.values_list("pk", "extern_id", "importrij__gegevens").iterator():
        bekend[sleutel] = (pk, gegevens or {})
    weerlijst = Weerlijst(bron)
    for aanbod in voorbeeld.aanbod:
        pk, gegevens = bekend.pop(aanbod.sleutel, (0, {}))
        if weerlijst.weert(aanbod):
            plan.geweerd.append(aanbod)
        elif not pk:
            plan.nieuw.append(aanbod)
        elif gegevens == aanbod.gegevens:
            plan.ongewijzigd += 1
        else:
            plan.gewijzigd.append((pk, aanbod))
    plan.verdwenen = len(bekend)
    return plan


def voer_uit(
    voorbeeld: Voorbeeld,
    *,
    bron: str,
    door: Gebruiker | None,
    publiceer: bool = False,
    sla_fouten_over: bool = False,
    voortgang: Voortgang = lambda gedaan, totaal: None,
) -> Uitkomst:
    """Write a checked file, all or nothing; sends no mail.

    New listings are handed in for moderation, or published with ``publiceer``. Of a listing from an earlier
    run only the fields that the source changed are written, and none that somebody changed in between.
    Listings that are no longer in the file stay. Raises ImportGeweigerd when rows have errors (unless they
    are to be skipped), when another import is running, and when a listing was made at the same moment.
    """
    if voorbeeld.fouten and not sla_fouten_over:
        raise ImportGeweigerd(
            f"{_rijen(len(voorbeeld.foute_rijen))} niet goed. Er is niets bewaard. Verbeter het bestand en probeer het opnieuw."
        )
    try:
        with transaction.atomic():
            _grendel()
            return _schrijf(voorbeeld, bron=bron, door=door, publiceer=publiceer, voortgang=voortgang)
    except IntegrityError as error:
        raise ImportGeweigerd(
            "Terwijl de import liep, kwam er een vermelding bij die ermee botst. Er is niets bewaard. Probeer het opnieuw."
        ) from error


def _rijen(aantal: int) -> str:
    return "1 rij is" if aantal == 1 else f"{aantal} rijen zijn"


def _grendel() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportGeweigerd("Er loopt al een andere import. Wacht tot die klaar is en probeer het dan opnieuw.")


def _schrijf(
    voorbeeld: Voorbeeld, *, bron: str, door: Gebruiker | None, publiceer: bool, voortgang: Voortgang
) -> Uitkomst:
    plan = vergelijk(voorbeeld, bron=bron)
    uitkomst = Uitkomst(
        ongewijzigd=plan.ongewijzigd,
        overgeslagen=voorbeeld.aantal_rijen - len(voorbeeld.aanbod) + len(plan.geweerd),
        verdwenen=plan.verdwenen,
        is_gepubliceerd=publiceer,
        problemen=[*voorbeeld.problemen, *als_problemen(plan.geweerd)],
    )
    opdracht = toevoegen.Opdracht(
        bron=bron, door=door, status=Status.GEPUBLICEERD if publiceer else Status.INGEDIEND, nu=timezone.now()
    )
    totaal, gedaan = len(plan.nieuw) + len(plan.gewijzigd), 0
    voortgang(0, totaal)
    for pakket in batched(plan.nieuw, PAKKET, strict=False):
        ververs(opdracht.voeg_toe(pakket))
        uitkomst.nieuw += len(pakket)
        gedaan += len(pakket)
        voortgang(gedaan, totaal)
    for paren in batched(plan.gewijzigd, PAKKET, strict=False):
        schrijf_gewijzigd(paren, uitkomst, door=door, bron=bron)
        gedaan += len(paren)
        voortgang(gedaan, totaal)
    return uitkomst


def schrijf_gewijzigd(
    paren: Sequence[tuple[int, Aanbod]], uitkomst: Uitkomst, *, door: Gebruiker | None, bron: str
) -> None:
    """Write what a source changed in these listings, and add to ``uitkomst`` what was done and what was left."""
    if not paren:
        return
    gewijzigd, behouden = samenvoegen.werk_bij(dict(paren), door=door, bron=bron)
    ververs(gewijzigd)
    uitkomst.gewijzigd += len(gewijzigd)
    uitkomst.ongewijzigd += len(paren) - len(gewijzigd)
    uitkomst.problemen.extend(_behouden(behouden))
    _bewaar_gelezen(paren)


def _behouden(behouden: Iterable[tuple[Aanbod, str]]) -> Iterator[Probleem]:
    for aanbod, veld in behouden:
        waarde = aanbod.gegevens[veld]
        getoond = ", ".join(waarde) if isinstance(waarde, list) else str(waarde)
        yield Probleem(
            aanbod.rij,
            samenvoegen.NAAM_VAN_VELD[veld],
            getoond[:80],
            "Niet overschreven: dit is na de vorige import op het portaal aangepast.",
            is_fout=False,
        )


def _bewaar_gelezen(paren: Iterable[tuple[int, Aanbod]]) -> None:
    nu = timezone.now()
    Importrij.objects.bulk_create(
        [Importrij(organisatie_id=pk, gegevens=aanbod.gegevens, gelezen_op=nu) for pk, aanbod in paren],
        update_conflicts=True,
        unique_fields=["organisatie"],
        update_fields=["gegevens", "gelezen_op"],
    )
