from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organisaties.actions.doorgeefbladen import antwoord, ruim_bladen_op
from organisaties.actions.doorgeefbladen import deel as deel_regels
from organisaties.actions.doorgeven import Regel
from organisaties.keuzes import Status
from organisaties.models import Bladregel, Doorgeefblad, Doorgeeftelling, Organisatie
from organisaties.models.lijst import Antwoord
from tests.fabriek import maak_dienst, maak_gebruiker, maak_locatie, maak_organisatie
from tests.organisaties.doorgeven.stappen import bewaar, deel
from welzijnportal import onderhoud, privacy


def tellingen() -> dict[tuple[int | None, str], int]:
    rijen = Doorgeeftelling.objects.filter(aantal__gt=0)
    return {(rij.dienst_id, rij.antwoord): rij.aantal for rij in rijen}


def gedeeld(**velden: Any) -> tuple[Doorgeefblad, str, Bladregel]:
    linde = maak_organisatie(naam="De Linde", telefoon="+31301234567")
    regel = Regel(linde.pk, zin="Vraag naar Bea.")
    blad, token = deel_regels(**{"regels": [regel], "naam": "Voor u", "termijn": "week", "eigenaar": None} | velden)
    return blad, token, blad.regels.get()


@pytest.mark.django_db
def test_delen_geeft_een_link_die_zonder_account_te_lezen_is(client: Any, django_assert_num_queries: Any) -> None:
    linde = maak_organisatie(naam="De Linde", telefoon="+31301234567")
    maak_locatie(linde)
    bewaar(client, linde)
    client.post("/geef-door/", {"naam": "Voor u", f"zin_{linde.pk}": "Vraag naar Bea <b>of</b> Jan."})
    blad, token = deel(client)
    assert token not in blad.token_hash
    client.cookies.clear()
    with django_assert_num_queries(3):
        response = client.get(f"/doorgegeven/{token}/")
    html = response.content.decode()
    for tekst in ("Voor u", "De Linde", "Vraag naar Bea &lt;b&gt;of&lt;/b&gt; Jan.", "030 123 4567", "Lindelaan 12"):
        assert tekst in html, tekst
    assert response.cookies == {}
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_een_lange_lijst_kost_de_lezer_niet_meer(client: Any, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        organisatie = maak_organisatie()
        maak_locatie(organisatie)
        maak_dienst(organisatie)
        bewaar(client, organisatie)
    _, token = deel(client)
    client.cookies.clear()
    with django_assert_num_queries(3):
        client.get(f"/doorgegeven/{token}/")


@pytest.mark.django_db
@pytest.mark.parametrize(("termijn", "dagen"), [("week", 7), ("maand", 31), ("kwartaal", 92)])
def test_een_link_verloopt_en_wordt_gewist(client: Any, termijn: str, dagen: int) -> None:
    blad, token, _ = gedeeld(termijn=termijn)
    assert blad.verloopt_op - blad.gedeeld_op == timedelta(days=dagen)
    with time_machine.travel(blad.verloopt_op - timedelta(minutes=1), tick=False):
        assert ruim_bladen_op() == 0
        assert client.get(f"/doorgegeven/{token}/").status_code == 200
    with time_machine.travel(blad.verloopt_op + timedelta(seconds=1), tick=False):
        response = client.get(f"/doorgegeven/{token}/")
        assert response.status_code == 404
        assert "Deze link werkt niet meer" in response.content.decode()
        assert "Vraag naar Bea" not in response.content.decode()
        ruim_bladen_op()
    assert not Doorgeefblad.objects.exists()
    assert not Bladregel.objects.exists()


def test_het_wissen_gebeurt_elke_dag() -> None:
    assert onderhoud._daily["doorgeven"] == ruim_bladen_op


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["x", "a" * 32, "%27%20OR%201", "٣", "a" * 3000])
def test_een_verzonnen_link_geeft_een_pagina_die_het_zegt(client: Any, token: str) -> None:
    gedeeld()
    for methode in (client.get, client.post):
        response = methode(f"/doorgegeven/{token}/")
        assert response.status_code == 404
        assert "Deze link werkt niet meer" in response.content.decode()


