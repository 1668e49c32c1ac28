"""New listings from an import, in bulk, with the rows that saving one by one would have made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Func, Value
from django.utils.text import slugify
from taggit.models import Tag, TaggedItem

from organisaties.imports.rijen import Aanbod
from organisaties.keuzes import Status
from organisaties.models import Dienst, Doelgroep, Importrij, Locatie, Organisatie, OrganisatieSlug, Statusstap, Thema
from organisaties.models.organisatie import GERESERVEERDE_SLUGS
from welzijnportal.accounts.models import Gebruiker
from welzijnportal.geo.fields import Punt, van_rd
from welzijnportal.geo.zoeken import vind_plek, vul_aan

SCALAIRE_VELDEN = ("naam", "ook_bekend_als", "soort", "kort", "tekst", "kvk_nummer", "email", "telefoon", "website")


@dataclass(slots=True)
class Opdracht:
    """One import under way: who, from what source, to what status; remembers the slugs and words it met."""

    bron: str
    door: Gebruiker | None
    status: Status
    nu: datetime
    themas: dict[str, int] = field(default_factory=lambda: dict(Thema.objects.values_list("slug", "pk")))
    doelgroepen: dict[str, int] = field(default_factory=lambda: dict(Doelgroep.objects.values_list("slug", "pk")))
    bezette_slugs: dict[str, set[str]] = field(default_factory=dict)

    @property
    def reden(self) -> str:
        return f"Import uit {self.bron}"

    def voeg_toe(self, pakket: Sequence[Aanbod]) -> list[int]:
        """Write new listings with their service, location, words, first step and history; return their keys."""
        slugs = self.vrije_slugs([aanbod.gegevens["naam"] for aanbod in pakket])
        organisaties = Organisatie.objects.bulk_create(
            [self._organisatie(aanbod, slug) for aanbod, slug in zip(pakket, slugs, strict=True)]
        )
        rijen = list(zip(organisaties, pakket, strict=True))
        diensten = Dienst.objects.bulk_create([maak_dienst(o, aanbod.gegevens) for o, aanbod in rijen])
        locaties = [locatie for o, aanbod in rijen if (locatie := maak_locatie(o, aanbod.gegevens["locatie"]))]
        Locatie.objects.bulk_create(locaties)
        self._koppel(rijen, diensten, locaties)
        zet_labels({o.pk: aanbod.gegevens["labels"] for o, aanbod in rijen})
        Statusstap.objects.bulk_create(
            [
                Statusstap(
                    organisatie=o, van="", naar=self.status, gezet_door=self.door, gezet_op=self.nu, reden=self.reden
                )
                for o in organisaties
            ]
        )
        Importrij.objects.bulk_create(
            [Importrij(organisatie=o, gegevens=aanbod.gegevens, gelezen_op=self.nu) for o, aanbod in rijen]
        )
        self._bewaar_geschiedenis(organisaties)
        return [organisatie.pk for organisatie in organisaties]

    def _organisatie(self, aanbod: Aanbod, slug: str) -> Organisatie:
        is_gepubliceerd = self.status == Status.GEPUBLICEERD
        return Organisatie(
            slug=slug,
            status=self.status,
            status_op=self.nu,
            status_door=self.door,
            gepubliceerd_op=self.nu if is_gepubliceerd else None,
            # An import is no check: 'laatst gecontroleerd' stays empty until somebody did.
            bevestigd_op=None,
            bron=self.bron,
            extern_id=aanbod.sleutel,
            **{veld: aanbod.gegevens[veld] for veld in SCALAIRE_VELDEN},
        )

    def _koppel(self, rijen: list[tuple[Organisatie, Aanbod]], diensten: list[Dienst], locaties: list[Locatie]) -> None:
        thema_rij, doelgroep_rij = Organisatie.themas.through, Organisatie.doelgroepen.through
        dienst_thema, dienst_doelgroep = Dienst.themas.through, Dienst.doelgroepen.through
        gemaakt: list[Any] = []
        for (organisatie, aanbod), dienst in zip(rijen, diensten, strict=True):
            for slug in aanbod.gegevens["themas"]:
                gemaakt.append(thema_rij(organisatie_id=organisatie.pk, thema_id=self.themas[slug]))
                gemaakt.append(dienst_thema(dienst_id=dienst.pk, thema_id=self.themas[slug]))
            for slug in aanbod.gegevens["doelgroepen"]:
                gemaakt.append(doelgroep_rij(organisatie_id=organisatie.pk, doelgroep_id=self.doelgroepen[slug]))
                gemaakt.append(dienst_doelgroep(dienst_id=dienst.pk, doelgroep_id=self.doelgroepen[slug]))
        gemeente_rij = Organisatie.gemeenten.through
        gemaakt += [
            gemeente_rij(organisatie_id=locatie.organisatie_id, gemeente_id=locatie.gemeente_id)
            for locatie in locaties
            if locatie.gemeente_id
        ]
        soorten: tuple[type[Any], ...] = (thema_rij, doelgroep_rij, dienst_thema, dienst_doelgroep, gemeente_rij)
        for soort in soorten:
            soort._default_manager.bulk_create([rij for rij in gemaakt if isinstance(rij, soort)])
        dienst_van = {dienst.organisatie_id: dienst for dienst in diensten}
        op_locatie = Dienst.locaties.through
        op_locatie._default_manager.bulk_create(
            [op_locatie(dienst_id=dienst_van[plek.organisatie_id].pk, locatie_id=plek.pk) for plek in locaties]
        )

    def _bewaar_geschiedenis(self, organisaties: list[Organisatie]) -> None:
        """Write what simple_history would have written; without it the first edit has nothing to be compared with.

        The rows are copied inside the database: sending each of them a second time costs more than the rest.
        """
        pks = [organisatie.pk for organisatie in organisaties]
        modellen: tuple[tuple[type[Any], str], ...] = (
            (Organisatie, "id"),
            (Dienst, "organisatie_id"),
            (Locatie, "organisatie_id"),
        )
        for model, kolom in modellen:
            historie = model.history.model
            velden = ", ".join(connection.ops.quote_name(veld.column) for veld in historie.tracked_fields)
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {historie._meta.db_table} ({velden}, history_date, history_user_id,"  # noqa: S608
                    f" history_change_reason, history_type) SELECT {velden}, %s, %s, %s, '+'"
                    f" FROM {model._meta.db_table} WHERE {kolom} = ANY(%s)",
                    [self.nu, self.door.pk if self.door else None, self.reden, pks],
                )
                for veld in historie._history_m2m_fields:
                    self._kopieer_koppeling(cursor, model, veld.name, kolom, pks)

    def _kopieer_koppeling(self, cursor: Any, model: type[Any], veld: str, kolom: str, pks: list[int]) -> None:
        soort = getattr(model, veld).through
        kopie = apps.get_model("organisaties", f"Historical{soort.__name__}")
        namen = [eigen.column for eigen in soort._meta.concrete_fields]
        cursor.execute(
            f"INSERT INTO {kopie._meta.db_table} ({', '.join(namen)}, history_id)"  # noqa: S608
            f" SELECT {', '.join(f'k.{naam}' for naam in namen)}, h.history_id"
            f" FROM {model.history.model._meta.db_table} h JOIN {soort._meta.db_table} k"
            f" ON k.{model._meta.model_name}_id = h.id WHERE h.history_date = %s AND h.{kolom} = ANY(%s)",
            [self.nu, pks],
        )

    def vrije_slugs(self, namen: Sequence[str]) -> list[str]:
        """Return a free slug for each name, as ``vrije_slug`` would one after another, with two queries for all."""
        basissen = [slugify(naam)[:120].strip("-") or "organisatie" for naam in namen]
        nieuw = {zonder_nummer(basis) for basis in basissen} - self.bezette_slugs.keys()
        for stam in nieuw:
            self.bezette_slugs[stam] = set(GERESERVEERDE_SLUGS)
        stam_van = Func(F("slug"), Value(r"(-[0-9]+)+$"), Value(""), function="regexp_replace")
        modellen: tuple[type[Any], ...] = (Organisatie, OrganisatieSlug)
        for model in modellen:
            gevonden = model._default_manager.alias(stam=stam_van).filter(stam__in=nieuw).values_list("slug", flat=True)
            for slug in gevonden.order_by():
                self.bezette_slugs[zonder_nummer(slug)].add(slug)
        slugs = []
        for basis in basissen:
            bezet = self.bezette_slugs[zonder_nummer(basis)]
            kandidaat, nummer = basis, 1
            while kandidaat in bezet:
                nummer += 1
                kandidaat = f"{basis}-{nummer}"
            bezet.add(kandidaat)
            slugs.append(kandidaat)
        return slugs


def zonder_nummer(slug: str) -> str:
    """Return a slug without the numbers at its end, as the query above does."""
    while "-" in slug and slug.rpartition("-")[2].isdigit():
        slug = slug.rpartition("-")[0]
    return slug


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
    aanvulling = vul_aan(waar["pc4"]) if waar["pc4"] else None
    plek = None if aanvulling else vind_plek(waar["plaats"])
    punt: Punt | None = aanvulling.punt if aanvulling else plek.punt if plek else None
    locatie.gemeente_id = (aanvulling.gemeente_code if aanvulling else plek.gemeente_code if plek else "") or None
    locatie.punt = punt
    locatie.breedtegraad, locatie.lengtegraad = van_rd(punt) if punt else (None, None)


def zet_labels(labels: dict[int, Iterable[str]]) -> None:
    """Add free labels to listings, in three queries; a label that exists in another case is used as it is."""
    woorden = {woord.lower(): woord for lijst in labels.values() for woord in lijst}
    if not woorden:
        return
    bekend = {tag.name.lower(): tag for tag in Tag.objects.all() if tag.name.lower() in woorden}
    bezet = set(Tag.objects.values_list("slug", flat=True))
    for laag, woord in sorted(woorden.items()):
        if laag not in bekend:
            bekend[laag] = Tag(name=woord, slug=_tag_slug(woord, bezet))
    Tag.objects.bulk_create([tag for tag in bekend.values() if not tag.pk])
    soort = ContentType.objects.get_for_model(Organisatie)
    TaggedItem.objects.bulk_create(
        [
            TaggedItem(tag=bekend[woord.lower()], content_type=soort, object_id=pk)
            for pk, lijst in labels.items()
            for woord in {woord.lower(): woord for woord in lijst}.values()
        ],
        ignore_conflicts=True,
    )


def _tag_slug(woord: str, bezet: set[str]) -> str:
    basis = slugify(woord)[:90] or "label"
    kandidaat, nummer = basis, 1
    while kandidaat in bezet:
        nummer += 1
        kandidaat = f"{basis}_{nummer}"
    bezet.add(kandidaat)
    return kandidaat
