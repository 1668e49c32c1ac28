import re
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from organisaties.exports.vcard import als_vcard
from organisaties.models import Locatie, Organisatie
from tests.fabriek import maak_locatie, maak_organisatie

CREATED = datetime(2026, 11, 23, 9, 30, tzinfo=timezone.get_fixed_timezone(0))


def ontvouwen(kaart: str) -> list[tuple[str, str]]:
    """Read a card the way RFC 6350 says: unfold, then name and value of each line."""
    assert kaart.endswith("\r\n")
    regels = re.sub(r"\r\n[ \t]", "", kaart).split("\r\n")[:-1]
    return [(naam, waarde) for naam, _, waarde in (regel.partition(":") for regel in regels)]


def ontsnapt(waarde: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], waarde)


@pytest.mark.django_db
def test_vcard_regel_voor_regel(client: Any, settings: Any) -> None:
    settings.SITE_URL = "https://welzijn.example"
    organisatie = maak_organisatie(
        naam="Huis, Tuin; en \\ Keuken",
        slug="huis",
        ook_bekend_als="HTK",
        kort="Koffie, thee; en meer",
        telefoon="+31301234567",
        email="hallo@huis.example",
        website="https://www.huis.example/a;b",
    )
    maak_locatie(organisatie, straat="Lindelaan 12; achter", telefoon="+31612345678")
    maak_locatie(organisatie, straat="Verborgenweg 99", plaats="Lochem", postcode="7241 ZZ", is_geheim=True)
    response = client.get("/organisaties/huis/vcard/")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="huis.vcf"'
    regels = ontvouwen(response.content.decode())
    assert [regel for regel in regels if regel[0] not in ("UID", "REV")] == [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        ("PRODID", "-//Welzijnportal//NL"),
        ("KIND", "org"),
        ("SOURCE", "https://welzijn.example/organisaties/huis/vcard/"),
        ("FN", r"Huis\, Tuin\; en \\ Keuken"),
        ("ORG", r"Huis\, Tuin\; en \\ Keuken"),
        ("NICKNAME", "HTK"),
        ("TEL;VALUE=uri;TYPE=work,voice", "tel:+31301234567"),
        ("TEL;VALUE=uri;TYPE=work,voice", "tel:+31612345678"),
        ("EMAIL;TYPE=work", "hallo@huis.example"),
        ("ADR;TYPE=work", r";;Lindelaan 12\; achter;Utrecht;;3511 AB;Nederland"),
        ("URL", "https://www.huis.example/a;b"),
        ("URL", "https://welzijn.example/organisaties/huis/"),
        ("NOTE", r"Koffie\, thee\; en meer"),
        ("END", "VCARD"),
    ]
    velden = dict(regels)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", velden["UID"])
    assert velden["REV"] == f"{organisatie.gewijzigd_op:%Y%m%dT%H%M%SZ}"


@pytest.mark.django_db
def test_uid_blijft_gelijk_als_naam_en_adres_veranderen() -> None:
    organisatie = maak_organisatie()
    eerst = dict(ontvouwen(als_vcard(organisatie, [])))["UID"]
    organisatie.naam, organisatie.slug = "Anders", "anders"
    assert dict(ontvouwen(als_vcard(organisatie, [])))["UID"] == eerst


@given(st.text(max_size=160), st.text(max_size=120))
def test_elke_tekst_komt_heel_over(naam: str, straat: str) -> None:
    naam = re.sub(r"\r\n|\r", "\n", naam)
    straat = re.sub(r"\r\n|\r", "\n", straat)
    organisatie = Organisatie(pk=1, naam=naam, slug="x", gewijzigd_op=CREATED)
    kaart = als_vcard(organisatie, [Locatie(straat=straat, plaats="Utrecht")])
    assert all(len(regel.encode()) <= 75 for regel in kaart.split("\r\n"))
    velden = dict(ontvouwen(kaart))
    assert ontsnapt(velden["FN"]) == naam
    delen = re.split(r"(?<!\\)(?:\\\\)*;", velden["ADR;TYPE=work"])
    assert len(delen) >= 7
    assert velden["REV"] == "20261123T093000Z"