@pytest.mark.django_db
def test_wat_later_verandert_in_de_lijst_verandert_de_link_niet(client: Any) -> None:
    linde, eik = maak_organisatie(naam="De Linde"), maak_organisatie(naam="De Eik")
    bewaar(client, linde)
    _, token = deel(client)
    bewaar(client, eik)
    client.post("/geef-door/", {f"zin_{linde.pk}": "Later bedacht."})
    Organisatie.objects.filter(pk=linde.pk).update(telefoon="+31307654321")
    html = client.get(f"/doorgegeven/{token}/").content.decode()
    assert "De Eik" not in html
    assert "Later bedacht." not in html
    assert "030 765 4321" in html


@pytest.mark.django_db
@pytest.mark.parametrize("hoe", ["archiveren", "verwijderen"])
def test_wat_er_niet_meer_is_wordt_gezegd_zonder_gegevens(client: Any, hoe: str) -> None:
    _, token, regel = gedeeld()
    linde = Organisatie.objects.filter(naam="De Linde")
    linde.update(status=Status.GEARCHIVEERD) if hoe == "archiveren" else linde.delete()
    html = client.get(f"/doorgegeven/{token}/").content.decode()
    assert "De Linde" in html
    assert "Deze organisatie staat niet meer op het Welzijnportal." in html
    assert "030" not in html
    assert f'value="{regel.pk}"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("termijn", ["", "jaar", "0", "week\x00"])
def test_een_vreemde_termijn_deelt_niets(client: Any, termijn: str) -> None:
    bewaar(client, maak_organisatie())
    html = client.post("/geef-door/delen/", {"termijn": termijn}).content.decode()
    assert "Nog niet gelukt" in html
    assert not Doorgeefblad.objects.exists()


@pytest.mark.django_db
def test_te_vaak_delen_vraagt_te_wachten(client: Any) -> None:
    bewaar(client, maak_organisatie())
    for _ in range(20):
        deel(client)
    response = client.post("/geef-door/delen/", {"termijn": "week"})
    assert response.status_code == 429
    assert "Even wachten" in response.content.decode()
    assert Doorgeefblad.objects.count() == 20


@pytest.mark.django_db
@pytest.mark.parametrize("met_account", [False, True])
def test_alleen_wie_deelde_ziet_de_link_en_trekt_hem_in(client: Any, vreemde: Any, met_account: bool) -> None:
    if met_account:
        client.force_login(vreemde)
    bewaar(client, maak_organisatie())
    blad, token = deel(client)
    eigen = dict(client.cookies)
    pad, intrekken = f"/geef-door/delen/{token}/", f"/geef-door/bladen/{blad.pk}/intrekken/"
    client.cookies.clear()
    for _ in range(2):
        assert client.get(pad).status_code == 404
        assert client.post(pad, {"email": "a@b.example"}).status_code == 404
        assert client.post(intrekken).status_code == 404
        client.force_login(maak_gebruiker())
    client.cookies.clear()
    client.cookies.update(eigen)
    response = client.get(pad)
    assert f"/doorgegeven/{token}/" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert "Link intrekken" in client.get("/geef-door/").content.decode()
    client.post(intrekken)
    assert client.get(f"/doorgegeven/{token}/").status_code == 404
    assert not Bladregel.objects.exists()
    assert mail.outbox == []


@pytest.mark.django_db
def test_intrekken_gaat_niet_met_een_get(client: Any) -> None:
    bewaar(client, maak_organisatie())
    blad, _ = deel(client)
    assert client.get(f"/geef-door/bladen/{blad.pk}/intrekken/").status_code == 405
    assert Doorgeefblad.objects.filter(pk=blad.pk).exists()


