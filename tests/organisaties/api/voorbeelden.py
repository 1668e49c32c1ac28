"""A listing with everything, one with nothing, and the specification's schemas with their references resolved."""

import json
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from organisaties.keuzes import Zichtbaarheid
from organisaties.models import (
    Bevestiging,
    Contactpersoon,
    Doelgroep,
    Openingstijd,
    Openingsuitzondering,
    Organisatie,
)
from organisaties.models.bevestiging import Blok
from tests.fabriek import maak_dienst, maak_locatie, maak_organisatie, maak_thema
from welzijnportal.geo.models import Gemeente, Provincie
from welzijnportal.geo.rd import naar_rd

SCHEMAS = Path(__file__).parent / "hsds_3_1"
GEHEIME_STRAAT, GEHEIME_NAAM, GEHEIME_POSTCODE = "Verborgenweg 9", "Het Veilige Huis Noord", "3521 ZZ"


@cache
def _register() -> Registry[Any]:
    bronnen = [
        (pad.name, Resource(json.loads(pad.read_text()), DRAFT202012))
        for pad in SCHEMAS.glob("*.json")
        if pad.name != "openapi.json"
    ]
    return Registry().with_resources(bronnen)


def fouten(ding: Any, schema: str) -> list[str]:
    keurder = Draft202012Validator({"$ref": f"{schema}.json"}, registry=_register(), format_checker=FormatChecker())
    return [f"{'/'.join(map(str, fout.path))}: {fout.message[:200]}" for fout in keurder.iter_errors(ding)]


def maak_gemeente() -> Gemeente:
    provincie, _ = Provincie.objects.get_or_create(code="PV26", defaults={"naam": "Utrecht", "slug": "utrecht"})
    gemeente, _ = Gemeente.objects.get_or_create(
        code="GM0344",
        defaults={
            "naam": "Utrecht", "slug": "utrecht", "zoeksleutel": "utrecht", "provincie": provincie,
            "breedtegraad": 52.09, "lengtegraad": 5.12, "punt": naar_rd(52.09, 5.12),
        },
    )  # fmt: skip
    return gemeente


def maak_volle(**velden: Any) -> Organisatie:
    """A published listing in which every field that HSDS knows has a value, with a confidential location."""
    gemeente = maak_gemeente()
    thema, groep = maak_thema(), Doelgroep.objects.create(naam="Ouderen", slug=f"ouderen-{Doelgroep.objects.count()}")
    ouder = maak_organisatie(naam="De Koepel", open_data_akkoord_op=timezone.now())
    organisatie = maak_organisatie(
        **{
            "naam": "Stichting Volop", "ook_bekend_als": "Volop", "tekst": "Alles\nen meer.", "kvk_nummer": "12345678",
            "rsin": "123456782", "opgericht_jaar": 1998, "email": "info@volop.example", "telefoon": "+31301234567",
            "website": "https://volop.example/", "sociale_links": ["https://social.example/volop"], "hoort_bij": ouder,
            "talen": ["nl", "ary"], "logo": "logos/volop.png", "open_data_akkoord_op": timezone.now(), **velden,
        }
    )  # fmt: skip
    organisatie.themas.add(thema)
    organisatie.doelgroepen.add(groep)
    organisatie.gemeenten.add(gemeente)
    open_plek = maak_locatie(
        organisatie, naam="Hoofdlocatie", gemeente=gemeente, breedtegraad=52.0907, lengtegraad=5.1214,
        punt=naar_rd(52.0907, 5.1214), telefoon="+31301234568", toegankelijkheid=["rolstoel", "lift"],
        toelichting="Achter de kerk.",
    )  # fmt: skip
    geheim = maak_locatie(
        organisatie, naam=GEHEIME_NAAM, straat=GEHEIME_STRAAT, postcode=GEHEIME_POSTCODE, is_geheim=True,
        gemeente=gemeente, breedtegraad=52.1111, lengtegraad=5.0555, punt=naar_rd(52.1111, 5.0555),
        toelichting="Bel aan bij nummer 9.",
    )  # fmt: skip
    dienst = maak_dienst(
        organisatie, naam="Spreekuur", tekst="Kom langs.", leeftijd_van=0, leeftijd_tot_en_met=27, is_gratis=False,
        bedrag="2.50", kosten="per keer", aanmelden_via=["inloop", "telefoon"],
        aanmeldlink="https://volop.example/meld", wachttijd="twee weken",
    )  # fmt: skip
    dienst.themas.add(thema)
    dienst.doelgroepen.add(groep)
    dienst.locaties.add(open_plek, geheim)
    Openingstijd.objects.create(locatie=open_plek, dag=1, van=time(9), tot=time(17))
    Openingstijd.objects.create(dienst=dienst, dag=7, is_op_afspraak=True)
    Openingsuitzondering.objects.create(
        locatie=open_plek, van_datum=date(2100, 12, 25), tot_en_met_datum=date(2100, 12, 26), reden="Kerst"
    )
    Bevestiging.objects.update_or_create(
        organisatie=organisatie, blok=Blok.DIENSTEN, defaults={"bevestigd_op": timezone.now(), "bron": "organisatie"}
    )
    Contactpersoon.objects.create(
        organisatie=organisatie, naam="Fatima Openbaar", functie="coördinator", email="fatima@volop.example",
        telefoon="+31612345678", naam_voor=Zichtbaarheid.IEDEREEN, functie_voor=Zichtbaarheid.IEDEREEN,
        email_voor=Zichtbaarheid.LEDEN,
    )  # fmt: skip
    Contactpersoon.objects.create(organisatie=organisatie, naam="Bram Verborgen", email="bram@volop.example")
    return organisatie
