from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from taggit.models import Tag

from organisaties.actions.moderatoren import zorg_voor_moderatoren
from organisaties.zoeken import ververs
from organisaties.zoeken.motor import zoek
from organisaties.zoeken.vraag import Zoekvraag
from tests.fabriek import maak_organisatie

LIJST = "/beheer/taggit/tag/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tafel(staff: Any) -> Client:
    """A client of somebody who may do everything with labels."""
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="taggit"))
    client = Client()
    client.force_login(staff)
    return client


def test_labels_are_listed_with_how_often_they_are_used(tafel: Client, django_assert_num_queries: Any) -> None:
    maak_organisatie().labels.add("koffie")
    maak_organisatie().labels.add("koffie", "soep")
    antwoord = tafel.get(LIJST)
    assert [(label.name, label.aantal) for label in antwoord.context["cl"].result_list] == [("koffie", 2), ("soep", 1)]
    assert "<h1>Labels</h1>" in antwoord.content.decode()
    with django_assert_num_queries(6):
        tafel.get(LIJST)
    Tag.objects.create(name="thee")
    with django_assert_num_queries(6):
        tafel.get(LIJST)


@pytest.mark.parametrize(("pagina", "aantal"), [("change", 5), ("delete", 6)])
def test_the_page_of_a_label_takes_the_same_queries_however_often_it_is_used(
    tafel: Client, django_assert_num_queries: Any, pagina: str, aantal: int
) -> None:
    label = Tag.objects.create(name="koffie")
    tafel.get(f"{LIJST}{label.pk}/{pagina}/")
    for keer in (1, 5):
        for _ in range(keer):
            maak_organisatie().labels.add(label)
        with django_assert_num_queries(aantal):
            assert "koffie" in tafel.get(f"{LIJST}{label.pk}/{pagina}/").content.decode()


def test_a_label_with_another_name_or_gone_is_found_so(tafel: Client) -> None:
    organisatie = maak_organisatie()
    organisatie.labels.add("koffieklets")
    ververs([organisatie.pk])
    label = Tag.objects.get()
    assert tafel.post(f"{LIJST}{label.pk}/change/", {"name": "theeuurtje"}).status_code == 302
    assert zoek(Zoekvraag(tekst="theeuurtje")).ids == [organisatie.pk]
    assert tafel.post(f"{LIJST}{label.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Tag.objects.exists()
    assert zoek(Zoekvraag(tekst="theeuurtje")).ids == []


@pytest.mark.parametrize(
    ("naam", "melding"), [("soep", "Dit label is er al."), ("a\x00", "Null-tekens"), ("\u202ea", "bijzondere tekens")]
)
def test_a_wrong_label_is_refused_in_dutch(tafel: Client, naam: str, melding: str) -> None:
    Tag.objects.create(name="soep")
    assert melding in tafel.post(f"{LIJST}add/", {"name": naam}).content.decode()
    assert [label.name for label in Tag.objects.all()] == ["soep"]


@pytest.mark.parametrize("methode", ["get", "post"])
def test_labels_are_not_merged_here(tafel: Client, methode: str) -> None:
    Tag.objects.create(name="soep")
    antwoord = getattr(tafel, methode)(f"{LIJST}merge-tags/", {"new_tag_name": "x"})
    # Django's own: the word is taken for the key of a label, and there is none.
    assert antwoord["Location"] == f"{LIJST}merge-tags/change/"
    assert b"merge" not in tafel.get(LIJST).content
    assert [label.name for label in Tag.objects.all()] == ["soep"]


def test_staff_without_the_right_sees_and_changes_no_label(staff: Any) -> None:
    client = Client()
    client.force_login(staff)
    label = Tag.objects.create(name="soep")
    for pad in ("", "add/", f"{label.pk}/change/", f"{label.pk}/delete/"):
        assert client.get(f"{LIJST}{pad}").status_code == 403
        assert client.post(f"{LIJST}{pad}", {"name": "x", "post": "yes"}).status_code == 403
    assert [label.name for label in Tag.objects.all()] == ["soep"]


def test_a_moderator_looks_and_does_not_change(moderator: Any) -> None:
    moderator.user_permissions.set(zorg_voor_moderatoren().permissions.all())
    client = Client()
    client.force_login(moderator)
    label = Tag.objects.create(name="soep")
    assert "soep" in client.get(LIJST).content.decode()
    assert client.post(f"{LIJST}{label.pk}/change/", {"name": "x"}).status_code == 403
    assert Tag.objects.get().name == "soep"