@pytest.mark.django_db
def test_de_mail_heeft_de_namen_en_de_link_en_niets_van_de_afzender(client: Any) -> None:
    linde, eik = maak_organisatie(naam="De Linde"), maak_organisatie(naam="De Eik")
    bewaar(client, linde, eik)
    client.post("/geef-door/", {"naam": "GELD VERDIENEN", f"zin_{linde.pk}": "Stort eerst geld."})
    _, token = deel(client)
    html = client.post(f"/geef-door/delen/{token}/", {"email": "jan@thuis.example"}, follow=True).content.decode()
    assert "De mail is verstuurd." in html
    assert "jan@thuis.example" not in html
    (bericht,) = mail.outbox
    assert bericht.to == ["jan@thuis.example"]
    assert bericht.reply_to == []
    assert "De Linde en De Eik" in bericht.body
    assert f"/doorgegeven/{token}/" in bericht.body
    for deel_van_mail in (bericht.subject, bericht.body, bericht.alternatives[0][0]):
        assert "GELD" not in deel_van_mail
        assert "Stort" not in deel_van_mail
    assert "jan@thuis.example" not in str(list(Doorgeefblad.objects.values())) + str(dict(client.session))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "email", ["", "geen adres", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "a@b"]
)
def test_een_fout_adres_krijgt_geen_mail(client: Any, email: str) -> None:
    bewaar(client, maak_organisatie())
    _, token = deel(client)
    response = client.post(f"/geef-door/delen/{token}/", {"email": email})
    assert "Nog niet gelukt" in response.content.decode()
    assert mail.outbox == []


@pytest.mark.django_db
def test_een_programma_krijgt_geen_mail_weg(client: Any) -> None:
    bewaar(client, maak_organisatie())
    _, token = deel(client)
    client.post(f"/geef-door/delen/{token}/", {"email": "a@b.example", "bijnaam": "bot"})
    assert mail.outbox == []


@pytest.mark.django_db
def test_te_veel_mails_vraagt_te_wachten(client: Any) -> None:
    bewaar(client, maak_organisatie())
    _, token = deel(client)
    for nummer in range(5):
        client.post(f"/geef-door/delen/{token}/", {"email": f"mens{nummer}@thuis.example"})
    response = client.post(f"/geef-door/delen/{token}/", {"email": "mens6@thuis.example"})
    assert response.status_code == 429
    assert "mens6@thuis.example" in response.content.decode()
    assert len(mail.outbox) == 5


@pytest.mark.django_db
def test_een_adres_krijgt_er_hoogstens_drie_per_dag(client: Any, settings: Any) -> None:
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "doorgeven_mail": "100/h/ip"}
    bewaar(client, maak_organisatie())
    _, token = deel(client)
    statussen = [
        client.post(f"/geef-door/delen/{token}/", {"email": adres}).status_code
        for adres in ("jan@thuis.example", "JAN@thuis.example", "jan@thuis.example", "jan@thuis.example")
    ]
    assert statussen == [302, 302, 302, 429]


@pytest.mark.django_db
def test_een_antwoord_telt_een_keer_en_is_te_veranderen(client: Any) -> None:
    _, token, regel = gedeeld()
    pad = f"/doorgegeven/{token}/"
    response = client.post(pad, {"regel": regel.pk, "antwoord": "nog_niet"})
    assert response["Location"] == f"{pad}#regel-{regel.pk}"
    assert response.cookies == {}
    client.post(pad, {"regel": regel.pk, "antwoord": "nog_niet"})
    assert tellingen() == {(None, "nog_niet"): 1}
    assert 'value="nog_niet" aria-pressed="true"' in client.get(pad).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        client.post(pad, {"regel": regel.pk, "antwoord": "ja"})
    assert tellingen() == {(None, "ja"): 1}


