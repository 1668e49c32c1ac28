"""Reading listings with all their parts in one statement, for whoever turns them into search rows.

The parts are put where prefetch_related would put them, so that `organisatie.diensten.all()` and the rest ask the
database nothing more. Prefetching itself takes some fifteen queries, and longer for one listing than saving it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models

from organisaties.keuzes import Status
from organisaties.models import (
    Bevestiging,
    Dienst,
    Doelgroep,
    Locatie,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Thema,
)
from welzijnportal.geo.models import Gemeente, Provincie


class Gevuld(list[Any]):
    """A relation that was read already; as much of a queryset as its readers use."""

    def all(self) -> Gevuld:
        return self

    def exists(self) -> bool:
        return bool(self)

    def count(self, *_: Any) -> int:
        return len(self)

    def first(self) -> Any:
        return self[0] if self else None


@dataclass(slots=True)
class Bron:
    """A published listing with its parts, and what the search tables hold of it now."""

    organisatie: Organisatie
    labels: list[str]
    oude_lexemen: list[str] | None = None
    oude_punten: list[tuple[float, float]] = field(default_factory=list)
    oude_openingen: list[tuple[str, ...]] = field(default_factory=list)


def deel(drager: Any, naam: str) -> Gevuld:
    """A relation that was read with its listing; without the manager that Django makes at each look."""
    gevuld: Gevuld = drager._prefetched_objects_cache[naam]
    return gevuld


def vul_delen_in(organisatie: Organisatie) -> None:
    """Read all the parts of one listing, whatever its status, as prefetch_related_objects would in fifteen queries."""
    (bron,) = lees_bronnen([organisatie.pk], status=Status(organisatie.status))
    organisatie._prefetched_objects_cache = bron.organisatie._prefetched_objects_cache  # type: ignore[attr-defined]


def lees_bronnen(
    organisatie_ids: Iterable[int], *, met_oud: bool = False, status: Status = Status.GEPUBLICEERD
) -> Iterator[Bron]:
    """Yield those of these listings that are published, by key. With `met_oud` also what search holds of them."""
    velden = list(Organisatie._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(_sql(met_oud=met_oud), [list(organisatie_ids), status])
        rijen = cursor.fetchall()
    namen = [veld.attname for veld in velden]
    for rij in rijen:
        organisatie = Organisatie.from_db(connection.alias, namen, _omgezet(velden, rij[: len(velden)]))
        delen = rij[len(velden) :]
        _vul_in(organisatie, delen)
        bron = Bron(organisatie, delen[7] or [])
        if met_oud:
            bron.oude_lexemen = delen[8]
            bron.oude_punten = sorted((float(x), float(y)) for x, y in delen[9] or ())
            bron.oude_openingen = [tuple(opening) for opening in delen[10] or ()]
        yield bron


def _omgezet(velden: Sequence[Any], waarden: Iterable[Any]) -> list[Any]:
    return [
        veld.from_db_value(waarde, None, connection) if hasattr(veld, "from_db_value") else waarde
        for veld, waarde in zip(velden, waarden, strict=True)
    ]


def _vul_in(organisatie: Organisatie, delen: Sequence[Any]) -> None:
    diensten, locaties, themas, doelgroepen, gemeenten, provincies, bevestigingen = delen[:7]
    al_bekend: dict[str, Any] = {
        "diensten": Gevuld(_onderdeel(Dienst, rij) for rij in diensten or ()),
        "locaties": Gevuld(_onderdeel(Locatie, rij) for rij in locaties or ()),
        "themas": Gevuld(_thema(*rij) for rij in themas or ()),
        "doelgroepen": Gevuld(_doelgroep(*rij) for rij in doelgroepen or ()),
        "gemeenten": Gevuld(_gemeente(*rij) for rij in gemeenten or ()),
        "provincies": Gevuld(_provincie(*rij) for rij in provincies or ()),
        "bevestigingen": Gevuld(_maak(Bevestiging, rij) for rij in bevestigingen or ()),
    }
    organisatie._prefetched_objects_cache = al_bekend  # type: ignore[attr-defined]


def _onderdeel(model: type[Any], rij: list[Any]) -> Any:
    """A service or location with its hours; a service also has its themes and target groups."""
    eigen, tijden, uitzonderingen, *rest = rij
    onderdeel = _maak(model, eigen)
    onderdeel._prefetched_objects_cache = {
        "openingstijden": Gevuld(_maak(Openingstijd, tijd) for tijd in tijden or ()),
        "uitzonderingen": Gevuld(_maak(Openingsuitzondering, dag) for dag in uitzonderingen or ()),
    }
    if model is Dienst:
        onderdeel._prefetched_objects_cache["themas"] = Gevuld(_thema(*thema) for thema in rest[0] or ())
        onderdeel._prefetched_objects_cache["doelgroepen"] = Gevuld(_doelgroep(*groep) for groep in rest[1] or ())
    elif rest[0]:
        onderdeel.gemeente = _gemeente(*rest[0])
    return onderdeel


def _maak(model: type[Any], waarden: list[Any]) -> Any:
    namen, lezers = _lezers(model)  # type: ignore[arg-type]
    return model.from_db(
        connection.alias,
        namen,
        [
            waarde if lezer is None or waarde is None else lezer(waarde)
            for lezer, waarde in zip(lezers, waarden, strict=True)
        ],
    )


@cache
def _lezers(model: type[Any]) -> tuple[list[str], list[Any]]:
    """The fields of a model, and what makes a value of JSON into one of Python."""
    soorten: tuple[tuple[type[Any], Any], ...] = (
        (models.DateTimeField, datetime.fromisoformat),
        (models.DateField, date.fromisoformat),
        (models.TimeField, time.fromisoformat),
        (models.DecimalField, lambda waarde: Decimal(str(waarde))),
    )
    velden = model._meta.concrete_fields
    lezers = [next((lees for soort, lees in soorten if isinstance(veld, soort)), None) for veld in velden]
    for plaats, veld in enumerate(velden):
        if hasattr(veld, "from_db_value"):
            lezers[plaats] = veld.to_python
    return [veld.attname for veld in velden], lezers


# Rows of these are few and shared by all listings.
@lru_cache(maxsize=2000)
def _thema(pk: int, slug: str, naam: str, ouder_pk: int | None, ouder_slug: str, ouder_naam: str) -> Thema:
    ouder = Thema(pk=ouder_pk, slug=ouder_slug, naam=ouder_naam) if ouder_pk else None
    return Thema(pk=pk, slug=slug, naam=naam, ouder=ouder)


@lru_cache(maxsize=500)
def _doelgroep(pk: int, slug: str, naam: str) -> Doelgroep:
    return Doelgroep(pk=pk, slug=slug, naam=naam)


@lru_cache(maxsize=1000)
def _gemeente(code: str, naam: str, provincie: str) -> Gemeente:
    return Gemeente(code=code, naam=naam, provincie_id=provincie)


@lru_cache(maxsize=100)
def _provincie(code: str, naam: str) -> Provincie:
    return Provincie(code=code, naam=naam)


# Tables, columns and joins are texts of our own.
# ruff: noqa: S608


def _lijst(wat: str, uit: str, volgorde: str = "") -> str:
    return f"(SELECT json_agg({wat}{f' ORDER BY {volgorde}' if volgorde else ''}) FROM {uit})"


def _kolommen(model: type[Any], als: str) -> str:
    """All columns as one JSON array, in the order of the model's fields."""
    waarden = (
        f"{als}.{veld.column}::text" if veld.db_type(connection) == "point" else f'{als}."{veld.column}"'
        for veld in model._meta.concrete_fields
    )
    return f"json_build_array({', '.join(waarden)})"


