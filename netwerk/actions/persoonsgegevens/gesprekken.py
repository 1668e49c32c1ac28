"""What conversations hold of a person with an account."""

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from netwerk.actions.gesprekken.wijzigen import wis_gesprekken
from netwerk.keuzes import Plaatsing
from netwerk.models import Gesprek, Gesprekvolger, Hielp, Reactie
from netwerk.models.gesprek import GEWIST
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    gesprekken = Gesprek.objects.filter(auteur__gebruiker=gebruiker).order_by("pk")
    reacties = Reactie.objects.filter(auteur__gebruiker=gebruiker).select_related("gesprek").order_by("pk")
    return {
        "gesprekken": [
            {
                "titel": een.titel,
                "samenvatting": een.samenvatting,
                "tekst": een.tekst,
                "stand": een.get_plaatsing_display(),
                "op": een.geplaatst_op or een.aangemaakt_op,
                "eerdere teksten": [versie.tekst for versie in een.versies.all()],
            }
            for een in gesprekken.prefetch_related("versies")
        ],
        "reacties": [
            {
                "in": een.gesprek.titel,
                "tekst": een.tekst,
                "stand": een.get_plaatsing_display(),
                "op": een.geplaatst_op,
                "eerdere teksten": [versie.tekst for versie in een.versies.all()],
            }
            for een in reacties.prefetch_related("versies")
        ],
        "wat hielp": [
            {"in": rij.reactie.gesprek.titel, "op": rij.op}
            for rij in Hielp.objects.filter(professional__gebruiker=gebruiker).select_related("reactie__gesprek")
        ],
        "gevolgde gesprekken": [
            {"titel": rij.gesprek.titel, "volgt": rij.volgt}
            for rij in Gesprekvolger.objects.filter(professional__gebruiker=gebruiker).select_related("gesprek")
        ],
    }


def erase(gebruiker: Gebruiker) -> None:
    """Remove drafts and what was withdrawn; what stands stays without a name, for others answered it."""
    weg = (Plaatsing.CONCEPT, Plaatsing.INGETROKKEN)
    wis_gesprekken(Gesprek.objects.filter(auteur__gebruiker=gebruiker, plaatsing__in=weg))
    ingetrokken = Reactie.objects.filter(auteur__gebruiker=gebruiker, plaatsing=Plaatsing.INGETROKKEN)
    for reactie in ingetrokken:
        reactie.versies.all().delete()
    ingetrokken.update(tekst=GEWIST)
    _tel_hielp_opnieuw(gebruiker)


def _tel_hielp_opnieuw(gebruiker: Gebruiker) -> None:
    """Take this person's 'this helped' off each reply and count the rest under a lock, as ``zet_hielp`` does."""
    hielp = Hielp.objects.filter(professional__gebruiker=gebruiker)
    reacties = Reactie.objects.select_for_update(of=("self",)).filter(
        pk__in=list(hielp.values_list("reactie", flat=True))
    )
    pks = list(reacties.order_by("pk").values_list("pk", flat=True))
    hielp.delete()
    rest = Hielp.objects.filter(reactie=OuterRef("pk")).order_by().values("reactie").values(aantal=Count("*"))
    Reactie.objects.filter(pk__in=pks).update(aantal_hielp=Coalesce(Subquery(rest), 0))


def gevolgen(gebruiker: Gebruiker) -> list[str]:
    if Gesprek.objects.filter(auteur__gebruiker=gebruiker, plaatsing=Plaatsing.GEPLAATST).exists() or (
        Reactie.objects.filter(auteur__gebruiker=gebruiker, plaatsing=Plaatsing.GEPLAATST).exists()
    ):
        return ["Wat u in gesprekken schreef, blijft staan zonder uw naam. Wilt u dat niet? Trek het dan eerst in."]
    return []
