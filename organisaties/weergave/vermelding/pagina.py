"""A whole listing as a person sees it: the context of organisaties/_vermelding.html, in two queries."""

from datetime import datetime
from typing import Any

from organisaties.keuzes import Status
from organisaties.models import Organisatie
from organisaties.openingstijden import AMSTERDAM, beste_openstand, feestdag
from organisaties.permissions import Wie, is_moderator, rol_van
from organisaties.weergave.vermelding.contact import contactblokken, e164, leesbaar
from organisaties.weergave.vermelding.dienst import DIENSTEN, TAALNAMEN, dienstblok
from organisaties.weergave.vermelding.locatie import LOCATIES, locatieblok
from organisaties.weergave.vermelding.omgeving import DELEN, omgeving
from organisaties.weergave.vermelding.tijden import tijden_van, tijdenblok
from organisaties.weergave.vermelding.vastevraag import IEMANDS_SLUG, VasteVraag, vraag
from organisaties.weergave.vermelding.versheid import bevestigd, is_verouderd
from welzijnportal.markdown import naar_html
from welzijnportal.validators import webdomein

_OP_SLUG = VasteVraag("vermelding_op_slug", lambda: Organisatie.objects.filter(slug=IEMANDS_SLUG).order_by())


def organisatie_op(slug: str) -> Organisatie | None:
    """The listing at this address, published or not."""
    (gevonden,) = vraag([_OP_SLUG], slug)
    return gevonden[0] if gevonden else None


def vermelding_context(organisatie: Organisatie, gebruiker: Wie, nu: datetime) -> dict[str, Any]:
    """Return the template context of one listing as ``gebruiker`` may see it at ``nu`` (an aware datetime)."""
    rol = rol_van(gebruiker, organisatie)
    (delen,), locaties, diensten = vraag([DELEN, LOCATIES, DIENSTEN], organisatie.pk)
    rond = omgeving(organisatie, delen)
    contactpersonen, blokken = rond.pop("contactpersonen"), rond["bevestigde_blokken"]
    tijden, uitzonderingen = tijden_van(rond)
    locatieblokken = [
        locatieblok(
            locatie,
            tijdenblok(tijden["locatie", locatie.pk], uitzonderingen["locatie", locatie.pk], nu),
            is_eerste=locatie is locaties[0],
        )
        for locatie in locaties
    ]
    titels = {locatie.pk: blok.titel for locatie, blok in zip(locaties, locatieblokken, strict=True)}
    dienstblokken = [
        dienstblok(dienst, titels, tijdenblok(tijden["dienst", dienst.pk], uitzonderingen["dienst", dienst.pk], nu))
        for dienst in diensten
    ]
    tijdenblokken = [*(blok.tijden for blok in locatieblokken), *(blok.tijden for blok in dienstblokken)]
    stand = beste_openstand(blok.stand for blok in tijdenblokken)
    telefoon = organisatie.telefoon or next((locatie.telefoon for locatie in locaties if locatie.telefoon), "")
    hoort_erbij = bool(rol) or is_moderator(gebruiker)
    return {
        "organisatie": organisatie,
        "rol": rol,
        "is_voorbeeld": organisatie.status != Status.GEPUBLICEERD,
        "mag_wijzigen": bool(rol) and organisatie.status != Status.GEARCHIVEERD,
        "tekst_html": naar_html(organisatie.tekst) if organisatie.tekst else "",
        "telefoon": leesbaar(telefoon),
        "telefoon_e164": e164(telefoon),
        "website_tekst": webdomein(organisatie.website) if organisatie.website else "",
        "route_url": next((blok.route_url for blok in locatieblokken if blok.route_url), ""),
        "is_open": stand.is_open,
        "nu_tekst": stand.in_woorden(nu),
        "is_verouderd": is_verouderd(organisatie.bevestigd_op, nu, organisatie.versheidsstap),
        "bevestigd": bevestigd(blokken, nu, uit=organisatie.bron, heeft_locaties=bool(locaties)),
        "feestdag": feestdag(nu.astimezone(AMSTERDAM).date()),
        "locaties": locatieblokken,
        "diensten": dienstblokken,
        "contactpersonen": contactblokken(contactpersonen, organisatie, gebruiker, hoort_erbij=hoort_erbij),
        "talen": [TAALNAMEN[code] for code in organisatie.talen if code in TAALNAMEN],
        "sociale_links": [(link, webdomein(link)) for link in organisatie.sociale_links],
        **rond,
    }
