import json
import re
from datetime import date, time
from typing import Any

import pytest

from organisaties.models import Contactpersoon, Openingstijd, Openingsuitzondering
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie, maak_thema
from welzijnportal.geo.models import Gemeente

pytestmark = pytest.mark.django_db


def gegevens(client: Any, pad: str) -> dict[str, Any]:
    html = client.get(pad).content.decode()
    gevonden = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert gevonden
    assert not set("<>&") & set(gevonden[1])
    antwoord: dict[str, Any] = json.loads(gevonden[1])
    return antwoord


def test_jsonld_zegt_wat_de_pagina_zegt(client: Any, settings: Any) -> None:
    settings.SITE_URL = "https://welzijn.example"
    ouder = maak_organisatie(naam="Moeder")
    organisatie = maak_organisatie(
        naam="Jan & Alleman",
        slug="jan",
        soort="vereniging",
        telefoon="+31301234567",
        email="jan@jan.example",
        website="https://jan.example/",
        opgericht_jaar=1987,
        hoort_bij=ouder,
        talen=["nl"],
    )
    organisatie.gemeenten.set(Gemeente.objects.filter(naam="Utrecht"))
    organisatie.themas.add(maak_thema(naam="Schulden"))
    locatie = maak_locatie(organisatie, naam="Het huis", breedtegraad=52.09, lengtegraad=5.12, punt=(136, 455))
    Openingstijd.objects.create(locatie=locatie, dag=1, van=time(9), tot=time(17))
    Openingstijd.objects.create(locatie=locatie, dag=2, is_op_afspraak=True)
    Openingsuitzondering.objects.create(
        locatie=locatie, van_datum=date(2026, 12, 25), tot_en_met_datum=date(2026, 12, 26)
    )
    maak_dienst(organisatie, naam="Spreekuur")
    assert gegevens(client, "/organisaties/jan/") == {
        "@context": "https://schema.org",
        "@type": "NGO",
        "@id": "https://welzijn.example/organisaties/jan/",
        "url": "https://jan.example/",
        "name": "Jan & Alleman",
        "description": "Samen eten, koffie drinken en klussen in de buurt.",
        "telephone": "+31301234567",
        "email": "jan@jan.example",
        "foundingDate": "1987",
        "areaServed": [{"@type": "AdministrativeArea", "name": "Utrecht"}],
        "keywords": ["Schulden"],
        "knowsLanguage": ["nl"],
        "location": [
            {
                "@type": "Place",
                "name": "Het huis",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Lindelaan 12",
                    "postalCode": "3511 AB",
                    "addressLocality": "Utrecht",
                    "addressCountry": "NL",
                },
                "openingHoursSpecification": [
                    {
                        "@type": "OpeningHoursSpecification",
                        "dayOfWeek": ["Monday"],
                        "opens": "09:00",
                        "closes": "17:00",
                    }
                ],
                "specialOpeningHoursSpecification": [
                    {
                        "@type": "OpeningHoursSpecification",
                        "opens": "00:00",
                        "closes": "00:00",
                        "validFrom": "2026-12-25",
                        "validThrough": "2026-12-26",
                    }
                ],
            }
        ],
        "makesOffer": [
            {
                "@type": "Offer",
                "price": 0,
                "priceCurrency": "EUR",
                "itemOffered": {"@type": "Service", "name": "Spreekuur"},
            }
        ],
        "parentOrganization": {"@type": "Organization", "name": "Moeder"},
    }


@pytest.mark.parametrize(
    ("soort", "type_"),
    [
        ("stichting", "NGO"),
        ("gemeente", "GovernmentOrganization"),
        ("onderneming", "LocalBusiness"),
        ("overig", "Organization"),
    ],
)
def test_soort_wordt_een_type(client: Any, soort: str, type_: str) -> None:
    organisatie = maak_organisatie(soort=soort, werkgebied="landelijk")
    data = gegevens(client, organisatie.get_absolute_url())
    assert (data["@type"], data["areaServed"]) == (type_, [{"@type": "Country", "name": "NL"}])


def test_geheim_adres_en_verborgen_contact_staan_er_niet_in(log_in: Any) -> None:
    beheerder = maak_gebruiker()
    organisatie = maak_organisatie(beheerder=beheerder)
    maak_locatie(
        organisatie, naam="Schuilhuis", straat="Verborgenweg 99", postcode="7241 ZZ", plaats="Lochem", is_geheim=True
    )
    Contactpersoon.objects.create(organisatie=organisatie, naam="Samira")
    data = gegevens(log_in(beheerder), organisatie.get_absolute_url())
    assert data["location"] == [
        {
            "@type": "Place",
            "name": "Geheim adres in Lochem",
            "address": {"@type": "PostalAddress", "addressLocality": "Lochem", "addressCountry": "NL"},
        }
    ]
    assert "Samira" not in json.dumps(data)
