from typing import Any

import pytest

from organisaties.keuzes import Status
from organisaties.models import Organisatie
from organisaties.zoeken import ververs
from tests.fabriek import maak_organisatie, maak_thema

pytestmark = pytest.mark.django_db


def test_themas_toont_de_boom(client: Any) -> None:
    geld = maak_thema(naam="Geld", slug="geld", icoon="geld", tint="tint-1", uitleg="Hulp bij geld.")
    maak_thema(naam="Schulden", slug="schulden", ouder=geld)
    html = client.get("/themas/").content.decode()
    hoofd, onder = (
        html.index('<a href="/themas/geld/">Geld</a>'),
        html.index('<a href="/themas/schulden/">Schulden</a>'),
    )
    assert hoofd < html.index("Hulp bij geld.") < onder


@pytest.mark.parametrize("aantal", [1, 3])
def test_themas_kost_een_vraag(client: Any, django_assert_num_queries: Any, aantal: int) -> None:
    for _ in range(aantal):
        maak_thema(ouder=maak_thema())
    with django_assert_num_queries(1):
        client.get("/themas/")


@pytest.mark.parametrize("aantal", [1, 3])
def test_thema_kost_vier_vragen(client: Any, django_assert_num_queries: Any, aantal: int) -> None:
    thema = maak_thema(slug="geld")
    for _ in range(aantal):
        maak_organisatie().themas.add(maak_thema(ouder=thema))
    ververs(Organisatie.objects.values_list("pk", flat=True))
    with django_assert_num_queries(4):
        client.get("/themas/geld/")


def test_thema_toont_wie_er_bij_hoort(client: Any) -> None:
    geld = maak_thema(naam="Geld", slug="geld", uitleg="Hulp bij geld.")
    schulden = maak_thema(naam="Schulden", slug="schulden", ouder=geld)
    maak_organisatie(naam="Bij Geld").themas.add(geld)
    maak_organisatie(naam="Bij Schulden").themas.add(schulden)
    maak_organisatie(naam="Ingediend", status=Status.INGEDIEND).themas.add(geld)
    maak_organisatie(naam="Elders").themas.add(maak_thema())
    html = client.get("/themas/geld/").content.decode()
    assert html.index("Bij Schulden") < html.index("Bij Geld")
    assert 'href="/organisaties/?thema=geld"' in html
    assert '<input type="hidden" name="thema" value="geld">' in html
    assert '<a href="/themas/schulden/">Schulden</a>' in html
    assert 'href="/organisaties/feed/thema/geld/"' in html
    assert "Ingediend" not in html
    assert "Elders" not in html
    assert '<a href="/themas/geld/">Geld</a>' in client.get("/themas/schulden/").content.decode()


def test_leeg_thema_zegt_wat_te_doen(client: Any) -> None:
    maak_thema(slug="geld")
    assert "Hier staat nog niemand" in client.get("/themas/geld/").content.decode()


def test_onbekend_thema_is_404(client: Any) -> None:
    assert client.get("/themas/bestaat-niet/").status_code == 404
