"""Imports a CSV of any size in parts: checked as a whole first, then written packet by packet, in constant memory.

What was written stays when it is cut off; the same run again finds those rows unchanged and goes on.
"""

# The statements are put together from names of our own models; what a file says goes as a parameter or by COPY.
# ruff: noqa: S608

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import batched, chain, islice
from pathlib import Path
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.imports import toevoegen
from organisaties.imports.kolommen import KOP_ZOEKEN, Indeling, vind_kop
from organisaties.imports.nietvermeld import Weerlijst, als_problemen
from organisaties.imports.rijen import Aanbod, Probleem, Rijlezer, opmerkingen_bij
from organisaties.imports.uitvoeren import ADVISORY_LOCK, ImportGeweigerd, Uitkomst, schrijf_gewijzigd
from organisaties.imports.woorden import Woordenboek
from organisaties.keuzes import Status
from organisaties.models import Importrij, Organisatie, Zoekrij
from organisaties.zoeken import herbouw, ververs
from welzijnportal import tabular
from welzijnportal.accounts.models import Gebruiker

LEESPAKKET = 2_000
PAKKET = 5_000
ZOEKPAKKET = 1_000
# A file is refused with its first problems; of what is only remarkable so many are kept.
EERSTE_FOUTEN = 10
MEESTE_OPMERKINGEN = 1_000
# From so many new listings on, and this share of all, building search anew is quicker than adding to it.
HERBOUW_VANAF, HERBOUW_DEEL = 20_000, 0.25

Voortgang = Callable[[str, int, int], None]


@dataclass(slots=True)
class Opname:
    """A file that was read into the table `import_voorraad` of this connection."""

    omschrijving: str
    indeling: Indeling
    opmerkingen: list[str]
    aantal: int = 0
    aantal_fout: int = 0
    fouten: list[Probleem] = field(default_factory=list)
    waarschuwingen: list[Probleem] = field(default_factory=list)
    aantal_waarschuwingen: int = 0

    def noteer(self, problemen: list[Probleem]) -> bool:
        """Keep the first problems; tell whether the row may be written."""
        fouten = [probleem for probleem in problemen if probleem.is_fout]
        self.fouten += fouten[: max(EERSTE_FOUTEN - len(self.fouten), 0)]
        self.aantal_fout += bool(fouten)
        opmerkingen = [probleem for probleem in problemen if not probleem.is_fout]
        self.aantal_waarschuwingen += len(opmerkingen)
        self.waarschuwingen += opmerkingen[: max(MEESTE_OPMERKINGEN - len(self.waarschuwingen), 0)]
        return not fouten


