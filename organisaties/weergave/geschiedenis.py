"""What changed in a listing, when and by whom, in words; a fixed number of queries however long the history is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from organisaties.models import Dienst, Locatie, Organisatie

MEEST = 60
STIL = frozenset(
    {"id", "slug", "status", "status_op", "status_door", "gepubliceerd_op", "bevestigd_op", "aangemaakt_op", "punt"}
    | {
        "organisatie",
        "volgorde",
        "terugstuurreden",
        "samengevoegd_met",
        "bron",
        "extern_id",
        "breedtegraad",
        "lengtegraad",
    }
)
# The words of themes and the like, by version and field.
Woorden = dict[tuple[int, str], str]
SOORT = {"+": "toegevoegd", "-": "verwijderd"}


@dataclass(frozen=True, slots=True)
class Verandering:
    """One field: what stood there and what stands there now."""

    wat: str
    oud: str
    nieuw: str


@dataclass(frozen=True, slots=True)
class Moment:
    """What one person changed at one time in the listing, a service or a location."""

    op: datetime
    door: str
    reden: str
    titel: str
    veranderingen: list[Verandering]


def momenten(organisatie: Organisatie) -> list[Moment]:
    """Return the latest changes, newest first; the first version of a listing has no changes to show.

    The history of what was merged into this listing is part of it.
    """
    samen = Organisatie.objects.filter(models.Q(pk=organisatie.pk) | models.Q(samengevoegd_met=organisatie.pk))
    pks = samen.order_by().values("pk")
    versies = [
        (model, titel, _versies(model, filter_op))
        for model, filter_op, titel in (
            (Organisatie, {"id__in": pks}, ""),
            (Dienst, {"organisatie_id__in": pks}, "Aanbod"),
            (Locatie, {"organisatie_id__in": pks}, "Locatie"),
        )
    ]
    woorden = _veel_op_veel([(model, rijen) for model, _, rijen in versies])
    gevonden = [moment for deel in versies for moment in _van(*deel, woorden, organisatie.pk)]
    return sorted(gevonden, key=lambda moment: moment.op, reverse=True)


def sinds(alle: Iterable[Moment], vanaf: datetime) -> list[Verandering]:
    """Fold the changes after a moment into one per field: what stood there then, and what stands there now."""
    per_veld: dict[str, Verandering] = {}
    for moment in sorted(alle, key=lambda moment: moment.op):
        if moment.op > vanaf:
            for verandering in moment.veranderingen:
                eerder = per_veld.get(verandering.wat)
                oud = eerder.oud if eerder else verandering.oud
                per_veld[verandering.wat] = Verandering(verandering.wat, oud, verandering.nieuw)
    return [verandering for verandering in per_veld.values() if verandering.oud != verandering.nieuw]


def _versies(model: type[Any], filter_op: dict[str, Any]) -> list[Any]:
    """The latest, and one more than is shown, so that the oldest one shown has something to be compared with."""
    alle = model.history.model.objects.filter(**filter_op).select_related("history_user")
    return list(alle.order_by("-history_date", "-history_id")[: MEEST + 1])


def _van(model: type[Any], soort: str, rijen: list[Any], woorden: Woorden, zelf: int) -> Iterator[Moment]:
    per_object: dict[int, Any] = {}
    for rij in reversed(rijen):
        vorige, per_object[rij.id] = per_object.get(rij.id), rij
        naam = _naam(rij)
        titel = soort if soort or rij.id == zelf else "Samengevoegde vermelding"
        eigen = f"{titel} '{naam}'" if titel else "Vermelding"
        if rij.history_type != "~":
            is_nieuw = rij.history_type == "+"
            regels = [Verandering(eigen, "" if is_nieuw else naam, naam if is_nieuw else "")] if titel else []
            eigen = f"{eigen} {SOORT[rij.history_type]}"
        elif vorige is None:
            continue
        else:
            regels = list(_verschil(model, vorige, rij, woorden, titel and f"{titel} '{naam}': "))
            if not regels:
                continue
        wie = str(rij.history_user) if rij.history_user else ""
        yield Moment(rij.history_date, wie, rij.history_change_reason or "", eigen, regels)


def _naam(rij: Any) -> str:
    return rij.naam or getattr(rij, "straat", "") or getattr(rij, "plaats", "")


def _verschil(model: type[Any], vorige: Any, rij: Any, woorden: Woorden, voor: str) -> Iterator[Verandering]:
    for veld in model.history.model.tracked_fields:
        if veld.name in STIL:
            continue
        oud, nieuw = getattr(vorige, veld.attname), getattr(rij, veld.attname)
        if oud != nieuw:
            yield Verandering(f"{voor}{veld.verbose_name}", _toon(vorige, veld), _toon(rij, veld))
    for veld in model.history.model._history_m2m_fields:
        oud, nieuw = (woorden.get((versie.history_id, _veldnaam(model, veld)), "") for versie in (vorige, rij))
        if oud != nieuw:
            yield Verandering(f"{voor}{veld.verbose_name}", oud, nieuw)


def _toon(rij: Any, veld: models.Field[Any, Any]) -> str:
    waarde = getattr(rij, veld.attname)
    if waarde in (None, "", []):
        return ""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if veld.choices:
        return str(dict(veld.flatchoices).get(waarde, waarde))
    if isinstance(waarde, list):
        keuzes = dict(getattr(getattr(veld, "base_field", None), "flatchoices", None) or [])
        return ", ".join(str(keuzes.get(deel, deel)) for deel in waarde)
    return str(waarde)


def _veldnaam(model: type[Any], veld: Any) -> str:
    return f"{model.__name__}.{veld.name}"


def _veel_op_veel(versies: list[tuple[type[Any], list[Any]]]) -> Woorden:
    """Return the words of themes and the like, by history row and field, in one query for all fields."""
    delen = []
    for model, rijen in versies:
        for veld in model.history.model._history_m2m_fields if rijen else ():
            koppeling = getattr(model, veld.name).through
            historisch = koppeling._meta.apps.get_model("organisaties", f"Historical{koppeling.__name__}")
            doel = veld.remote_field.model
            naar = next(v.name for v in koppeling._meta.fields if v.remote_field and v.remote_field.model is doel)
            delen.append(
                historisch.objects.order_by()
                .filter(history_id__in=[rij.history_id for rij in rijen])
                .values_list("history_id", models.Value(_veldnaam(model, veld)), f"{naar}__naam")
            )
    woorden: dict[tuple[int, str], list[str]] = {}
    for history_id, veldnaam, naam in delen[0].union(*delen[1:], all=True) if delen else ():
        woorden.setdefault((history_id, veldnaam), []).append(naam or "(verwijderd)")
    return {sleutel: ", ".join(sorted(namen)) for sleutel, namen in woorden.items()}
