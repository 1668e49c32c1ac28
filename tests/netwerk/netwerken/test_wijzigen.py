"""Changing a network, and what that does to what stands in it."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from netwerk.keuzes import Rol, Zicht
from netwerk.models import Gesprek, Lidmaatschap, Netwerk, Professional
from tests.fabriek import (
    maak_gesprek,
    maak_netwerk,
    maak_thema,
)
from tests.netwerk.netwerken.stappen import als, tekst

pytestmark = pytest.mark.django_db


def wijzig_invoer(netwerk: Netwerk, **anders: Any) -> dict[str, Any]:
    netwerk.refresh_from_db()
    velden = (
        "naam", "doel", "tekst", "toelating", "taal", "zicht_pagina", "zicht_leden", "zicht_gesprekken", "welkom",
        "huisregels",
    )  # fmt: skip
    invoer = {naam: getattr(netwerk, naam) for naam in velden} | {"gezien_op": netwerk.gewijzigd_op.isoformat()}
    return {naam: waarde for naam, waarde in (invoer | anders).items() if waarde is not None}


def test_wijzigen_bewaart_alles(netwerk: Netwerk, beheerder: Professional) -> None:
    thema = maak_thema()
    invoer = wijzig_invoer(
        netwerk, naam="Samen tegen eenzaamheid", doel="Nieuw doel", tekst="# Kop\n<script>alert(1)</script>", themas=[thema.pk],
        provincies=["PV20", "PV26"], gemeenten="ede,  Wageningen,ede", vraag_1="Waarom?", vraag_3="Waar?",
        toelating="aanvraag", zicht_leden=2, zicht_gesprekken=3, huisregels="Wees aardig", taal="en",
        huisregels_bekijken_datum=str(timezone.localdate() + timedelta(days=30)), welkom="Hoi",
    )  # fmt: skip
    response = als(beheerder).post("/netwerken/eenzaamheid-noord/wijzigen/", invoer)
    assert response["Location"] == "/netwerken/eenzaamheid-noord/"
    netwerk.refresh_from_db()
    assert (netwerk.naam, netwerk.vragen, netwerk.taal) == ("Samen tegen eenzaamheid", ["Waarom?", "Waar?"], "en")
    assert sorted(g.naam for g in netwerk.gemeenten.all()) == ["Ede", "Wageningen"]
    assert netwerk.provincies.count() == 2
    html = tekst(Client().get("/netwerken/eenzaamheid-noord/"))
    assert "<h3>Kop</h3>" in html
    assert "alert(1)</script>" not in html
    assert "Samen tegen eenzaamheid" in tekst(Client().get("/netwerken/?q=nieuw+doel"))


def test_wijzigen_weigert_wat_niet_kan_en_houdt_wat_getypt_is(netwerk: Netwerk, beheerder: Professional) -> None:
    client = als(beheerder)

    def fout(**anders: Any) -> str:
        return tekst(client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, **anders)))

    html = fout(zicht_pagina=1, zicht_leden=2, tekst="Mijn lange tekst")
    assert "Dit kan niet ruimer zijn dan de pagina zelf" in html
    assert "Mijn lange tekst" in html
    assert "Deze gemeente kennen wij niet: Lutjebroekerdam" in fout(gemeenten="Ede, Lutjebroekerdam")
    assert "Kies een dag die nog komt" in fout(huisregels_bekijken_datum="2020-01-01")
    assert "komende vijf jaar" in fout(huisregels_bekijken_datum="9999-12-31")
    assert "Kies een van deze drie" in fout(zicht_pagina=7)
    nep = io.BytesIO(b"GIF89a niets")
    nep.name = "foto.jpg"
    assert "niet als afbeelding lezen" in fout(beeld=nep)
    netwerk.refresh_from_db()
    assert netwerk.zicht_pagina == Zicht.PUBLIEK


def test_wie_een_oudere_versie_zag_overschrijft_niets(
    netwerk: Netwerk, beheerder: Professional, lid: Professional
) -> None:
    Lidmaatschap.objects.filter(professional=lid).update(rol=Rol.BEHEERDER)
    oud = wijzig_invoer(netwerk, doel="Van Lotte")
    als(beheerder).post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, doel="Van Bea"))
    html = tekst(als(lid).post("/netwerken/eenzaamheid-noord/wijzigen/", oud))
    assert "intussen gewijzigd" in html
    assert "Van Lotte" in html
    netwerk.refresh_from_db()
    assert netwerk.doel == "Van Bea"


def test_smaller_zicht_versmalt_gesprekken_en_ruimer_laat_ze(netwerk: Netwerk, beheerder: Professional) -> None:
    Netwerk.objects.update(zicht_gesprekken=Zicht.PUBLIEK)
    netwerk.refresh_from_db()
    open_gesprek = maak_gesprek(netwerk, titel="Open gesprek")
    intern = maak_gesprek(netwerk, titel="Intern gesprek", zicht=Zicht.NETWERK)
    elders = maak_gesprek(maak_netwerk(zicht_gesprekken=Zicht.PUBLIEK))
    assert "Open gesprek" in tekst(Client().get("/netwerken/eenzaamheid-noord/"))
    assert "Intern gesprek" not in tekst(Client().get("/netwerken/eenzaamheid-noord/"))
    client = als(beheerder)
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, zicht_gesprekken=2))
    zicht = dict(Gesprek.objects.values_list("pk", "zicht"))
    assert zicht == {open_gesprek.pk: 2, intern.pk: 1, elders.pk: 3}
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, zicht_gesprekken=3))
    assert dict(Gesprek.objects.values_list("pk", "zicht")) == zicht
    assert "Open gesprek" not in tekst(Client().get("/netwerken/eenzaamheid-noord/"))


def test_afbeelding_wordt_opnieuw_geschreven_en_volgt_het_zicht(
    netwerk: Netwerk, beheerder: Professional, buiten: Professional, client: Any
) -> None:
    ruw = io.BytesIO()
    Image.new("RGB", (1600, 700), "#0f4d4b").save(ruw, "JPEG", exif=b"Exif\x00\x00geheim")
    ruw.seek(0)
    ruw.name = "plek.jpg"
    client.force_login(beheerder.gebruiker)
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, beeld=ruw))
    response: Any = Client().get("/netwerken/eenzaamheid-noord/beeld/")
    inhoud = b"".join(response.streaming_content)
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "image/jpeg")
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"geheim" not in inhoud
    assert Image.open(io.BytesIO(inhoud)).width == 1200
    netwerk.refresh_from_db()
    oud = netwerk.beeld.path
    Netwerk.objects.update(zicht_pagina=1, zicht_leden=1, zicht_gesprekken=1)
    assert als(buiten).get("/netwerken/eenzaamheid-noord/beeld/").status_code == 404
    client.post("/netwerken/eenzaamheid-noord/wijzigen/", wijzig_invoer(netwerk, beeld_weg="on"))
    assert client.get("/netwerken/eenzaamheid-noord/beeld/").status_code == 404
    assert not Path(oud).exists()