@contextmanager
def neem_op(pad: Path, *, sla_fouten_over: bool = False, voortgang: Voortgang) -> Iterator[Opname]:
    """Read and check a file; inside the block its rows can be written. One import runs at a time.

    Stops at the tenth row with an error unless such rows are to be left out. Calls
    ``voortgang(wat, gedaan, totaal)``, in bytes here. Raises TabelFout, OSError and ImportGeweigerd.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ADVISORY_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportGeweigerd("Er loopt al een andere import. Wacht tot die klaar is en probeer het dan opnieuw.")
        try:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("DROP TABLE IF EXISTS import_voorraad")
            cursor.execute(
                "CREATE TEMP TABLE import_voorraad (nummer bigint, rij bigint, sleutel text, gegevens jsonb)"
            )
            yield _lees(cursor, pad, sla_fouten_over=sla_fouten_over, voortgang=voortgang)
        finally:
            # A rebuild of a large index ends with a new connection to the server: then the lock went with the old one.
            if not cursor.connection.closed and connection.is_usable():
                cursor.execute("DROP TABLE IF EXISTS import_voorraad")
                cursor.execute("RESET statement_timeout")
                cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY_LOCK])


def _lees(cursor: Any, pad: Path, *, sla_fouten_over: bool, voortgang: Voortgang) -> Opname:
    with tabular.stroom(pad) as stroom:
        eerste = list(islice(stroom.rijen, KOP_ZOEKEN))
        kop, kolommen = vind_kop(eerste)
        indeling, woordenboek = Indeling(kolommen, []), Woordenboek()
        opname = Opname(stroom.omschrijving, indeling, opmerkingen_bij(indeling, woordenboek))
        rijen = chain(eerste[kop + 1 :], stroom.rijen)
        for pakket in batched(rijen, LEESPAKKET, strict=False):
            goed = []
            for rij in pakket:
                lezer = Rijlezer(rij, indeling, woordenboek)
                aanbod = lezer.lees()
                if opname.noteer(lezer.problemen):
                    goed.append(aanbod)
                elif opname.aantal_fout >= EERSTE_FOUTEN and not sla_fouten_over:
                    return opname
            _bewaar(cursor, goed, opname.aantal)
            opname.aantal += len(goed)
            voortgang("Controleren", stroom.gelezen(), stroom.bytes)
    if not opname.aantal and not opname.aantal_fout:
        raise tabular.TabelFout("Onder de kop van de tabel staan geen rijen.")
    _ontdubbel(cursor, opname)
    cursor.execute("CREATE UNIQUE INDEX ON import_voorraad (nummer)")
    cursor.execute("ANALYZE import_voorraad")
    return opname


def _bewaar(cursor: Any, pakket: list[Aanbod], vanaf: int) -> None:
    with cursor.copy("COPY import_voorraad FROM STDIN") as kopie:
        for nummer, aanbod in enumerate(pakket, start=vanaf):
            kopie.write_row((nummer, aanbod.rij, aanbod.sleutel, json.dumps(aanbod.gegevens, ensure_ascii=False)))


def _ontdubbel(cursor: Any, opname: Opname) -> None:
    """Of rows with one key the first stays; where the file gives the keys, the others are errors."""
    cursor.execute(
        "DELETE FROM import_voorraad v USING (SELECT nummer, sleutel, first_value(rij) OVER (PARTITION BY sleutel"
        " ORDER BY nummer) AS eerste FROM import_voorraad) d WHERE v.nummer = d.nummer AND v.rij <> d.eerste"
        " RETURNING v.rij, d.eerste, v.sleutel"
    )
    dubbel, heeft_sleutel = cursor.rowcount, "sleutel" in opname.indeling.index
    for rij, eerste, sleutel in cursor.fetchmany(MEESTE_OPMERKINGEN):
        melding = (
            f"Deze sleutel staat ook in rij {eerste}. Geef elke rij een eigen sleutel."
            if heeft_sleutel
            else f"Deze rij is gelijk aan rij {eerste} en wordt overgeslagen."
        )
        veld = "sleutel" if heeft_sleutel else "naam"
        waarde = sleutel[:80] if heeft_sleutel else ""
        opname.noteer([Probleem(rij, opname.indeling.kop_van(veld), waarde, melding, is_fout=heeft_sleutel)])
    if heeft_sleutel:
        opname.aantal_fout += max(dubbel - MEESTE_OPMERKINGEN, 0)
    opname.aantal -= dubbel


def tel(bron: str) -> tuple[int, int, int, int]:
    """Return how many of the rows that were read are new, changed and unchanged for a source, and how many are gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FILTER (WHERE o.id IS NULL), count(*) FILTER (WHERE o.id IS NOT NULL AND"
            f" i.gegevens IS DISTINCT FROM v.gegevens), count(*) FILTER (WHERE i.gegevens = v.gegevens) FROM {_KOPPELING}",
            [bron],
        )
        nieuw, gewijzigd, ongewijzigd = cursor.fetchone()
        cursor.execute(
            f"SELECT count(*) FROM {_ORGANISATIE} o WHERE o.bron = %s AND o.extern_id <> ''"
            " AND NOT EXISTS (SELECT FROM import_voorraad v WHERE v.sleutel = o.extern_id)",
            [bron],
        )
        return nieuw, gewijzigd, ongewijzigd, cursor.fetchone()[0]


_ORGANISATIE = Organisatie._meta.db_table
_KOPPELING = (
    f"import_voorraad v LEFT JOIN {_ORGANISATIE} o ON o.bron = %s AND o.extern_id = v.sleutel"
    f" AND o.extern_id <> '' LEFT JOIN {Importrij._meta.db_table} i ON i.organisatie_id = o.id"
)


