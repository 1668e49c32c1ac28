"""Which value of two listings stays, field by field, and what was there before."""

from typing import Any

from django.core.files.base import ContentFile

from organisaties.models import Organisatie

# A moderator chooses for each of these whose value stays.
KEUZEVELDEN = (
    "naam", "ook_bekend_als", "soort", "is_initiatief", "kort", "tekst", "email", "telefoon", "website", "logo",
    "kvk_nummer", "rsin", "opgericht_jaar", "werkgebied", "hoort_bij",
)  # fmt: skip
# Of these both stay.
VERZAMELINGEN = ("themas", "doelgroepen", "gemeenten", "provincies")
LIJSTEN = ("talen", "sociale_links")
# These say something of one listing alone, or are kept by the portal itself.
EIGEN_VELDEN = frozenset(
    {
        "id", "slug", "status", "status_op", "status_door", "samengevoegd_met", "terugstuurreden", "gepubliceerd_op",
        "bevestigd_op", "aangemaakt_op", "gewijzigd_op", "versie", "bron", "extern_id",
    }
)  # fmt: skip
# A new column of Organisatie that is none of these keeps the value of the listing that stays; name it here.
BLIJFT_VAN_BLIJVER = frozenset({"bevestigritme", "volgende_vraag_datum", "versheidsstap", "open_data_akkoord_op"})


def is_leeg(waarde: Any) -> bool:
    return waarde is None or waarde == "" or waarde == [] or not str(waarde).strip()


def als_json(rij: Any, naam: str) -> Any:
    """Return a field's value as JSON can hold it."""
    veld = rij._meta.get_field(naam.removesuffix("_id"))
    waarde = getattr(rij, veld.attname)
    if naam == "logo":
        return waarde.name or ""
    return veld.get_prep_value(waarde) if waarde is not None else None


def zet(rij: Any, naam: str, waarde: Any) -> None:
    """Put a value that ``als_json`` gave in a field; None empties it."""
    veld = rij._meta.get_field(naam.removesuffix("_id"))
    if waarde is None and not veld.null:
        waarde = veld.get_default()
    setattr(rij, veld.attname, waarde)


def standaard(blijver: Organisatie, ander: Organisatie, veld: str) -> str:
    """Return whose value is proposed: the one that stays, unless it says nothing there."""
    eigen, van_ander = getattr(blijver, veld), getattr(ander, veld)
    return "ander" if is_leeg(eigen) and not is_leeg(van_ander) else "blijver"


def verschillen(blijver: Organisatie, ander: Organisatie) -> list[str]:
    """Return the fields of which there is something to choose."""
    return [veld for veld in KEUZEVELDEN if als_json(blijver, veld) != als_json(ander, veld)]


def neem_over(blijver: Organisatie, ander: Organisatie, keuzes: dict[str, str]) -> dict[str, list[Any]]:
    """Put the chosen values of the other listing in the one that stays; return [old, new] by field. Saves nothing.

    The name is left to whoever gives it an address too. A logo is copied, so that each listing has its own file.
    """
    gedaan: dict[str, list[Any]] = {}
    for veld in verschillen(blijver, ander):
        if keuzes.get(veld, standaard(blijver, ander, veld)) != "ander":
            continue
        oud, nieuw = als_json(blijver, veld), als_json(ander, veld)
        if veld == "logo" and nieuw:
            with ander.logo.open("rb") as bestand:
                blijver.logo.save(nieuw.rpartition("/")[2], ContentFile(bestand.read()), save=False)
            nieuw = blijver.logo.name
        elif veld == "hoort_bij" and nieuw == blijver.pk:
            continue
        elif veld != "naam":
            zet(blijver, veld, nieuw)
        gedaan[veld] = [oud, nieuw]
    return gedaan


def voeg_verzamelingen_samen(blijver: Any, ander: Any) -> dict[str, list[Any]]:
    """Add what the other listing has and this one has not; return what was added. Saves no column."""
    bij: dict[str, list[Any]] = {}
    for naam in VERZAMELINGEN:
        eigen = set(getattr(blijver, naam).values_list("pk", flat=True))
        nieuw = sorted(set(getattr(ander, naam).values_list("pk", flat=True)) - eigen)
        if nieuw:
            getattr(blijver, naam).add(*nieuw)
            bij[naam] = nieuw
    labels = sorted(set(ander.labels.names()) - set(blijver.labels.names()))
    if labels:
        blijver.labels.add(*labels)
        bij["labels"] = labels
    for naam in LIJSTEN:
        meeste = blijver._meta.get_field(naam).size or 100
        huidig = list(getattr(blijver, naam))
        nieuw = [deel for deel in getattr(ander, naam) if deel not in huidig][: max(meeste - len(huidig), 0)]
        if nieuw:
            setattr(blijver, naam, huidig + nieuw)
            bij[naam] = nieuw
    return bij


def haal_verzamelingen_terug(blijver: Any, bij: dict[str, list[Any]]) -> None:
    """Take out what the merge added. Saves no column."""
    for naam, delen in bij.items():
        if naam in LIJSTEN:
            setattr(blijver, naam, [deel for deel in getattr(blijver, naam) if deel not in delen])
        elif naam in (*VERZAMELINGEN, "labels"):
            getattr(blijver, naam).remove(*delen)
