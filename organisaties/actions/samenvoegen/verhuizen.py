"""Moving rows from one listing to another by the rules, and moving them back."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Greatest

from organisaties.actions.samenvoegen.regels import VERHUIST, TelOp, regel_van, relaties
from organisaties.models import Organisatie

Pks = dict[str, list[int]]
Tellingen = dict[str, dict[str, dict[str, int]]]


def sleutel(model: type[models.Model], veld: str) -> str:
    return f"{model._meta.label}.{veld}"


def model_van(tekst: str) -> tuple[Any, str]:
    """Return model and field of what ``sleutel`` made; LookupError when the model is gone."""
    label, _, veld = tekst.rpartition(".")
    return apps.get_model(label), veld


def verzet(model: Any, veld: str, pks: Collection[int], naar: int) -> list[int]:
    """Point these rows to another object; return those that could.

    All at once when nothing refuses; else one by one, and a row that a constraint refuses stays where it is.
    """
    rijen = model._base_manager.filter(pk__in=pks)
    try:
        with transaction.atomic():
            rijen.update(**{f"{veld}_id": naar})
            return list(pks)
    except IntegrityError:
        pass
    gelukt = []
    for pk in pks:
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=pk).update(**{f"{veld}_id": naar})
        except IntegrityError:
            continue
        gelukt.append(pk)
    return gelukt


def verhuis(*, van: Organisatie, naar: Organisatie, tel_op: bool = True) -> tuple[Pks, Tellingen]:
    """Move what the rules say; return the keys of what moved, and by how much counters went up."""
    verhuisd: Pks = {}
    geteld: Tellingen = {}
    for model, veld in relaties():
        regel = regel_van(model, veld.name)
        naam = sleutel(model, veld.name)
        if tel_op and isinstance(regel, TelOp):
            geteld[naam] = _tel_op(model, veld.name, regel, van, naar)
        if regel is VERHUIST or isinstance(regel, TelOp):
            rijen = model._base_manager.filter(**{veld.name: van})
            pks = list(rijen.order_by("pk").values_list("pk", flat=True))
            gelukt = verzet(model, veld.name, pks, naar.pk) if pks else []
            if gelukt:
                verhuisd[naam] = gelukt
    return verhuisd, {naam: tellingen for naam, tellingen in geteld.items() if tellingen}


def _tel_op(model: Any, veld: str, regel: TelOp, van: Organisatie, naar: Organisatie) -> dict[str, dict[str, int]]:
    """Add counters to those of the listing that stays; what was added remains at the other, for undoing."""
    eigen = {tuple(getattr(rij, een) for een in regel.op): rij for rij in model._base_manager.filter(**{veld: naar})}
    bij: dict[str, dict[str, int]] = {}
    for rij in model._base_manager.filter(**{veld: van}):
        doel = eigen.get(tuple(getattr(rij, een) for een in regel.op))
        if doel is None:
            continue
        erbij = {naam: int(getattr(rij, naam)) for naam in regel.velden}
        model._base_manager.filter(pk=doel.pk).update(**{naam: models.F(naam) + n for naam, n in erbij.items()})
        bij[str(doel.pk)] = erbij
    return bij


def haal_terug(verhuisd: Pks, *, van: int, naar: int) -> None:
    """Move rows back that are still where they were moved to."""
    for naam, pks in verhuisd.items():
        model, veld = model_van(naam)
        er_nog = model._base_manager.filter(pk__in=pks, **{f"{veld}_id": van}).order_by("pk")
        if er_nog:
            verzet(model, veld, list(er_nog.values_list("pk", flat=True)), naar)


def tel_terug(geteld: Tellingen) -> None:
    """Take off what was added to counters; a counter never gets lower than one."""
    for naam, rijen in geteld.items():
        model, _ = model_van(naam)
        for pk, erbij in rijen.items():
            model._base_manager.filter(pk=pk).update(
                **{veld: Greatest(models.F(veld) - n, models.Value(1)) for veld, n in erbij.items()}
            )
