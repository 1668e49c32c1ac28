"""Networks in the admin, the feed, the sitemap, the demo and on pages of organisations."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from netwerk.actions.netwerken.voorstellen import stel_voor
from netwerk.demo.netwerken import vul
from netwerk.keuzes import Zicht
from netwerk.models import Lidmaatschap, Netwerk, Professional
from netwerk.weergave.netwerken import netwerken_van_organisatie
from tests.fabriek import (
    maak_gebruiker,
    maak_moderator,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
)
from tests.netwerk.netwerken.stappen import als, klopt_aantal, tekst

pytestmark = pytest.mark.django_db


def test_wachtrij_van_moderatoren(client: Any, settings: Any) -> None:
    from django.contrib.auth.models import Permission

    settings.ADMIN_NEEDS_SECOND_FACTOR = False
    mens = maak_professional(bevestigd=True)
    netwerk = stel_voor(door=mens, velden={"naam": "Netwerk rouw", "doel": "Nabij blijven"})
    moderator = maak_moderator()
    client.force_login(moderator)
    assert client.get("/beheer/netwerk/netwerk/wachtrij/").status_code == 403
    moderator.user_permissions.add(
        *Permission.objects.filter(content_type__app_label="netwerk", codename__in=["change_netwerk", "view_netwerk"])
    )
    moderator = type(moderator).objects.get(pk=moderator.pk)
    client.force_login(moderator)
    bank = tekst(client.get("/beheer/"))
    assert "Een professional stelt een netwerk voor." in bank
    assert "Nieuwe vermeldingen" in bank
    assert "Netwerk rouw" in tekst(client.get("/beheer/netwerk/netwerk/wachtrij/"))
    leeg = client.post("/beheer/netwerk/netwerk/wachtrij/", {"pk": netwerk.pk, "besluit": "afwijzen", "reden": ""})
    assert "Schrijf op waarom niet" in tekst(leeg)
    client.post("/beheer/netwerk/netwerk/wachtrij/", {"pk": netwerk.pk, "besluit": "goedkeuren"})
    netwerk.refresh_from_db()
    assert netwerk.status == "actief"
    for pad in ("", f"{netwerk.pk}/change/"):
        assert client.get(f"/beheer/netwerk/netwerk/{pad}").status_code == 200
    assert client.post("/beheer/netwerk/netwerk/wachtrij/", {"pk": "abc"}).status_code == 404
    client.post("/beheer/netwerk/netwerk/", {"action": "sluit", "_selected_action": [netwerk.pk]})
    assert als(mens).get("/netwerken/netwerk-rouw/").status_code == 404


def test_atom_toont_alleen_publieke(netwerk: Netwerk) -> None:
    maak_netwerk(naam="Geheim net", zicht_pagina=Zicht.PORTAAL)
    html = tekst(Client().get("/netwerken/atom/"))
    assert "Eenzaamheid Noord" in html
    assert "Geheim net" not in html


def test_sitemap_noemt_alleen_publieke(netwerk: Netwerk) -> None:
    maak_netwerk(slug="geheim-net", zicht_pagina=Zicht.PORTAAL)
    html = tekst(Client().get("/sitemap-netwerken.xml"))
    assert "/netwerken/eenzaamheid-noord/</loc>" in html
    assert "geheim-net" not in html


def test_demo_maakt_acht_netwerken_een_keer(django_assert_max_num_queries: Any) -> None:
    mensen = [maak_professional() for _ in range(25)]
    with django_assert_max_num_queries(150):
        netwerken = vul()
    vul()
    assert (len(netwerken), Netwerk.objects.count()) == (8, 9)
    assert all(klopt_aantal(een) for een in netwerken)
    assert Lidmaatschap.objects.beheerders().filter(professional=mensen[0]).exists()
    for een in netwerken:
        een.full_clean(exclude=["beoordeeld_door"])
        assert als(mensen[0]).get(een.get_absolute_url()).status_code in (200, 404)


def test_laatst_gezien_wordt_een_keer_per_dag_geschreven(netwerk: Netwerk, lid: Professional) -> None:
    client = als(lid)
    with time_machine.travel("2026-11-24T10:00Z", tick=False):
        client.force_login(lid.gebruiker)
        Lidmaatschap.objects.filter(professional=lid).update(laatst_gezien_op=None)
        client.get("/netwerken/eenzaamheid-noord/")
    eerste = Lidmaatschap.objects.get(professional=lid).laatst_gezien_op
    with time_machine.travel("2026-11-24T20:00Z", tick=False):
        client.get("/netwerken/eenzaamheid-noord/")
    assert Lidmaatschap.objects.get(professional=lid).laatst_gezien_op == eerste
    assert eerste is not None
    assert eerste.date() == date(2026, 11, 24)


def test_netwerken_van_een_organisatie_in_een_vraag(netwerk: Netwerk) -> None:
    organisatie = maak_organisatie()
    geheim = maak_netwerk(zicht_pagina=Zicht.PORTAAL)
    for net, status in ((netwerk, "bevestigd"), (geheim, "bevestigd"), (maak_netwerk(), "gevraagd")):
        net.steun.create(
            organisatie=organisatie,
            status=status,
            gevraagd_door_kant="netwerk",
            bevestigd_op=timezone.now() if status == "bevestigd" else None,
        )
    with CaptureQueriesContext(connection) as vragen:
        assert netwerken_van_organisatie(organisatie) == [netwerk]
    assert len(vragen) == 1


def test_een_account_zonder_profiel_ziet_wat_een_bezoeker_ziet(netwerk: Netwerk) -> None:
    client = Client()
    client.force_login(maak_gebruiker())
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 200
    Netwerk.objects.update(zicht_pagina=Zicht.PORTAAL)
    assert client.get("/netwerken/eenzaamheid-noord/").status_code == 404