def schrijf(
    opname: Opname, *, bron: str, door: Gebruiker | None, publiceer: bool, sla_fouten_over: bool, voortgang: Voortgang
) -> Uitkomst:
    """Write the rows that were read, a packet a transaction, and let search know; sends no mail.

    The rules per field are those of ``uitvoeren.voer_uit``. Raises ImportGeweigerd when rows have errors (unless
    they are to be skipped) and when a listing was made at the same moment; the packets before it are kept.
    """
    if opname.aantal_fout and not sla_fouten_over:
        raise ImportGeweigerd(
            "Niet alle rijen zijn goed. Er is niets bewaard. Verbeter het bestand en probeer het opnieuw."
        )
    status = Status.GEPUBLICEERD if publiceer else Status.INGEDIEND
    opdracht = toevoegen.Opdracht(bron=bron, door=door, status=status, nu=timezone.now())
    weerlijst = Weerlijst(bron)
    uitkomst = Uitkomst(
        overgeslagen=opname.aantal_fout, verdwenen=tel(bron)[3], is_gepubliceerd=publiceer, problemen=opname.fouten
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(nummer) + 1, 0) FROM import_voorraad")
        einde = cursor.fetchone()[0]
    for begin in range(0, einde, PAKKET):
        try:
            with transaction.atomic():
                _schrijf_pakket(opdracht, uitkomst, weerlijst, begin)
        except IntegrityError as error:
            raise ImportGeweigerd(
                "Terwijl de import liep, kwam er een vermelding bij die ermee botst. "
                "Wat al bewaard is, blijft staan. Start de import opnieuw; hij gaat verder waar hij was."
            ) from error
        voortgang("Bewaren", min(begin + PAKKET, einde), einde)
    _vul_zoeken_aan(bron, voortgang)
    return uitkomst


def _schrijf_pakket(opdracht: toevoegen.Opdracht, uitkomst: Uitkomst, weerlijst: Weerlijst, begin: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.rij, v.sleutel, o.id, CASE WHEN i.gegevens = v.gegevens THEN NULL ELSE v.gegevens END"
            f" FROM {_KOPPELING} WHERE v.nummer >= %s AND v.nummer < %s ORDER BY v.nummer",
            [opdracht.bron, begin, begin + PAKKET],
        )
        rijen = cursor.fetchall()
    gelezen = [
        (pk, Aanbod(rij, sleutel, json.loads(gegevens) if isinstance(gegevens, str) else gegevens))
        for rij, sleutel, pk, gegevens in rijen
        if gegevens is not None
    ]
    geweerd = [aanbod for _, aanbod in gelezen if weerlijst.weert(aanbod)]
    if geweerd:
        weg = {aanbod.rij for aanbod in geweerd}
        rijen = [rij for rij in rijen if rij[0] not in weg]
        gelezen = [(pk, aanbod) for pk, aanbod in gelezen if aanbod.rij not in weg]
        uitkomst.overgeslagen += len(geweerd)
        uitkomst.problemen.extend(als_problemen(geweerd))
    nieuw = [aanbod for pk, aanbod in gelezen if pk is None]
    gewijzigd = [(pk, aanbod) for pk, aanbod in gelezen if pk is not None]
    if nieuw:
        opdracht.voeg_toe(nieuw)
    uitkomst.nieuw += len(nieuw)
    uitkomst.ongewijzigd += len(rijen) - len(gelezen)
    schrijf_gewijzigd(gewijzigd, uitkomst, door=opdracht.door, bron=opdracht.bron)
    del uitkomst.problemen[EERSTE_FOUTEN + MEESTE_OPMERKINGEN :]


def _vul_zoeken_aan(bron: str, voortgang: Voortgang) -> None:
    """Add the published listings of a source that search does not know yet, also those of a run that was cut off."""
    voorwaarde = (
        f"FROM {_ORGANISATIE} o WHERE o.bron = %s AND o.status = %s AND o.id > %s"
        f" AND NOT EXISTS (SELECT FROM {Zoekrij._meta.db_table} z WHERE z.organisatie_id = o.id)"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {voorwaarde}", [bron, Status.GEPUBLICEERD, 0])
        totaal = cursor.fetchone()[0]
        if totaal >= HERBOUW_VANAF and totaal >= HERBOUW_DEEL * Organisatie.objects.zichtbaar().count():
            herbouw(lambda gedaan, aantal: voortgang("Vindbaar maken", gedaan, aantal))
            return
        laatste, gedaan = 0, 0
        while True:
            cursor.execute(
                f"SELECT o.id {voorwaarde} ORDER BY o.id LIMIT {ZOEKPAKKET}", [bron, Status.GEPUBLICEERD, laatste]
            )
            stuk = [pk for (pk,) in cursor.fetchall()]
            if not stuk:
                return
            with transaction.atomic():
                ververs(stuk)
            laatste, gedaan = stuk[-1], gedaan + len(stuk)
            voortgang("Vindbaar maken", gedaan, totaal)
