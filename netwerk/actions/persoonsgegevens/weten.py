"""What the questions to peers and the cards hold of a person with an account."""

from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from netwerk.models import Kaarthielp, Kaartschrijver, Kaartversie, Praktijkkaart, Vraagverzoek
from welzijnportal.accounts.models import Gebruiker


def export(gebruiker: Gebruiker) -> dict[str, Any]:
    verzoeken = Vraagverzoek.objects.filter(professional__gebruiker=gebruiker).select_related("gesprek")
    schrijvers = Kaartschrijver.objects.filter(professional__gebruiker=gebruiker).select_related("kaart")
    versies = Kaartversie.objects.filter(door__gebruiker=gebruiker).select_related("kaart")
    hielpen = Kaarthielp.objects.filter(door__gebruiker=gebruiker).select_related("kaart")
    return {
        "vragen die u kreeg": [
            {
                "vraag": verzoek.gesprek.titel,
                "waarom": verzoek.reden,
                "gestuurd": verzoek.gestuurd_op,
                "beantwoord": verzoek.beantwoord_op,
                "afgeslagen": verzoek.afgeslagen_op,
            }
            for verzoek in verzoeken.order_by("pk")
        ],
        "praktijkkaarten": [
            {
                "titel": rij.kaart.titel,
                "wat": rij.kaart.samenvatting,
                "zo doet u het": rij.kaart.aanpak,
                "let op": rij.kaart.letop,
                "aandeel": rij.get_aandeel_display(),
                "naam erbij": rij.is_genoemd,
                "mag ruimer": rij.mag_ruimer,
            }
            for rij in schrijvers.order_by("pk")
        ],
        "wijzigingen van praktijkkaarten": [
            {"kaart": versie.kaart.titel, "op": versie.vervangen_op} for versie in versies.order_by("pk")
        ],
        "kaarten die u hielpen": [{"kaart": rij.kaart.titel, "op": rij.op} for rij in hielpen.order_by("pk")],
    }


def erase(gebruiker: Gebruiker) -> None:
    """Take the name off each card; the cards stay, and one that waited for this person's leave stays as narrow as it is.

    The rows themselves go with the profile. 'This helped me' is taken off the count.
    """
    wachtend = Kaartschrijver.objects.filter(professional__gebruiker=gebruiker, mag_ruimer=None)
    Praktijkkaart.objects.filter(schrijvers__in=wachtend).update(gewenst_zicht=F("zicht"))
    hielpen = Kaarthielp.objects.filter(door__gebruiker=gebruiker)
    kaarten = Praktijkkaart.objects.select_for_update(of=("self",)).filter(
        pk__in=list(hielpen.values_list("kaart", flat=True))
    )
    pks = list(kaarten.order_by("pk").values_list("pk", flat=True))
    hielpen.delete()
    # Counted anew and not one less: what was counted wrong before is put right, and a press of this moment is in it.
    rest = Kaarthielp.objects.filter(kaart=OuterRef("pk")).order_by().values("kaart").values(aantal=Count("*"))
    Praktijkkaart.objects.filter(pk__in=pks).update(aantal_hielp=Coalesce(Subquery(rest), 0))


def gevolgen(gebruiker: Gebruiker) -> list[str]:
    """Say beforehand what stays."""
    aantal = Kaartschrijver.objects.filter(professional__gebruiker=gebruiker, kaart__plaatsing="geplaatst").count()
    if not aantal:
        return []
    return ["Uw praktijkkaarten blijven staan zonder uw naam. Wilt u dat niet, haal ze dan eerst weg."]
