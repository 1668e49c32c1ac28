"""Locations, services and contact persons: moved with their times, but not when the other listing has them too."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from organisaties.actions.samenvoegen.regels import relaties
from organisaties.actions.samenvoegen.verhuizen import haal_terug, sleutel, verzet
from organisaties.actions.samenvoegen.waarden import als_json, is_leeg, zet
from organisaties.models import (
    Contactpersoon,
    Dienst,
    Locatie,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
    Samenvoeging,
)
from welzijnportal.accounts.models import Gebruiker

Delen = dict[str, dict[str, dict[str, Any]]]

# What is taken over where the part that stays says nothing.
AANVULLING: dict[type[Model], tuple[str, ...]] = {
    Locatie: ("naam", "telefoon", "toegankelijkheid", "toelichting", "gemeente_id"),
    Dienst: (
        "tekst", "leeftijd_van", "leeftijd_tot_en_met", "aanmelden_via", "aanmeldlink", "wachttijd", "talen",
    ),
}  # fmt: skip
TIJDEN: tuple[Any, ...] = (Openingstijd, Openingsuitzondering)


def _vlak(*delen: object) -> tuple[str, ...]:
    return tuple("".join(str(deel or "").casefold().split()) for deel in delen)


def _kenmerk(rij: Any) -> tuple[object, ...]:
    """Return by what two parts are the same: an address, a service by its name and costs, a person."""
    if isinstance(rij, Locatie):
        return (rij.is_geheim, *_vlak(rij.straat, rij.postcode, rij.plaats))
    if isinstance(rij, Dienst):
        return (rij.is_gratis, rij.bedrag, *_vlak(rij.naam, rij.kosten))
    return _vlak(rij.naam, rij.functie, rij.email, rij.telefoon)


def _is_tweeling(rij: Any, ander: Any) -> bool:
    if _kenmerk(rij) != _kenmerk(ander):
        return False
    if isinstance(rij, Locatie):
        return bool(rij.straat or rij.postcode) or rij.is_geheim
    # Of two services of one name that say different things both stay.
    return not isinstance(rij, Dienst) or is_leeg(rij.tekst) or is_leeg(ander.tekst) or rij.tekst == ander.tekst


def verhuis_delen(
    *, van: Organisatie, naar: Organisatie, door: Gebruiker | None, reden: str, behalve: Delen | None = None
) -> Delen:
    """Move the parts of a listing; return what moved, and which parts were left because they were there already.

    ``behalve`` are the parts that were dealt with before.
    """
    uitkomst: Delen = {}
    for model in (Locatie, Dienst, Contactpersoon):
        eigen = list(model._default_manager.filter(organisatie=naar))
        gedaan: dict[str, dict[str, Any]] = {}
        bekend = [int(pk) for pk in (behalve or {}).get(model._meta.label, {})]
        for rij in model._default_manager.filter(organisatie=van).exclude(pk__in=bekend):
            ander = next((een for een in eigen if _is_tweeling(rij, een)), None)
            if ander is not None:
                gedaan[str(rij.pk)] = _ga_op_in(rij, ander, door, reden)
                continue
            rij.organisatie = naar
            _bewaar(rij, ["organisatie"], door, reden)
            gedaan[str(rij.pk)] = {}
        if gedaan:
            uitkomst[model._meta.label] = gedaan
    return uitkomst


def _bewaar(rij: Any, velden: Iterable[str], door: Gebruiker | None, reden: str) -> None:
    rij._history_user, rij._change_reason = door, reden
    rij.save(update_fields=[veld.removesuffix("_id") for veld in velden])


def _ga_op_in(rij: Any, ander: Any, door: Gebruiker | None, reden: str) -> dict[str, Any]:
    """Complete the part that stays with what this one has, and let what points to this one point to it."""
    ingevuld: dict[str, Any] = {}
    for veld in AANVULLING.get(type(rij), ()):
        if is_leeg(getattr(ander, veld)) and not is_leeg(getattr(rij, veld)):
            ingevuld[veld] = als_json(rij, veld)
            setattr(ander, veld, getattr(rij, veld))
    koppelingen = _voeg_koppelingen_toe(rij, ander)
    had = _maak_leeg(rij)
    if ingevuld or koppelingen:
        _bewaar(ander, list(ingevuld) or ["organisatie"], door, reden)
    verwezen = {}
    for model, veld in relaties(type(rij)):
        if model in TIJDEN and model._default_manager.filter(**{veld.name: ander}).exists():
            continue
        pks = list(model._base_manager.filter(**{veld.name: rij}).order_by("pk").values_list("pk", flat=True))
        gelukt = verzet(model, veld.name, pks, ander.pk) if pks else []
        if gelukt:
            verwezen[sleutel(model, veld.name)] = gelukt
    return {
        "tweeling": ander.pk,
        "ingevuld": ingevuld,
        "koppelingen": koppelingen,
        "had": had,
        "verwezen": verwezen,
    }


def _maak_leeg(rij: Any) -> dict[str, list[int]]:
    """Take the links between services and locations off a part that stays behind; return them."""
    naam = {Locatie: "diensten", Dienst: "locaties"}.get(type(rij))
    if naam is None:
        return {}
    pks = list(getattr(rij, naam).order_by("pk").values_list("pk", flat=True))
    getattr(rij, naam).clear()
    return {naam: pks}


def _koppelvelden(rij: Any) -> list[tuple[str, Any]]:
    if isinstance(rij, Locatie):
        return [("diensten", rij.diensten)]
    if isinstance(rij, Dienst):
        return [("themas", rij.themas), ("doelgroepen", rij.doelgroepen), ("locaties", rij.locaties)]
    return []


def _voeg_koppelingen_toe(rij: Any, ander: Any) -> dict[str, list[int]]:
    gekoppeld = {}
    for naam, koppeling in _koppelvelden(rij):
        eigen = set(getattr(ander, naam).values_list("pk", flat=True))
        nieuw = sorted(set(koppeling.values_list("pk", flat=True)) - eigen)
        if naam == "locaties":
            # A location that stays behind is represented by its twin, which got these services already.
            nieuw = [pk for pk in nieuw if Locatie.objects.filter(pk=pk, organisatie_id=ander.organisatie_id).exists()]
        if nieuw:
            getattr(ander, naam).add(*nieuw)
            gekoppeld[naam] = nieuw
    return gekoppeld


def haal_delen_terug(delen: Delen, *, van: Organisatie, naar: Organisatie, door: Gebruiker | None, reden: str) -> None:
    """Give the parts back as they are now; what was filled in by the merge and not changed since is taken out."""
    modellen: dict[str, Any] = {model._meta.label: model for model in (Locatie, Dienst, Contactpersoon)}
    for label, rijen in delen.items():
        model = modellen[label]
        aanwezig = model._default_manager.filter(pk__in=[int(pk) for pk in rijen]).in_bulk()
        for pk, gegevens in rijen.items():
            rij = aanwezig.get(int(pk))
            if rij is None:
                continue
            if gegevens:
                _maak_los(model, rij, gegevens, door, reden)
            elif rij.organisatie_id == van.pk:
                rij.organisatie = naar
                _bewaar(rij, ["organisatie"], door, reden)
    _ontkoppel_vreemde_locaties(van, naar)


def _maak_los(model: Any, rij: Any, gegevens: dict[str, Any], door: Gebruiker | None, reden: str) -> None:
    ander = model._default_manager.filter(pk=gegevens["tweeling"]).first()
    if ander is None:
        return
    haal_terug(gegevens["verwezen"], van=ander.pk, naar=rij.pk)
    terug = [veld for veld, waarde in gegevens["ingevuld"].items() if als_json(ander, veld) == waarde]
    for veld in terug:
        zet(ander, veld, None)
    for naam, pks in gegevens["koppelingen"].items():
        getattr(ander, naam).remove(*pks)
    for naam, pks in gegevens["had"].items():
        getattr(rij, naam).add(*getattr(rij, naam).model._default_manager.filter(pk__in=pks))
    if terug:
        _bewaar(ander, terug, door, reden)


def _ontkoppel_vreemde_locaties(een: Organisatie, ander: Organisatie) -> None:
    """A service is given at the locations of its own listing only."""
    for dienst_van, plek_van in ((een, ander), (ander, een)):
        Dienst.locaties.through._default_manager.filter(
            dienst__organisatie=dienst_van, locatie__organisatie=plek_van
        ).delete()


def opvolger_van(model: Any, pk: int, organisatie: Organisatie) -> Any:
    """Return the part of this listing that a part of a merged listing went up in; None when there is none."""
    rij = model._default_manager.select_related("organisatie").filter(pk=pk).first()
    while rij is not None and rij.organisatie_id != organisatie.pk:
        voeging = Samenvoeging.objects.filter(verdwenen=rij.organisatie_id, ongedaan_op=None).first()
        gegevens = voeging.gegevens["delen"].get(model._meta.label, {}).get(str(rij.pk), {}) if voeging else {}
        rij = model._default_manager.filter(pk=gegevens.get("tweeling")).first()
    return rij
