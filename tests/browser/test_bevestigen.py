"""'Klopt dit nog?' in a real browser: from the mail, on a phone, without logging in and without script."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from organisaties.actions.versheidslink import maak_link
from organisaties.keuzes import Versheidsstap
from organisaties.models import Bevestiging, Organisatie
from organisaties.models.bevestiging import Blok
from tests.browser.conftest import TELEFOON
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organisatie() -> Organisatie:
    oud = timezone.now() - timedelta(days=260)
    organisatie = maak_organisatie(
        naam="Buurthuis De Linde",
        beheerder=maak_gebruiker(naam="Bea"),
        telefoon="+31302345678",
        bevestigd_op=oud,
        versheidsstap=Versheidsstap.VEROUDERD,
    )
    for blok in Blok:
        Bevestiging.objects.create(organisatie=organisatie, blok=blok, bevestigd_op=oud)
    maak_locatie(organisatie)
    maak_dienst(organisatie)
    return organisatie


@pytest.mark.parametrize("donker", [False, True])
def test_a_beheerder_confirms_from_the_mail_on_a_phone_without_script(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], None], organisatie: Organisatie, settings: Any, donker: bool
) -> None:
    beheer = organisatie.beheer.get()
    pagina = maak_pagina(viewport=TELEFOON, donker=donker, script=False)
    pagina.goto(organisatie.get_absolute_url())
    expect(pagina.get_by_text("Mogelijk verouderd")).to_be_visible()
    pagina.goto(maak_link(organisatie.pk, beheer.gebruiker_id))
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Klopt dit nog?")
    expect(pagina.get_by_text("030 234 5678").first).to_be_visible()
    assert pagina.evaluate("document.documentElement.scrollWidth") <= TELEFOON["width"]
    pagina.get_by_role("button", name=re.compile("Dit klopt.*Openingstijden")).click()
    expect(pagina.get_by_text("Bevestigd op")).to_have_count(1)
    pagina.get_by_role("button", name="Ja, alles klopt").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Dank u wel")
    expect(pagina.get_by_role("button", name="Ja, alles klopt")).to_have_count(0)
    assert pagina.context.cookies() == []
    organisatie.refresh_from_db()
    assert organisatie.versheidsstap == Versheidsstap.VERS
    # Another visitor: a browser keeps a public page for a minute.
    bezoeker = maak_pagina(viewport=TELEFOON, donker=donker)
    bezoeker.goto(organisatie.get_absolute_url())
    expect(bezoeker.get_by_text("Mogelijk verouderd")).to_have_count(0)
    expect(bezoeker.get_by_text("volgens de organisatie op").first).to_be_visible()


def test_the_page_of_the_link_has_no_barriers(
    maak_pagina: Callable[..., Page], axe: Callable[[Page], None], organisatie: Organisatie
) -> None:
    for donker in (False, True):
        pagina = maak_pagina(viewport=TELEFOON, donker=donker)
        pagina.goto(maak_link(organisatie.pk, organisatie.beheer.get().gebruiker_id))
        axe(pagina)