def _tijden(eigenaar: str, als: str) -> str:
    return ", ".join(
        _lijst(_kolommen(model, "t"), f"{model._meta.db_table} t WHERE t.{eigenaar}_id = {als}.id", volgorde)
        for model, volgorde in ((Openingstijd, "t.dag, t.van"), (Openingsuitzondering, "t.van_datum, t.id"))
    )


THEMA = "json_build_array(t.id, t.slug, t.naam, p.id, p.slug, p.naam)"
DOELGROEP = "json_build_array(t.id, t.slug, t.naam)"
GEMEENTE = "json_build_array(g.code, g.naam, g.provincie_id)"


def _themas(tabel: str, eigenaar: str, als: str) -> str:
    uit = (
        f"{tabel}_themas k JOIN organisaties_thema t ON t.id = k.thema_id"
        f" LEFT JOIN organisaties_thema p ON p.id = t.ouder_id WHERE k.{eigenaar}_id = {als}.id"
    )
    return _lijst(THEMA, uit, "t.volgorde, t.naam")


def _doelgroepen(tabel: str, eigenaar: str, als: str) -> str:
    uit = (
        f"{tabel}_doelgroepen k JOIN organisaties_doelgroep t ON t.id = k.doelgroep_id WHERE k.{eigenaar}_id = {als}.id"
    )
    return _lijst(DOELGROEP, uit, "t.volgorde, t.naam")


