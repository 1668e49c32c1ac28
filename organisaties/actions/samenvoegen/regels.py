"""What becomes of each thing that points to a listing when that listing is merged into another.

**You add a model with a ForeignKey to Organisatie?** Add one line to ``RULES``: its label, the field, a rule:

- ``VERHUIST``: the rows move to the listing that stays. A row that may not be there twice (a unique or check
  constraint refuses it, as with the bookmark of somebody who had saved both) stays behind at the merged
  listing, where nobody sees it, and is there again when the merge is undone. Nothing else is needed for it:
  no list of unique fields. This is nearly always the right one.
- ``TelOp(op=(...), velden=(...))``: counters. A row with the same ``op`` as one of the listing that stays is
  added to it; the others move.
- ``BLIJFT``: the rows say something of the merged listing itself (its own history) and stay there.
- ``AFGELEID``: the rows are made anew from the listing (search tables).
- ``EIGEN``: what no rule says is done by hand in this package (slugs, roles, locations, services).

A merged listing stays in its table with status 'samengevoegd', which nobody sees: filter on
``Organisatie.objects.zichtbaar()`` or on its status, as for an archived one. Rows that point to a Dienst or a
Locatie need no rule: those rows keep their keys, and for a location or service that both listings had,
pointers go to the one that stays. ``tests/organisaties/samenvoegen/test_regels.py`` fails for a relation
without a rule.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Model

from organisaties.models import Organisatie


class Soort(Enum):
    VERHUIST = "moves, unless it would be there twice"
    BLIJFT = "stays with the merged listing"
    AFGELEID = "is made anew"
    EIGEN = "is done by hand"


VERHUIST, BLIJFT, AFGELEID, EIGEN = Soort.VERHUIST, Soort.BLIJFT, Soort.AFGELEID, Soort.EIGEN


@dataclass(frozen=True)
class TelOp:
    """Counters: rows that agree on ``op`` become one, with the sum of ``velden``."""

    op: tuple[str, ...]
    velden: tuple[str, ...]


Regel = Soort | TelOp

RULES: dict[tuple[str, str], Regel] = {
    ("organisaties.Organisatie", "hoort_bij"): EIGEN,
    ("organisaties.Organisatie", "samengevoegd_met"): VERHUIST,
    ("organisaties.OrganisatieSlug", "organisatie"): VERHUIST,
    ("organisaties.Statusstap", "organisatie"): BLIJFT,
    ("organisaties.Beheer", "organisatie"): EIGEN,
    ("organisaties.BeheerUitnodiging", "organisatie"): VERHUIST,
    ("organisaties.Overname", "organisatie"): VERHUIST,
    # Whoever confirms a registration becomes beheerder: that must not be of another listing than was registered.
    ("organisaties.Aanmeldconcept", "organisatie"): BLIJFT,
    ("organisaties.Wijzigingsverzoek", "organisatie"): VERHUIST,
    ("organisaties.Melding", "organisatie"): VERHUIST,
    ("organisaties.Correctie", "organisatie"): VERHUIST,
    ("organisaties.Contactpersoon", "organisatie"): EIGEN,
    ("organisaties.Locatie", "organisatie"): EIGEN,
    ("organisaties.Dienst", "organisatie"): EIGEN,
    # The source's last word stays with the merged listing: by it the importer finds the one that stays.
    ("organisaties.Importrij", "organisatie"): BLIJFT,
    ("organisaties.NietVermelding", "organisatie"): BLIJFT,
    ("organisaties.Samenvoeging", "blijver"): BLIJFT,
    ("organisaties.Samenvoeging", "verdwenen"): BLIJFT,
    ("organisaties.Dubbelpaar", "een"): EIGEN,
    ("organisaties.Dubbelpaar", "ander"): EIGEN,
    ("organisaties.Bevestiging", "organisatie"): VERHUIST,
    ("organisaties.Voorspraak", "organisatie"): VERHUIST,
    ("organisaties.Voorspraak", "namens"): VERHUIST,
    ("organisaties.Verbinding", "van"): VERHUIST,
    ("organisaties.Verbinding", "naar"): VERHUIST,
    ("organisaties.Doorgeefregel", "organisatie"): VERHUIST,
    ("organisaties.Bladregel", "organisatie"): VERHUIST,
    ("organisaties.Doorgeeftelling", "organisatie"): TelOp(op=("dienst", "dag", "antwoord"), velden=("aantal",)),
    ("organisaties.Abonnement", "organisatie"): VERHUIST,
    ("organisaties.Dagtelling", "organisatie"): TelOp(op=("dag", "soort"), velden=("aantal",)),
    ("organisaties.Woordtelling", "organisatie"): TelOp(op=("dag", "woord"), velden=("aantal",)),
    ("netwerk.Werkplek", "organisatie"): VERHUIST,
    ("netwerk.NetwerkSteun", "organisatie"): VERHUIST,
    ("netwerk.Bericht", "organisatie"): VERHUIST,
    ("netwerk.Volgt", "organisatie"): VERHUIST,
    ("netwerk.Postdraad", "aan_organisatie"): VERHUIST,
    ("organisaties.Zoekrij", "organisatie"): AFGELEID,
    ("organisaties.Zoekkaart", "organisatie"): AFGELEID,
    ("organisaties.Zoekpunt", "organisatie"): AFGELEID,
    ("organisaties.Zoekopening", "organisatie"): AFGELEID,
}


def relaties(model: type[Model] = Organisatie) -> Iterator[tuple[type[Model], Any]]:
    """Yield (model, field) of all that points to a listing: not its own choices, and not the versions kept of it."""
    for relatie in model._meta.get_fields(include_hidden=True):
        if not (relatie.auto_created and (relatie.one_to_many or relatie.one_to_one)) or relatie.concrete:
            continue
        verwijzend: Any = relatie.related_model
        if not verwijzend._meta.auto_created and not _is_historie(verwijzend):
            yield verwijzend, relatie.field  # type: ignore[union-attr]


def _is_historie(model: Any) -> bool:
    return hasattr(model, "history_type") or any(veld.name == "history" for veld in model._meta.get_fields())


def regel_van(model: type[Model], veld: str) -> Regel:
    """KeyError for a relation that nobody thought of: then nothing is merged."""
    return RULES[model._meta.label, veld]
