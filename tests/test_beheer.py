"""The admin's tables of the ground: what a member of staff may type in their addresses."""

import pytest
from django.test import Client

from tests.fabriek import maak_gebruiker

TABELLEN = ["geo/provincie", "geo/gemeente", "geo/plaats", "geo/postcode", "accounts/gebruiker"]


@pytest.fixture
def admin(db: None, settings: object) -> Client:
    settings.ADMIN_NEEDS_SECOND_FACTOR = False  # type: ignore[attr-defined]
    client = Client()
    client.force_login(maak_gebruiker(is_staff=True, is_superuser=True))
    return client


@pytest.mark.parametrize("tabel", TABELLEN)
@pytest.mark.parametrize("vraag", ["naam__regex=(", "naam__iregex=(", "email__regex=(", "q=" + "a+" * 20_000])
def test_a_hostile_question_to_a_table_is_no_error_of_ours(admin: Client, tabel: str, vraag: str) -> None:
    assert admin.get(f"/beheer/{tabel}/?{vraag}").status_code in (200, 302, 400)


def test_a_place_is_found_by_another_name(admin: Client) -> None:
    assert "Den Haag" in admin.get("/beheer/geo/plaats/?q=gravenhage").content.decode()


def test_the_dashboard_speaks_dutch_of_other_peoples_apps(admin: Client) -> None:
    html = admin.get("/beheer/").content.decode()
    for naam in ("Taken op de achtergrond", "Labels"):
        assert naam in html
    for naam in ("Tasks Database", "Task Results", "Taggit"):
        assert naam not in html
