"""Changes of a source in listings that were imported before, without undoing what somebody changed since."""

from collections.abc import Callable
from typing import Any

from organisaties.actions.adres import hernoem
from organisaties.imports.rijen import Aanbod
from organisaties.imports.toevoegen import SCALAIRE_VELDEN, maak_dienst, maak_locatie, vul_locatie
from organisaties.models import Doelgroep, Organisatie, Thema
from welzijnportal.accounts.models import Gebruiker

NAAM_VAN_VELD = {
    "naam": "naam",
    "ook_bekend_als": "ook bekend als",
    "soort": "soort organisatie",
    "kort": "in het kort",
    "tekst": "beschrijving",
    "kvk_nummer": "KvK-nummer",
    "email": "e-mailadres",
    "telefoon": "telefoonnummer",
    "website": "website",
    "themas": "thema's",
    "doelgroepen": "doelgroepen",
    "labels": "labels",
    "dienst": "aanbod",
    "kosten": "kosten",
    "locatie": "locatie",
}


def werk_bij(
    paren: dict[int, Aanbod], *, door: Gebruiker | None, bron: str
) -> tuple[list[int], list[tuple[Aanbod, str]]]:
    """Write what a source changed. Return the keys of the listings that changed, and (row, field) left as they were.

    A field is written when what stands there now is what the source said last; else somebody changed it,
    and that stays. Locks the listings, so that an edit at the same moment is not lost.
    """
    gewijzigd: list[int] = []
    behouden: list[tuple[Aanbod, str]] = []
    rijen = (
        Organisatie.objects.select_for_update(of=("self",))
        .filter(pk__in=paren)
        .order_by("pk")
        .prefetch_related("themas", "doelgroepen", "labels", "diensten", "locaties", "importrij")  # type: ignore[misc]
    )
    for organisatie in rijen:
        aanbod = paren[organisatie.pk]
        vorige = organisatie.importrij.gegevens if hasattr(organisatie, "importrij") else {}
        huidige = _huidige(organisatie)
        te_schrijven = set()
        for veld, nieuw in aanbod.gegevens.items():
            if nieuw == vorige.get(veld) or nieuw == huidige[veld]:
                continue
            if huidige[veld] == _zichtbaar_deel(veld, vorige.get(veld)):
                te_schrijven.add(veld)
            else:
                behouden.append((aanbod, veld))
        if te_schrijven:
            _schrijf(organisatie, aanbod.gegevens, te_schrijven, door=door, reden=f"Import uit {bron}")
            gewijzigd.append(organisatie.pk)
    return gewijzigd, behouden


def _zichtbaar_deel(veld: str, waarde: Any) -> Any:
    """Return a stored value as ``_huidige`` would give it: the digits that placed it are no part of an address."""
    if veld == "locatie" and waarde:
        return {sleutel: waarde[sleutel] for sleutel in ("straat", "postcode", "plaats")}
    return waarde


def _huidige(organisatie: Organisatie) -> dict[str, Any]:
    diensten, locaties = list(organisatie.diensten.all()), list(organisatie.locaties.all())
    gegevens = {veld: str(getattr(organisatie, veld)) for veld in SCALAIRE_VELDEN}
    locatie = locaties[0] if locaties else None
    return {
        **gegevens,
        "telefoon": organisatie.telefoon.as_e164 if organisatie.telefoon else "",
        "themas": sorted(thema.slug for thema in organisatie.themas.all()),
        "doelgroepen": sorted(doelgroep.slug for doelgroep in organisatie.doelgroepen.all()),
        "labels": sorted(label.name for label in organisatie.labels.all()),
        "dienst": diensten[0].naam if diensten else "",
        "kosten": diensten[0].kosten if diensten else "",
        "locatie": {"straat": locatie.straat, "postcode": locatie.postcode, "plaats": locatie.plaats}
        if locatie
        else {},
    }


def _schrijf(
    organisatie: Any, gegevens: dict[str, Any], velden: set[str], *, door: Gebruiker | None, reden: str
) -> None:
    organisatie._history_user, organisatie._change_reason = door, reden
    # The history row that save() makes copies themes and target groups, so these go first.
    if "themas" in velden:
        organisatie.themas.set(Thema.objects.filter(slug__in=gegevens["themas"]))
    if "doelgroepen" in velden:
        organisatie.doelgroepen.set(Doelgroep.objects.filter(slug__in=gegevens["doelgroepen"]))
    if "labels" in velden:
        organisatie.labels.set(gegevens["labels"])
    for veld in velden.intersection(SCALAIRE_VELDEN) - {"naam"}:
        setattr(organisatie, veld, gegevens[veld])
    organisatie.versie += 1
    opslaan: Callable[[], object] = organisatie.save
    if "naam" in velden:
        opslaan = lambda: hernoem(organisatie=organisatie, naam=gegevens["naam"])  # noqa: E731
    opslaan()
    if velden & {"dienst", "kosten"}:
        _schrijf_dienst(organisatie, gegevens, door, reden)
    if "locatie" in velden:
        _schrijf_locatie(organisatie, gegevens["locatie"], door, reden)


def _schrijf_dienst(organisatie: Organisatie, gegevens: dict[str, Any], door: Gebruiker | None, reden: str) -> None:
    dienst: Any = organisatie.diensten.first() or maak_dienst(organisatie, gegevens)
    dienst.naam, dienst.kosten = gegevens["dienst"], gegevens["kosten"]
    dienst.is_gratis = not dienst.kosten
    if dienst.is_gratis:
        dienst.bedrag = None
    dienst._history_user, dienst._change_reason = door, reden
    dienst.save()


def _schrijf_locatie(organisatie: Organisatie, waar: dict[str, str], door: Gebruiker | None, reden: str) -> None:
    locatie: Any = organisatie.locaties.first()
    if not waar:
        return
    if locatie is None:
        locatie = maak_locatie(organisatie, waar)
        if locatie is None:
            return
    vul_locatie(locatie, waar)
    locatie._history_user, locatie._change_reason = door, reden
    locatie.save()
