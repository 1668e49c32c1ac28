"""A listing in the words of schema.org, for search engines."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from organisaties.keuzes import Soort
from organisaties.models import Openingstijd, Openingsuitzondering, Organisatie
from welzijnportal.http import volledige_url

_SOORTEN = {
    Soort.STICHTING: "NGO",
    Soort.VERENIGING: "NGO",
    Soort.BURGERINITIATIEF: "NGO",
    Soort.GEMEENTE: "GovernmentOrganization",
    Soort.COOPERATIE: "Organization",
    Soort.ONDERNEMING: "LocalBusiness",
    Soort.OVERIG: "Organization",
}
_DAGEN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ESCAPES = {ord(teken): f"\\u{ord(teken):04x}" for teken in "<>&\u2028\u2029"}


def als_jsonld(context: dict[str, Any]) -> SafeString:
    """Return the JSON of a listing, from the context of its page, safe inside a script element.

    It says what the page says to a visitor without an account, so nothing that is hidden there can leak here.
    Coordinates are left out: they are the middle of a postcode area, which would be read as the front door.
    """
    organisatie: Organisatie = context["organisatie"]
    adres = volledige_url(organisatie.get_absolute_url())
    gegevens = {
        "@context": "https://schema.org",
        "@type": _SOORTEN.get(Soort(organisatie.soort), "Organization"),
        "@id": adres,
        "url": organisatie.website or adres,
        "name": organisatie.naam,
        "alternateName": organisatie.ook_bekend_als,
        "description": organisatie.kort,
        "telephone": context["telefoon_e164"],
        "email": organisatie.email,
        "foundingDate": str(organisatie.opgericht_jaar or ""),
        "logo": volledige_url(organisatie.logo.url) if organisatie.logo else "",
        "sameAs": organisatie.sociale_links,
        "areaServed": [
            {
                "@type": "AdministrativeArea" if deel["code"] else "Country",
                "name": deel["naam"] if deel["code"] else "NL",
            }
            for deel in context["werkgebied"]
        ],
        "keywords": [thema["naam"] for thema in context["themas"]] + context["labels"],
        "knowsLanguage": organisatie.talen,
        "location": [_plaats(blok) for blok in context["locaties"]],
        "makesOffer": [
            {
                "@type": "Offer",
                **({"price": 0, "priceCurrency": "EUR"} if blok.is_gratis else {}),
                "itemOffered": {"@type": "Service", "name": blok.naam},
            }
            for blok in context["diensten"]
        ],
        "parentOrganization": {"@type": "Organization", "name": context["hoort_bij"]["naam"]}
        if context["hoort_bij"]
        else None,
    }
    json_tekst = json.dumps({naam: waarde for naam, waarde in gegevens.items() if waarde}, ensure_ascii=False)
    return mark_safe(json_tekst.translate(_ESCAPES))  # noqa: S308 - < > & are escaped on this line


def _plaats(blok: Any) -> dict[str, Any]:
    adres = {
        "@type": "PostalAddress",
        "streetAddress": blok.straat,
        "postalCode": blok.postcode,
        "addressLocality": blok.plaats,
        "addressCountry": "NL",
    }
    plaats = {
        "@type": "Place",
        "name": blok.titel,
        "address": {naam: waarde for naam, waarde in adres.items() if waarde},
        "telephone": blok.telefoon_e164,
        "openingHoursSpecification": _openingstijden(
            [tijd for tijd in blok.tijden.tijden if tijd.van and not tijd.is_op_afspraak]
        ),
        "specialOpeningHoursSpecification": [_uitzondering(u) for u in blok.tijden.uitzonderingen],
    }
    return {naam: waarde for naam, waarde in plaats.items() if waarde}


def _openingstijden(tijden: list[Openingstijd]) -> list[dict[str, Any]]:
    """One specification for all days with the same hours: five of them would be half of the page's weight."""
    dagen: dict[tuple[str, str], list[str]] = {}
    for tijd in tijden:
        dagen.setdefault((f"{tijd.van:%H:%M}", f"{tijd.tot:%H:%M}"), []).append(_DAGEN[tijd.dag - 1])
    return [
        {"@type": "OpeningHoursSpecification", "dayOfWeek": namen, "opens": van, "closes": tot}
        for (van, tot), namen in dagen.items()
    ]


def _uitzondering(uitzondering: Openingsuitzondering) -> dict[str, str]:
    # The same time twice is how schema.org says 'closed'.
    van, tot = (f"{tijd:%H:%M}" if tijd else "00:00" for tijd in (uitzondering.van, uitzondering.tot))
    return {
        "@type": "OpeningHoursSpecification",
        "opens": van,
        "closes": tot,
        "validFrom": uitzondering.van_datum.isoformat(),
        "validThrough": uitzondering.tot_en_met_datum.isoformat(),
    }
