"""The roles of people at two listings that become one."""

from datetime import datetime
from typing import Any

from organisaties.models import Beheer, Organisatie
from organisaties.models.beheer import Rol


def verhuis_beheer(blijver: Organisatie, ander: Organisatie) -> dict[str, Any]:
    """Move the roles; of a person who had two, the highest stays. People are kept by their key alone."""
    eigen = {
        rij.gebruiker_id: rij for rij in Beheer.objects.select_for_update(of=("self",)).filter(organisatie=blijver)
    }
    uitkomst: dict[str, Any] = {"verhuisd": [], "dubbel": []}
    for rij in Beheer.objects.select_for_update(of=("self",)).filter(organisatie=ander).order_by("pk"):
        dubbel = eigen.get(rij.gebruiker_id)
        if dubbel is None:
            Beheer.objects.filter(pk=rij.pk).update(organisatie=blijver)
            uitkomst["verhuisd"].append(rij.pk)
            continue
        verhoogd = rij.rol == Rol.BEHEERDER and dubbel.rol != Rol.BEHEERDER
        if verhoogd:
            Beheer.objects.filter(pk=dubbel.pk).update(rol=Rol.BEHEERDER)
        uitkomst["dubbel"].append(
            {"gebruiker": rij.gebruiker_id, "rol": rij.rol, "sinds": rij.sinds_op.isoformat(), "verhoogd": verhoogd}
        )
        rij.delete()
    return uitkomst


def haal_beheer_terug(beheer: dict[str, Any], blijver: Organisatie, terug: Organisatie) -> None:
    Beheer.objects.filter(pk__in=beheer.get("verhuisd", []), organisatie=blijver).update(organisatie=terug)
    for was in beheer.get("dubbel", []):
        eigen = Beheer.objects.filter(organisatie=blijver, gebruiker=was["gebruiker"])
        # Who left since, or closed the account, does not come back.
        if not eigen.exists():
            continue
        if was["verhoogd"]:
            eigen.filter(rol=Rol.BEHEERDER).update(rol=Rol.REDACTEUR)
        Beheer.objects.get_or_create(
            organisatie=terug,
            gebruiker_id=was["gebruiker"],
            defaults={"rol": was["rol"], "sinds_op": datetime.fromisoformat(was["sinds"])},
        )