@pytest.mark.django_db
def test_een_antwoord_telt_bij_de_dienst_en_blijft_staan_na_het_wissen(client: Any) -> None:
    linde = maak_organisatie()
    koken = maak_dienst(linde)
    blad, token = deel_regels(regels=[Regel(linde.pk, koken.pk)], naam="", termijn="week", eigenaar=None)
    client.post(f"/doorgegeven/{token}/", {"regel": blad.regels.get().pk, "antwoord": "ja"})
    with time_machine.travel(blad.verloopt_op, tick=False):
        ruim_bladen_op()
    assert tellingen() == {(koken.pk, "ja"): 1}
    velden = {veld.name for veld in Doorgeeftelling._meta.get_fields()}
    assert velden == {"id", "organisatie", "dienst", "dag", "antwoord", "aantal"}


@pytest.mark.django_db
def test_een_antwoord_via_een_andere_link_telt_niet(client: Any) -> None:
    _, _, ander = gedeeld()
    _, token, eigen = gedeeld()
    for regel, waarde in ((ander.pk, "ja"), (eigen.pk, "misschien"), ("x", "ja"), ("9" * 40, "ja"), (eigen.pk, "")):
        assert client.post(f"/doorgegeven/{token}/", {"regel": regel, "antwoord": waarde}).status_code == 404
    assert tellingen() == {}


@pytest.mark.django_db(transaction=True)
def test_tegelijk_antwoorden_telt_een_keer() -> None:
    blad, _, regel = gedeeld()

    def doe(keuze: Antwoord) -> None:
        try:
            antwoord(blad=blad, regel=regel.pk, antwoord=keuze)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(doe, [Antwoord.JA, Antwoord.NEE] * 4))
    regel.refresh_from_db()
    assert tellingen() == {(None, regel.antwoord): 1}


@pytest.mark.django_db(transaction=True)
def test_tegelijk_via_veel_links_telt_alles() -> None:
    linde = maak_organisatie()
    bladen = [deel_regels(regels=[Regel(linde.pk)], naam="", termijn="week", eigenaar=None)[0] for _ in range(8)]

    def doe(blad: Doorgeefblad) -> None:
        try:
            antwoord(blad=blad, regel=blad.regels.get().pk, antwoord=Antwoord.JA)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(doe, bladen))
    assert tellingen() == {(None, "ja"): 8}


@pytest.mark.django_db
def test_de_database_weigert_wat_niet_kan() -> None:
    blad, _, regel = gedeeld()
    dag = timezone.localdate()
    with pytest.raises(IntegrityError, match="bladregel_een_per_organisatie"), transaction.atomic():
        Bladregel.objects.create(blad=blad, organisatie_id=regel.organisatie_id, naam="x")
    with pytest.raises(IntegrityError, match="bladregel_antwoord_bestaat"), transaction.atomic():
        Bladregel.objects.filter(pk=regel.pk).update(antwoord="soms")
    with pytest.raises(IntegrityError, match="doorgeefblad_verloopt_na_delen"), transaction.atomic():
        Doorgeefblad.objects.filter(pk=blad.pk).update(verloopt_op=blad.gedeeld_op)
    Doorgeeftelling.objects.create(organisatie_id=regel.organisatie_id, dag=dag, antwoord="ja")
    with pytest.raises(IntegrityError, match="doorgeeftelling_een_per_dag"), transaction.atomic():
        Doorgeeftelling.objects.create(organisatie_id=regel.organisatie_id, dag=dag, antwoord="ja")
    with pytest.raises(IntegrityError, match="doorgeeftelling_antwoord_bestaat"), transaction.atomic():
        Doorgeeftelling.objects.create(organisatie_id=regel.organisatie_id, dag=dag, antwoord="soms")


@pytest.mark.django_db
def test_wat_iemand_deelde_wordt_met_het_account_gewist(client: Any, vreemde: Any) -> None:
    _, token, _ = gedeeld(eigenaar=vreemde)
    (blad,) = privacy.gegevens_van(vreemde)["organisaties"]["gedeelde lijsten"]
    assert blad["adressen"][0]["zin"] == "Vraag naar Bea."
    privacy.wis(vreemde)
    assert client.get(f"/doorgegeven/{token}/").status_code == 404
    assert not Bladregel.objects.exists()