@cache
def _sql(*, met_oud: bool) -> str:
    eigen = ", ".join(f'o."{veld.column}"' for veld in Organisatie._meta.concrete_fields)
    soort = ContentType.objects.get_for_model(Organisatie).pk
    dienst = (
        f"json_build_array({_kolommen(Dienst, 'd')}, {_tijden('dienst', 'd')},"
        f" {_themas('organisaties_dienst', 'dienst', 'd')}, {_doelgroepen('organisaties_dienst', 'dienst', 'd')})"
    )
    gemeente = f"(SELECT {GEMEENTE} FROM geo_gemeente g WHERE g.code = l.gemeente_id)"
    locatie = f"json_build_array({_kolommen(Locatie, 'l')}, {_tijden('locatie', 'l')}, {gemeente})"
    delen = [
        _lijst(dienst, "organisaties_dienst d WHERE d.organisatie_id = o.id", "d.volgorde, d.id"),
        _lijst(locatie, "organisaties_locatie l WHERE l.organisatie_id = o.id", "l.volgorde, l.id"),
        _themas("organisaties_organisatie", "organisatie", "o"),
        _doelgroepen("organisaties_organisatie", "organisatie", "o"),
        _lijst(
            GEMEENTE,
            "organisaties_organisatie_gemeenten k JOIN geo_gemeente g ON g.code = k.gemeente_id"
            " WHERE k.organisatie_id = o.id",
            "g.zoeksleutel",
        ),
        _lijst(
            "json_build_array(p.code, p.naam)",
            "organisaties_organisatie_provincies k JOIN geo_provincie p ON p.code = k.provincie_id"
            " WHERE k.organisatie_id = o.id",
            "p.naam",
        ),
        _lijst(_kolommen(Bevestiging, "b"), "organisaties_bevestiging b WHERE b.organisatie_id = o.id"),
        _lijst(
            "t.name",
            f"taggit_taggeditem i JOIN taggit_tag t ON t.id = i.tag_id WHERE i.content_type_id = {soort} AND i.object_id = o.id",
            "t.id",
        ),
    ]
    if met_oud:
        delen += [
            "(SELECT tsvector_to_array(z.vector) FROM organisaties_zoekrij z WHERE z.organisatie_id = o.id)",
            _lijst("json_build_array(q.punt[0], q.punt[1])", "organisaties_zoekpunt q WHERE q.organisatie_id = o.id"),
            _lijst(
                "json_build_array(q.week::text, q.afwijkende_dagen::text, q.afwijkend_open::text)",
                "organisaties_zoekopening q WHERE q.organisatie_id = o.id",
                "q.id",
            ),
        ]
    return (
        f"SELECT {eigen}, {', '.join(delen)} FROM organisaties_organisatie o"
        " WHERE o.id = ANY(%s) AND o.status = %s ORDER BY o.id"
    )
