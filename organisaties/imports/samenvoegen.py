"""Changes of a source in listings that were imported before, without undoing what somebody changed since."""

from collections.abc import Callable, Iterable
from typing import Any

from organisaties.actions.adres import hernoem
from organisaties.actions.bevestigen import noteer
from organisaties.imports.rijen import Aanbod
from organisaties.imports.toevoegen import SCALAIRE_VELDEN, maak_dienst, maak_locatie, vul_locatie
from organisaties.models import Doelgroep, Organisatie, Thema
from organisaties.models.bevestiging import Bevestigingsbron, Blok
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

# What a source says of a block is taken over, and confirmed by nobody.
BLOK_VAN_VELD = {
    "email": Blok.CONTACT,
    "telefoon": Blok.CONTACT,
    "website": Blok.CONTACT,
    "dienst": Blok.DIENSTEN,
    "kosten": Blok.DIENSTEN,
    "locatie": Blok.LOCATIE,
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
    for organisatie in _vergrendeld(paren):
        aanbod = paren[organisatie.pk]
        vorige = organisatie.importrij.gegevens if hasattr(organisatie, "importrij") else {}
        # What was merged into another listing is written there, in the part that came from this source.
        deel = vorige if organisatie.samengevoegd_met_id else {}
        if organisatie.samengevoegd_met_id:
            organisatie = _vergrendeld([organisatie.samengevoegd_met_id]).get()
        huidige = _huidige(organisatie, deel)
        te_schrijven = set()
        for veld, nieuw in aanbod.gegevens.items():
            if nieuw == vorige.get(veld) or nieuw == huidige[veld]:
                continue
            if huidige[veld] == _zichtbaar_deel(veld, vorige.get(veld)):
                te_schrijven.add(veld)
            else:
                behouden.append((aanbod, veld))
        if te_schrijven:
            _schrijf(organisatie, aanbod.gegevens, te_schrijven, door=door, reden=f"Import uit {bron}", deel=deel)
            blokken = sorted({BLOK_VAN_VELD[veld] for veld in te_schrijven if veld in BLOK_VAN_VELD})
            if blokken:
                noteer(organisatie=organisatie, blokken=blokken, door=door, bron=Bevestigingsbron.IMPORT)
            gewijzigd.append(organisatie.pk)
    return gewijzigd, behouden


def _vergrendeld(pks: Iterable[int]) -> Any:
    return (
        Organisatie.objects.select_for_update(of=("self",))
        .filter(pk__in=list(pks))
        .order_by("pk")
        .prefetch_related("themas", "doelgroepen", "labels", "diensten", "locaties", "importrij")  # type: ignore[misc]
    )


def _dienst_van(organisatie: Any, deel: dict[str, Any]) -> Any:
    """Return the service that a source speaks of: the first, and of a merged listing the one that came from it."""
    diensten = list(organisatie.diensten.all())
    eigen = [dienst for dienst in diensten if deel and dienst.naam == deel.get("dienst")]
    return next(iter(eigen or diensten), None)


def _locatie_van(organisatie: Any, deel: dict[str, Any]) -> Any:
    locaties = list(organisatie.locaties.all())
    waar = _zichtbaar_deel("locatie", deel.get("locatie") or {})
    eigen = [plek for plek in locaties if waar and _adres(plek) == waar]
    return next(iter(eigen or locaties), None)


def _adres(locatie: Any) -> dict[str, str]:
    return {"straat": locatie.straat, "postcode": locatie.postcode, "plaats": locatie.plaats}


def _zichtbaar_deel(veld: str, waarde: Any) -> Any:
    """Return a stored value as ``_huidige`` would give it: the digits that placed it are no part of an address."""
    if veld == "locatie" and waarde:
        return {sleutel: waarde[sleutel] for sleutel in ("straat", "postcode", "plaats")}
    return waarde


def _huidige(organisatie: Organisatie, deel: dict[str, Any]) -> dict[str, Any]:
    dienst, locatie = _dienst_van(organisatie, deel), _locatie_van(organisatie, deel)
    gegevens = {veld: str(getattr(organisatie, veld)) for veld in SCALAIRE_VELDEN}
    return {
        **gegevens,
        "telefoon": organisatie.telefoon.as_e164 if organisatie.telefoon else "",
        "themas": sorted(thema.slug for thema in organisatie.themas.all()),
        "doelgroepen": sorted(doelgroep.slug for doelgroep in organisatie.doelgroepen.all()),
        "labels": sorted(label.name for label in organisatie.labels.all()),
        "dienst": dienst.naam if dienst else "",
        "kosten": dienst.kosten if dienst else "",
        "locatie": _adres(locatie) if locatie else {},
    }


def _schrijf(
    organisatie: Any,
    gegevens: dict[str, Any],
    velden: set[str],
    *,
    door: Gebruiker | None,
    reden: str,
    deel: dict[str, Any],
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
        _schrijf_dienst(_dienst_van(organisatie, deel) or maak_dienst(organisatie, gegevens), gegevens, door, reden)
    if "locatie" in velden:
        _schrijf_locatie(organisatie, _locatie_van(organisatie, deel), gegevens["locatie"], door, reden)


def _schrijf_dienst(dienst: Any, gegevens: dict[str, Any], door: Gebruiker | None, reden: str) -> None:
    dienst.naam, dienst.kosten = gegevens["dienst"], gegevens["kosten"]
    dienst.is_gratis = not dienst.kosten
    if dienst.is_gratis:
        dienst.bedrag = None
    dienst._history_user, dienst._change_reason = door, reden
    dienst.save()


def _schrijf_locatie(
    organisatie: Organisatie, locatie: Any, waar: dict[str, str], door: Gebruiker | None, reden: str
) -> None:
    if not waar:
        return
    if locatie is None:
        locatie = maak_locatie(organisatie, waar)
        if locatie is None:
            return
    vul_locatie(locatie, waar)
    locatie._history_user, locatie._change_reason = door, reden
    locatie.save()
