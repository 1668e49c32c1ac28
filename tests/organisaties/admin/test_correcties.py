from typing import Any

import pytest

from organisaties.models import Bevestiging, Organisatie, Wijzigingsverzoek
from tests.fabriek import maak_gebruiker, maak_moderator, maak_organisatie
from tests.organisaties.corrigeren.stappen import BASIS, besluit, maak_correctie


@pytest.fixture
def linde(db: None) -> Organisatie:
    beheerder = maak_gebruiker(email="b@linde.example")
    return maak_organisatie(
        naam="De Linde",
        slug="de-linde",
        telefoon="+31201234567",
        email="info@linde.example",
        website="https://linde.example",
        beheerder=beheerder,
    )


def test_een_moderator_neemt_een_naam_meteen_over(client: Any, log_in: Any, linde: Organisatie) -> None:
    moderator = maak_moderator()
    correctie = maak_correctie(linde, veld="naam", oude_waarde="De Linde", nieuwe_waarde="De Lindeboom")
    client = log_in(moderator)
    html = client.get("/beheer/organisaties/correctie/wachtrij/").content.decode()
    assert "De Lindeboom" in html
    client.post("/beheer/organisaties/correctie/wachtrij/", besluit(correctie, "overnemen", "De Linde"))
    linde.refresh_from_db()
    assert (linde.naam, linde.slug) == ("De Lindeboom", "de-lindeboom")
    assert not Wijzigingsverzoek.objects.exists()
    assert client.get(BASIS).headers["Location"] == "/organisaties/de-lindeboom/"


def test_een_moderator_bevestigt_als_redactie(client: Any, log_in: Any, linde: Organisatie) -> None:
    correctie = maak_correctie(linde)
    log_in(maak_moderator()).post("/beheer/organisaties/correctie/wachtrij/", besluit(correctie, "overnemen"))
    assert Bevestiging.objects.get().bron == "moderator"


@pytest.mark.parametrize(("wie", "status"), [("moderator", 200), ("staf", 403), ("vreemde", 302)])
def test_wie_de_wachtrij_ziet(client: Any, log_in: Any, linde: Organisatie, wie: str, status: int) -> None:
    mensen = {"moderator": maak_moderator, "staf": lambda: maak_gebruiker(is_staff=True), "vreemde": maak_gebruiker}
    assert log_in(mensen[wie]()).get("/beheer/organisaties/correctie/wachtrij/").status_code == status


@pytest.mark.parametrize("aantal", [1, 3])
def test_de_wachtrij_kost_evenveel_vragen(
    client: Any, log_in: Any, linde: Organisatie, aantal: int, django_assert_num_queries: Any
) -> None:
    for nummer in range(aantal):
        maak_correctie(maak_organisatie(telefoon="+31201234567"), nieuwe_waarde=f"+3120555555{nummer}")
    client = log_in(maak_moderator())
    client.get("/beheer/organisaties/correctie/wachtrij/")
    with django_assert_num_queries(7):
        client.get("/beheer/organisaties/correctie/wachtrij/")
