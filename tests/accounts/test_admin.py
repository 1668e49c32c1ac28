"""Accounts in the admin: helped and closed, without a secret in sight."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail

from tests.accounts.stappen import aantal_factoren, met_app
from tests.fabriek import maak_gebruiker
from welzijnportal.accounts.models import Gebruiker

pytestmark = pytest.mark.django_db
LIJST_VRAGEN = 4


@pytest.fixture(autouse=True)
def zonder_tweede_factor(settings: Any) -> None:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False


@pytest.fixture
def baas(client: Any) -> Gebruiker:
    gebruiker = maak_gebruiker(email="baas@voorbeeld.example", is_staff=True, is_superuser=True)
    client.force_login(gebruiker)
    return gebruiker


def doe(client: Any, actie: str, *gekozen: Gebruiker) -> Any:
    gegevens = {"action": actie, "_selected_action": [gebruiker.pk for gebruiker in gekozen]}
    return client.post("/beheer/accounts/gebruiker/", gegevens, follow=True)


def test_lijst_vindt_op_adres_en_toont_geen_wachtwoord(client: Any, baas: Gebruiker) -> None:
    anna, _ = maak_gebruiker(email="anna@voorbeeld.example"), maak_gebruiker(email="bert@voorbeeld.example")
    lijst = client.get("/beheer/accounts/gebruiker/", {"q": "anna"}).content.decode()
    assert "anna@voorbeeld.example" in lijst
    assert "bert@voorbeeld.example" not in lijst
    pagina = client.get(f"/beheer/accounts/gebruiker/{anna.pk}/change/").content.decode()
    assert anna.password not in pagina
    assert 'name="password"' not in pagina


@pytest.mark.parametrize("aantal", [1, 3])
def test_lijst_vraagt_steeds_evenveel(
    client: Any, baas: Gebruiker, django_assert_num_queries: Any, aantal: int
) -> None:
    for _ in range(aantal):
        met_app(maak_gebruiker())
    # The first page of a session notes the device.
    client.get("/mijn/")
    with django_assert_num_queries(LIJST_VRAGEN):
        client.get("/beheer/accounts/gebruiker/")


def test_afsluiten_logt_overal_uit_en_staat_in_de_geschiedenis(client: Any, baas: Gebruiker) -> None:
    anna = maak_gebruiker(email="anna@voorbeeld.example")
    elders = client.__class__()
    elders.vangt = client.vangt
    elders.force_login(anna)
    assert elders.get("/mijn/").status_code == 200
    antwoord = doe(client, "afsluiten", anna, baas)
    assert "Afgesloten: 1." in antwoord.content.decode()
    anna.refresh_from_db()
    baas.refresh_from_db()
    assert (anna.is_active, baas.is_active) == (False, True)
    assert elders.get("/mijn/").status_code == 302
    assert [(regel.object_repr, regel.change_message) for regel in LogEntry.objects.all()] == [
        ("anna@voorbeeld.example", "Account afgesloten.")
    ]
    doe(client, "heropenen", anna)
    anna.refresh_from_db()
    assert anna.is_active


def test_extra_beveiliging_wissen_voor_wie_zijn_telefoon_kwijt_is(client: Any, baas: Gebruiker) -> None:
    anna, bert = met_app(maak_gebruiker()), met_app(maak_gebruiker())
    doe(client, "wis_tweede_factor", anna)
    assert (aantal_factoren(anna), aantal_factoren(bert)) == (0, 2)
    assert [(bericht.to, bericht.subject) for bericht in mail.outbox] == [
        ([anna.email], "Uw extra beveiliging is uitgezet")
    ]


def test_een_moderator_wordt_geen_hoofdbeheerder_en_sluit_er_geen_af(client: Any) -> None:
    baas = met_app(maak_gebruiker(is_staff=True, is_superuser=True))
    moderator = maak_gebruiker(is_staff=True)
    moderator.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    client.force_login(moderator)
    for wie in (moderator, baas):
        adres = f"/beheer/accounts/gebruiker/{wie.pk}/change/"
        client.post(adres, {"naam": "x", "is_superuser": "on", "is_staff": "on", "email": "weg@voorbeeld.example"})
    doe(client, "afsluiten", baas)
    doe(client, "wis_tweede_factor", baas)
    baas.refresh_from_db()
    moderator.refresh_from_db()
    assert (baas.is_active, baas.email != "weg@voorbeeld.example", moderator.is_superuser) == (True, True, False)
    assert aantal_factoren(baas) == 2


@pytest.mark.parametrize(
    "pad",
    [
        "accounts/gebruiker/add/",
        "mfa/authenticator/",
        "usersessions/usersession/",
        "socialaccount/socialtoken/",
        "account/emailaddress/",
    ],
)
def test_geheimen_van_allauth_staan_niet_in_het_beheer(client: Any, baas: Gebruiker, pad: str) -> None:
    met_app(maak_gebruiker())
    assert Authenticator.objects.exists()
    assert client.get(f"/beheer/{pad}").status_code in (403, 404)
