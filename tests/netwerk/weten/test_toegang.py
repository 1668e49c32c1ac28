"""Who × what: every address of what peers know, for everybody who may come by."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from netwerk.actions.weten.kaarten import hielp, maak_kaart
from netwerk.keuzes import Zicht
from netwerk.models import Gesprek, Lidmaatschap, Netwerk, Praktijkkaart, Vraagverzoek
from tests.fabriek import (
    maak_blokkade,
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_netwerk,
    maak_professional,
    maak_reactie,
)
from welzijnportal import privacy

WIE = [
    "bezoeker",
    "account",
    "portaal",
    "lid",
    "beheerder",
    "vrager",
    "antwoorder",
    "verwijderd",
    "gevraagde",
    "geblokkeerde",
]
LOGIN, PROFIEL = "login", "profiel"
OK, NIET = 200, 404


class Wereld:
    """A network with a question that was answered and its card, at one width, and everybody around it."""

    def __init__(self, zicht: int) -> None:
        self.mensen = {naam: maak_professional(naam=naam) for naam in WIE if naam not in ("bezoeker", "account")}
        m = self.mensen
        self.netwerk = maak_netwerk(
            beheerder=m["beheerder"], leden=(m["lid"], m["vrager"], m["antwoorder"]), zicht_gesprekken=zicht
        )
        maak_lid(self.netwerk, m["verwijderd"], status="verwijderd")
        maak_blokkade(m["vrager"], m["geblokkeerde"])
        self.gesprek = maak_gesprek(self.netwerk, m["vrager"], zicht=zicht)
        self.open = maak_gesprek(self.netwerk, m["vrager"], zicht=zicht)
        self.verzoek = Vraagverzoek.objects.create(
            gesprek=self.open, professional=m["gevraagde"], reden="omdat u het weet"
        )
        self.ander_verzoek = Vraagverzoek.objects.create(
            gesprek=self.open, professional=m["geblokkeerde"], reden="omdat u het weet"
        )
        self.gesprek.antwoord = maak_reactie(self.gesprek, m["antwoorder"])
        self.gesprek.save()
        self.kaart = maak_kaart(
            door=m["vrager"],
            velden={"titel": "Kaart", "samenvatting": "Wat", "aanpak": "Zo", "letop": "", "zicht": zicht},
            gesprek=self.gesprek,
        )

    def adres(self, wat: str) -> str:
        return {
            "kaart": f"/praktijkkaarten/{self.kaart.code}/",
            "kaart wijzigen": f"/praktijkkaarten/{self.kaart.code}/wijzigen/",
            "kaart intrekken": f"/praktijkkaarten/{self.kaart.code}/intrekken/",
            "kaart geschiedenis": f"/praktijkkaarten/{self.kaart.code}/geschiedenis/",
            "kaart instemming": f"/praktijkkaarten/{self.kaart.code}/instemming/",
            "wie weet dit": f"/gesprekken/{self.open.code}/wie-weet-dit/",
            "vraag": f"/mijn/vragen/{self.verzoek.pk}/",
            "vraag aan geblokkeerde": f"/mijn/vragen/{self.ander_verzoek.pk}/",
        }[wat]


def uitkomst(client: Any, log_in: Callable[..., Any], wereld: Wereld, wie: str, pad: str, methode: str = "get") -> Any:
    if wie == "account":
        client = log_in(maak_gebruiker())
    elif wie != "bezoeker":
        client = log_in(wereld.mensen[wie].gebruiker)
    response = getattr(client, methode)(pad)
    if response.status_code == 302:
        doel = response["Location"]
        return (
            LOGIN
            if doel.startswith("/account/login/")
            else PROFIEL
            if "/mijn/profiel/" in doel or "profiel" in doel
            else doel
        )
    return response.status_code


def tabel(**anders: Any) -> dict[str, Any]:
    """What everybody gets: nothing, unless said; visitors are sent to log in, accounts to make a profile."""
    rij = dict.fromkeys(WIE, NIET) | {"bezoeker": LOGIN, "account": PROFIEL}
    return rij | anders


def allen(*wie: str) -> dict[str, Any]:
    return dict.fromkeys(wie, OK)


BINNEN = ("lid", "beheerder", "vrager", "antwoorder")
MET_PROFIEL = tuple(naam for naam in WIE if naam not in ("bezoeker", "account"))
TABEL = {
    ("kaart", Zicht.NETWERK): tabel(**allen(*BINNEN), bezoeker=NIET, account=NIET),
    ("kaart", Zicht.PORTAAL): tabel(**allen(*MET_PROFIEL), bezoeker=NIET, account=NIET) | {"geblokkeerde": NIET},
    ("kaart", Zicht.PUBLIEK): tabel(**allen(*WIE)) | {"geblokkeerde": NIET},
    ("kaart geschiedenis", Zicht.NETWERK): tabel(**allen(*BINNEN)),
    ("kaart geschiedenis", Zicht.PUBLIEK): tabel(**allen(*MET_PROFIEL)) | {"geblokkeerde": NIET},
    ("kaart wijzigen", Zicht.NETWERK): tabel(**allen("beheerder", "vrager", "antwoorder")),
    ("kaart wijzigen", Zicht.PUBLIEK): tabel(**allen("beheerder", "vrager", "antwoorder")),
    ("kaart intrekken", Zicht.PUBLIEK): tabel(**allen("beheerder", "vrager", "antwoorder")),
    ("kaart instemming", Zicht.PUBLIEK): tabel(**allen("vrager", "antwoorder")),
    ("wie weet dit", Zicht.NETWERK): tabel(**allen("vrager"), bezoeker=LOGIN),
    ("wie weet dit", Zicht.PUBLIEK): tabel(**allen("vrager")),
    ("vraag", Zicht.PORTAAL): tabel(**allen("gevraagde")),
    ("vraag", Zicht.NETWERK): tabel(),
    ("vraag aan geblokkeerde", Zicht.PORTAAL): tabel(),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("wat", "zicht"), TABEL)
def test_wie_wat_opent(client: Any, log_in: Callable[..., Any], wat: str, zicht: int) -> None:
    wereld = Wereld(zicht)
    gekregen = {}
    for wie in WIE:
        client.logout()
        gekregen[wie] = uitkomst(client, log_in, wereld, wie, wereld.adres(wat))
    assert gekregen == TABEL[wat, zicht]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verandering", [{"plaatsing": "ingetrokken"}, {"plaatsing": "verborgen"}, {"netwerk__status": "gesloten"}]
)
def test_een_kaart_die_weg_is_bestaat_voor_niemand(
    client: Any, log_in: Callable[..., Any], verandering: dict[str, str]
) -> None:
    wereld = Wereld(Zicht.PUBLIEK)
    if "plaatsing" in verandering:
        Praktijkkaart.objects.update(**verandering)
    else:
        Netwerk.objects.update(status="gesloten")
    for wie in ("bezoeker", "lid", "vrager", "beheerder"):
        client.logout()
        assert uitkomst(client, log_in, wereld, wie, wereld.adres("kaart")) == NIET, wie
    for wat in ("kaart wijzigen", "kaart geschiedenis"):
        assert uitkomst(client, log_in, wereld, "vrager", wereld.adres(wat)) == NIET


@pytest.mark.django_db
@pytest.mark.parametrize("pad", ["hielp/", "nagekeken/", "intrekken/"])
def test_wie_de_kaart_niet_leest_verandert_niets(log_in: Callable[..., Any], pad: str) -> None:
    wereld = Wereld(Zicht.NETWERK)
    for wie in ("verwijderd", "portaal", "geblokkeerde"):
        response = log_in(wereld.mensen[wie].gebruiker).post(wereld.adres("kaart") + pad, {"doe": "wel"})
        assert response.status_code == NIET
    kaart = Praktijkkaart.objects.get()
    assert (kaart.aantal_hielp, kaart.plaatsing) == (0, "geplaatst")


@pytest.mark.django_db
def test_wie_intussen_uit_het_netwerk_is_kan_niet_meer(log_in: Callable[..., Any]) -> None:
    """A member who was removed with an open page."""
    wereld = Wereld(Zicht.NETWERK)
    maak_lid(wereld.netwerk, wereld.mensen["gevraagde"])
    client = log_in(wereld.mensen["gevraagde"].gebruiker)
    pad = wereld.adres("vraag")
    assert client.get(pad).status_code == OK
    Lidmaatschap.objects.filter(professional=wereld.mensen["gevraagde"]).update(status="verwijderd", rol="lid")
    assert client.post(pad, {"tekst": "Nog gauw een antwoord."}).status_code == NIET
    assert client.get("/mijn/vragen/").content.decode().count(wereld.open.titel) == 0
    assert Gesprek.objects.get(pk=wereld.open.pk).reacties.count() == 0


@pytest.mark.django_db
def test_van_een_ander_doet_niemand_iets_af(log_in: Callable[..., Any]) -> None:
    wereld = Wereld(Zicht.PORTAAL)
    client = log_in(wereld.mensen["lid"].gebruiker)
    assert client.post(wereld.adres("vraag") + "weet-niet/").status_code == NIET
    assert client.post(f"/gesprekken/{wereld.open.code}/wie-weet-dit/").status_code == NIET
    assert client.get(f"/mijn/vragen/{'9' * 30}/").status_code == NIET
    assert Vraagverzoek.objects.filter(afgeslagen_op=None).count() == 2


@pytest.mark.django_db
def test_gegevens_van_een_mens_gaan_mee_en_verdwijnen() -> None:
    wereld = Wereld(Zicht.PUBLIEK)
    antwoorder, lid = wereld.mensen["antwoorder"], wereld.mensen["lid"]
    hielp(kaart=wereld.kaart, door=lid, ja=True)
    gegevens = privacy.gegevens_van(wereld.mensen["gevraagde"].gebruiker)["wat u weet"]
    assert [vraag["vraag"] for vraag in gegevens["vragen die u kreeg"]] == [wereld.open.titel]
    gegevens = privacy.gegevens_van(antwoorder.gebruiker)["wat u weet"]
    assert [kaart["titel"] for kaart in gegevens["praktijkkaarten"]] == ["Kaart"]
    assert any("praktijkkaarten blijven" in zin for zin in privacy.gevolgen_voor(antwoorder.gebruiker))
    Praktijkkaart.objects.update(zicht=1, gewenst_zicht=3)
    for mens in (antwoorder, lid, wereld.mensen["gevraagde"]):
        privacy.wis(mens.gebruiker)
    kaart = Praktijkkaart.objects.get()
    assert (kaart.aantal_hielp, kaart.zicht, kaart.gewenst_zicht) == (0, 1, 1)
    assert set(kaart.schrijvers.values_list("professional__naam", flat=True)) == {"vrager"}
    assert set(Vraagverzoek.objects.values_list("professional__naam", flat=True)) == {"geblokkeerde"}
    assert timezone.now() > kaart.geplaatst_op
