"""What stands beside a conversation: letting the question go round, answering it, and the card of its answer."""

from typing import Any

from django import template
from django.db.models import Count

from netwerk.models import Gesprek, Lidmaatschap, Praktijkkaart, Professional, Rondvraag, Vraagverzoek
from netwerk.models.weten import MEESTE_RONDES, is_vraag_te_stellen
from netwerk.permissions import mag_kaart_lezen, mag_kaart_maken

register = template.Library()


@register.inclusion_tag("netwerk/weten/_bij_gesprek.html", takes_context=True)
def weten_bij_gesprek(
    context: dict[str, Any], gesprek: Gesprek, kijker: Professional | None, lid: Lidmaatschap | None
) -> dict[str, Any]:
    """{% weten_bij_gesprek gesprek kijker lid %}: at most one query, and none for who has nothing to do here.

    The conversation comes with its network and answer, as ``te_lezen_gesprek`` fetches it; ``lid`` is the viewer's
    place in the network. The page loads css/weten.css.
    """
    inhoud: dict[str, Any] = {"gesprek": gesprek, "toon": "", "csrf_token": context.get("csrf_token")}
    if gesprek.antwoord_id is not None:
        return inhoud | _kaart(gesprek, kijker, lid)
    if kijker is None or not is_vraag_te_stellen(gesprek):
        return inhoud
    if gesprek.auteur_id == kijker.pk:
        rondvraag = Rondvraag.objects.filter(gesprek=gesprek).annotate(aantal=Count("gesprek__vraagverzoeken")).first()
        return inhoud | {
            "toon": "rondsturen",
            "gevraagd": rondvraag.aantal if rondvraag else 0,  # type: ignore[attr-defined]
            "mag_sturen": rondvraag is None or (rondvraag.volgende_op is None and rondvraag.ronde < MEESTE_RONDES),
        }
    verzoek = (
        Vraagverzoek.objects.met_antwoord()
        .filter(gesprek=gesprek, professional=kijker, beantwoord_op=None, afgeslagen_op=None)
        .first()
    )
    if verzoek is None or verzoek.is_beantwoord:  # type: ignore[attr-defined]
        return inhoud
    return inhoud | {"toon": "gevraagd", "verzoek": verzoek}


def _kaart(gesprek: Gesprek, kijker: Professional | None, lid: Lidmaatschap | None) -> dict[str, Any]:
    kaart = Praktijkkaart.objects.geplaatst().filter(uit_reactie=gesprek.antwoord_id).first()
    if kaart is None:
        return {"toon": "maken"} if mag_kaart_maken(kijker, gesprek, lid) else {}
    if kaart.netwerk_id == gesprek.netwerk_id:
        kaart.netwerk = gesprek.netwerk
    return {"toon": "kaart", "kaart": kaart} if mag_kaart_lezen(kijker, kaart, lid) else {}
