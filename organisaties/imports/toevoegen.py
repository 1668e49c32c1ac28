"""New listings from an import, in packets, with the rows that saving one by one would have made."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.text import slugify
from taggit.models import Tag, TaggedItem

from organisaties.imports import pakketten
from organisaties.imports.rijen import Aanbod
from organisaties.keuzes import Status
from organisaties.models import Dienst, Importrij, Locatie, Organisatie, OrganisatieSlug, Statusstap
from organisaties.models.organisatie import GERESERVEERDE_SLUGS
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.fields import van_rd

SCALAIRE_VELDEN = ("naam", "ook_bekend_als", "soort", "kort", "tekst", "kvk_nummer", "email", "telefoon", "website")
# So many names that are in use are remembered with the number of the last address that was made of them.
MEEST_ONTHOUDEN = 50_000


@dataclass(slots=True)
class Opdracht:
    """One import under way: who, from what source, to what status; remembers the names and labels it met."""

    bron: str
    door: Gebruiker | None
    status: Status
    nu: datetime
    laatste_nummers: dict[str, int] = field(default_factory=dict)
    labels: dict[str, int] | None = None

    @property
    def reden(self) -> str:
        return f"Import uit {self.bron}"

    def voeg_toe(self, pakket: Sequence[Aanbod]) -> list[int]:
        """Write new listings with their service, location, words, first step and history; return their keys."""
        slugs = self.vrije_slugs([aanbod.gegevens["naam"] for aanbod in pakket])
        with connection.cursor() as cursor:
            pks = pakketten.zet_klaar(cursor, pakket, slugs)
            pakketten.voeg_in(cursor, Organisatie, self._organisatiewaarden())
            pakketten.voeg_in(cursor, Dienst, pakketten.DIENST)
            pakketten.voeg_in(cursor, Locatie, pakketten.LOCATIE, waar="p.locatie_id IS NOT NULL")
            pakketten.koppel(cursor)
            pakketten.voeg_in(
                cursor,
                Statusstap,
                {
                    "organisatie_id": "p.organisatie_id",
                    "van": ("",),
                    "naar": (self.status.value,),
                    "gezet_door_id": (self._door_id,),
                    "gezet_op": (self.nu,),
                    "reden": (self.reden,),
                },
            )
            pakketten.bevestig(cursor, self.nu)
            pakketten.voeg_in(
                cursor,
                Importrij,
                {"organisatie_id": "p.organisatie_id", "gegevens": "p.gegevens", "gelezen_op": (self.nu,)},
            )
        self._zet_labels({pk: aanbod.gegevens["labels"] for pk, aanbod in zip(pks, pakket, strict=True)})
        self._bewaar_geschiedenis(pks)
        return pks

    @property
    def _door_id(self) -> int | None:
        return self.door.pk if self.door else None

    def _organisatiewaarden(self) -> dict[str, pakketten.Waarde]:
        is_gepubliceerd = self.status == Status.GEPUBLICEERD
        return {
            "id": "p.organisatie_id",
            "slug": "p.slug",
            "status": (self.status.value,),
            "status_op": (self.nu,),
            "status_door_id": (self._door_id,),
            "gepubliceerd_op": (self.nu if is_gepubliceerd else None,),
            # An import is no check: 'laatst gecontroleerd' stays empty until somebody did.
            "bevestigd_op": (None,),
            "aangemaakt_op": (self.nu,),
            "gewijzigd_op": (self.nu,),
            "bron": (self.bron,),
            "extern_id": "p.sleutel",
            **{veld: f"p.gegevens->>'{veld}'" for veld in SCALAIRE_VELDEN},
        }

    def _bewaar_geschiedenis(self, pks: list[int]) -> None:
        """Write what simple_history would have written; without it the first edit has nothing to be compared with.

        The rows are copied inside the database: sending each of them a second time costs more than the rest.
        """
        modellen: tuple[tuple[type[Any], str], ...] = (
            (Organisatie, "id"),
            (Dienst, "organisatie_id"),
            (Locatie, "organisatie_id"),
        )
        with connection.cursor() as cursor:
            for model, kolom in modellen:
                historie = model.history.model
                velden = ", ".join(connection.ops.quote_name(veld.column) for veld in historie.tracked_fields)
                cursor.execute("TRUNCATE import_historie")
                cursor.execute(
                    f"WITH h AS (INSERT INTO {historie._meta.db_table} ({velden}, history_date, history_user_id,"  # noqa: S608
                    f" history_change_reason, history_type) SELECT {velden}, %s, %s, %s, '+'"
                    f" FROM {model._meta.db_table} WHERE {kolom} = ANY(%s) RETURNING id, history_id)"
                    " INSERT INTO import_historie SELECT id, history_id FROM h",
                    [self.nu, self._door_id, self.reden, pks],
                )
                for veld in historie._history_m2m_fields:
                    self._kopieer_koppeling(cursor, model, veld.name)

    def _kopieer_koppeling(self, cursor: Any, model: type[Any], veld: str) -> None:
        soort = getattr(model, veld).through
        kopie = apps.get_model("organisaties", f"Historical{soort.__name__}")
        namen = [eigen.column for eigen in soort._meta.concrete_fields]
        cursor.execute(
            f"INSERT INTO {kopie._meta.db_table} ({', '.join(namen)}, history_id)"  # noqa: S608
            f" SELECT {', '.join(f'k.{naam}' for naam in namen)}, h.history_id"
            f" FROM import_historie h JOIN {soort._meta.db_table} k ON k.{model._meta.model_name}_id = h.id"
        )

    def _zet_labels(self, labels: dict[int, Iterable[str]]) -> None:
        """Add free labels to listings; a label that exists in another case is used as it is."""
        woorden = {woord.lower(): woord for lijst in labels.values() for woord in lijst}
        if not woorden:
            return
        if self.labels is None:
            self.labels = {naam.lower(): pk for pk, naam in Tag.objects.values_list("pk", "name")}
        bezet = set(Tag.objects.values_list("slug", flat=True)) if woorden.keys() - self.labels.keys() else set()
        nieuw = [
            Tag(name=woord, slug=_tag_slug(woord, bezet))
            for laag, woord in sorted(woorden.items())
            if laag not in self.labels
        ]
        self.labels |= {tag.name.lower(): tag.pk for tag in Tag.objects.bulk_create(nieuw)}
        soort = ContentType.objects.get_for_model(Organisatie)
        TaggedItem.objects.bulk_create(
            [
                TaggedItem(tag_id=self.labels[laag], content_type=soort, object_id=pk)
                for pk, lijst in labels.items()
                for laag in {woord.lower() for woord in lijst}
            ],
            ignore_conflicts=True,
        )

    def vrije_slugs(self, namen: Sequence[str]) -> list[str]:
        """Return a free slug for each name, as ``vrije_slug`` would one after another, with four queries for all."""
        basissen = [slugify(naam)[:120].strip("-") or "organisatie" for naam in namen]
        bezet = set(GERESERVEERDE_SLUGS) | _bestaande("s.slug = b.basis", basissen)
        dubbel = {basis for basis, aantal in Counter(basissen).items() if aantal > 1 or basis in bezet}
        # By the bytes, as the index for prefixes of a slug sorts: '.' follows '-'.
        bezet |= _bestaande("s.slug ~>=~ (b.basis || '-') AND s.slug ~<~ (b.basis || '.')", sorted(dubbel))
        bezet.update(basis for basis in basissen if basis not in dubbel)
        slugs = []
        for basis in basissen:
            kandidaat, nummer = basis, 1
            if basis in dubbel:
                nummer = self.laatste_nummers.get(basis, 1)
                kandidaat = basis if nummer == 1 else f"{basis}-{nummer}"
                while kandidaat in bezet:
                    nummer += 1
                    kandidaat = f"{basis}-{nummer}"
                self.laatste_nummers[basis] = nummer
                bezet.add(kandidaat)
            slugs.append(kandidaat)
        if len(self.laatste_nummers) > MEEST_ONTHOUDEN:
            self.laatste_nummers.clear()
        return slugs


def _bestaande(voorwaarde: str, basissen: list[str]) -> set[str]:
    """Return the slugs in use, old ones too, that relate so to one of these."""
    delen = " UNION ALL ".join(
        f"SELECT s.slug FROM unnest(%s::text[]) AS b(basis) JOIN {model._meta.db_table} s ON {voorwaarde}"  # noqa: S608
        for model in (Organisatie, OrganisatieSlug)
    )
    with connection.cursor() as cursor:
        cursor.execute(delen, [basissen, basissen])
        return {slug for (slug,) in cursor.fetchall()}


def maak_dienst(organisatie: Organisatie, gegevens: dict[str, Any]) -> Dienst:
    kosten = gegevens["kosten"]
    return Dienst(organisatie=organisatie, naam=gegevens["dienst"], is_gratis=not kosten, kosten=kosten)


def maak_locatie(organisatie: Organisatie, waar: dict[str, str]) -> Locatie | None:
    """Return an unsaved location with coordinates of its postcode area or place; None without a place."""
    if not waar:
        return None
    locatie = Locatie(organisatie=organisatie)
    vul_locatie(locatie, waar)
    return locatie


def vul_locatie(locatie: Locatie, waar: dict[str, str]) -> None:
    """Put address, municipality and coordinates in a location."""
    locatie.straat, locatie.postcode, locatie.plaats = waar["straat"], waar["postcode"], waar["plaats"]
    punt, gemeente_code = pakketten.plek_van(waar)
    locatie.gemeente_id, locatie.punt = gemeente_code or None, punt
    locatie.breedtegraad, locatie.lengtegraad = van_rd(punt) if punt else (None, None)


def _tag_slug(woord: str, bezet: set[str]) -> str:
    basis = slugify(woord)[:90] or "label"
    kandidaat, nummer = basis, 1
    while kandidaat in bezet:
        nummer += 1
        kandidaat = f"{basis}_{nummer}"
    bezet.add(kandidaat)
    return kandidaat
