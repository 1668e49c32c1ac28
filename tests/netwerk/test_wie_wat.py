"""Who × what, for every address of the peers: to whom a closed thing is there at all.

Each address is asked with something of Anna's that is as closed as can be, and once more with something that does
not exist. Somebody to whom it is not there gets the same answer twice, to a GET and to a POST.
"""

import re
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.db import transaction
from django.urls import reverse

from netwerk.actions.contacten.uitnodigen import nodig_uit
from netwerk.actions.netwerken.uitnodigen import maak_link
from netwerk.actions.netwerken.uitnodigen import nodig_uit as nodig_uit_in_netwerk
from netwerk.actions.post import schrijf
from netwerk.keuzes import Lidstatus, Plaatsing, Toelating, Voor
from netwerk.models import Introductie, Kaartschrijver, Praktijkkaart, Professional, Vraagverzoek
from netwerk.urls import urlpatterns
from tests.fabriek import (
    maak_bericht,
    maak_blokkade,
    maak_contact,
    maak_gebruiker,
    maak_gesprek,
    maak_lid,
    maak_netwerk,
    maak_organisatie,
    maak_professional,
    maak_reactie,
)

pytestmark = pytest.mark.django_db

ROLLEN = ("bezoeker", "account", "vreemde", "geblokkeerde", "verwijderde", "contact", "lid", "anna")
NEP = {"code": "zzzzzzzzzzzz", "slug": "bestaat-niet", "pk": 2**40, "token": "nee", "nummer": 9999}
INVOER = {
    "tekst": "Dag",
    "regel": "Dag",
    "doe": "wel",
    "antwoord": "nee",
    "reden": "onveilig",
    "onderwerp": "Dag",
    "actie": "volg",
}
# To whom it is there; to all others of ROLLEN it is as if it were not. Without a line here it is there to nobody.
WIE = {
    **dict.fromkeys(
        (
            "mens",
            "mens_vcard",
            "bericht",
            "bericht_antwoorden",
            "bericht_waarderen",
            "bericht_doorgeven",
            "postdraad",
            "post_opruimen",
        ),
        frozenset({"contact", "anna"}),
    ),
    **dict.fromkeys(
        (
            "netwerk",
            "netwerk_leden",
            "netwerk_expertise",
            "netwerk_lid_worden",
            "netwerk_verlaten",
            "netwerk_mijn_plek",
            "netwerk_blijven",
            "netwerk_wekken",
            "netwerk_steunen",
            "netwerk_gesprekken",
            "gesprek_toevoegen",
            "mailvoorkeuren_netwerk",
            "gesprek",
            "gesprek_versies",
            "reactie_versies",
            "reactie_doen",
            "gesprek_doen",
            "praktijkkaart",
            "praktijkkaart_geschiedenis",
            "praktijkkaart_hielp",
        ),
        frozenset({"lid", "anna"}),
    ),
    **dict.fromkeys(
        (
            "netwerk_leden_export",
            "netwerk_wijzigen",
            "netwerk_beheer",
            "netwerk_beheer_leden",
            "netwerk_beheer_lid",
            "netwerk_uitnodigen",
            "netwerk_uitnodiging_intrekken",
            "netwerk_links",
            "netwerk_link",
            "netwerk_steun",
            "wie_weet_dit",
            "gesprek_wijzigen",
            "reactie_wijzigen",
            "concept",
            "praktijkkaart_wijzigen",
            "praktijkkaart_intrekken",
            "praktijkkaart_instemming",
            "praktijkkaart_nagekeken",
            "bericht_intrekken",
            "vraag",
            "vraag_weet_niet",
            "contactuitnodiging_intrekken",
            "introductie",
            "medewerkers",
        ),
        frozenset({"anna"}),
    ),
    **dict.fromkeys(
        (
            "contact_vragen",
            "contact_beeindigen",
            "introductie_vragen",
            "post_schrijven",
        ),
        frozenset({"contact"}),
    ),
}
# What names nothing of anybody, what is one's own, and what by design goes by the code or the token alone: blocking and
# reporting must be possible for who is blocked, and tokens have tests of their own.
ELDERS = {
    *("mensen", "profiel", "profiel_maken", "werk", "profiel_foto", "profiel_zicht", "profiel_stand", "kaart"),
    *("profiel_voorbeeld", "profiel_blok", "netwerken", "netwerken_atom", "netwerk_voorstellen", "gesprekken"),
    *("praktijkkaarten", "praktijkkaarten_atom", "praktijkkaart_schrijven", "vragen", "vragen_per_maand", "artikelen"),
    *(
        "artikelen_atom",
        "artikel_schrijven",
        "concepten",
        "berichten",
        "berichten_mijn_organisatie",
        "bericht_schrijven",
    ),
    *("gevolgd", "berichten_label", "berichten_label_feed", "contacten", "geblokkeerd", "contact_uitnodigen"),
    *("contact_link", "post", "kennisgevingen", "kennisgevingen_lezen", "mailvoorkeuren"),
    *("kaart_openen", "netwerkuitnodiging", "netwerklink", "contactuitnodiging", "kennisgevingen_afmelden"),
    *("blokkeren", "signaleren", "volgen", "volger_verwijderen", "dempen", "berichten_van", "berichten_van_feed"),
}


class Tafereel:
    """Anna and what is hers, with the others around her."""

    def __init__(self) -> None:
        gesloten = {"zicht_pagina": 1, "zicht_leden": 1, "zicht_gesprekken": 1, "toelating": Toelating.UITNODIGING}
        self.mensen = {rol: maak_professional(naam=f"{rol.title()} Peer") for rol in ROLLEN[2:]}
        self.anna = anna = self.mensen["anna"]
        Professional.objects.filter(pk=anna.pk).update(
            vindbaar_voor=Voor.CONTACTEN, post_van=Voor.CONTACTEN, foto="fotos/x.png", foto_voor=Voor.CONTACTEN
        )
        anna.refresh_from_db()
        self.netwerk = maak_netwerk(beheerder=anna, leden=(self.mensen["lid"],), **gesloten)
        maak_lid(self.netwerk, self.mensen["verwijderde"], status=Lidstatus.VERWIJDERD)
        lid = self.netwerk.lidmaatschappen.get(professional=self.mensen["lid"])
        maak_blokkade(anna, self.mensen["geblokkeerde"])
        maak_contact(anna, self.mensen["contact"])
        self.gesprek = maak_gesprek(self.netwerk, anna, zicht=1)
        reactie = maak_reactie(self.gesprek, anna)
        self.concept = maak_gesprek(self.netwerk, anna, zicht=1, plaatsing=Plaatsing.CONCEPT)
        self.kaart = Praktijkkaart.objects.create(titel="Kaart", aanpak="Zo.", netwerk=self.netwerk, zicht=1)
        Kaartschrijver.objects.create(kaart=self.kaart, professional=anna)
        self.bericht = maak_bericht(anna, zicht=1, kring=anna)
        self.draad = schrijf(van=anna, aan=self.mensen["contact"], onderwerp="Stil", tekst="Voor u alleen.")
        maak_contact(anna, derde := maak_professional())
        introductie = Introductie.objects.create(vrager=derde, via=anna, doel=maak_professional(), regel="Dag")
        vraag = Vraagverzoek.objects.create(gesprek=maak_gesprek(maak_netwerk(zicht_gesprekken=3)), professional=anna)
        organisatie = maak_organisatie(status="concept", beheerder=anna.gebruiker)
        code, slug = {"code": anna.code}, {"slug": self.netwerk.slug}
        gesprek, kaart, bericht = {"code": self.gesprek.code}, {"code": self.kaart.code}, {"code": self.bericht.code}
        uitnodiging = nodig_uit_in_netwerk(netwerk=self.netwerk, email="gast@voorbeeld.example", door=anna)
        link = maak_link(netwerk=self.netwerk, naam="Folder", door=anna)
        eigen = nodig_uit(door=anna, email="gast@voorbeeld.example")
        self.dingen: dict[str, dict[str, Any]] = {
            **dict.fromkeys(("mens", "foto", "niet_passend"), code),
            "mens_vcard": {**code, "versie": "3.0"},
            **{p.name: slug for p in urlpatterns if str(p.pattern).startswith("netwerken/<slug:slug>/")},  # type: ignore[union-attr]
            "netwerk_beheer_lid": {**slug, "pk": lid.pk},
            "netwerk_uitnodiging_intrekken": {**slug, "pk": uitnodiging.pk},
            "netwerk_link": {**slug, "pk": link.pk},
            "mailvoorkeuren_netwerk": slug,
            **{p.name: gesprek for p in urlpatterns if str(p.pattern).startswith("gesprekken/<slug:code>/")},  # type: ignore[union-attr]
            **{
                n: {**gesprek, "nummer": reactie.nummer}
                for n in ("reactie_versies", "reactie_wijzigen", "reactie_doen")
            },
            "concept": {"code": self.concept.code},
            **{p.name: kaart for p in urlpatterns if str(p.pattern).startswith("praktijkkaarten/<slug:code>/")},  # type: ignore[union-attr]
            **{p.name: bericht for p in urlpatterns if str(p.pattern).startswith("berichten/<slug:code>/")},  # type: ignore[union-attr]
            "vraag": {"pk": vraag.pk},
            "vraag_weet_niet": {"pk": vraag.pk},
            "contactuitnodiging_intrekken": {"pk": eigen.pk},
            "introductie": {"pk": introductie.pk},
            **dict.fromkeys(
                ("contact_vragen", "contact_antwoord", "contact_intrekken", "contact_beeindigen", "introductie_vragen"),
                code,
            ),
            "post_schrijven": code,
            "post_organisatie": {"slug": organisatie.slug},
            "postdraad": {"code": self.draad.code},
            "post_opruimen": {"code": self.draad.code},
            "medewerkers": {"slug": organisatie.slug},
            "berichten_organisatie": {"slug": organisatie.slug},
            "berichten_organisatie_feed": {"slug": organisatie.slug},
        }


def antwoorden(client: Any, naam: str, args: dict[str, Any], echt: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Return what a GET and a POST give, with what only says which thing it was about made the same."""
    uit = []
    for manier in ("get", "post"):
        response = getattr(client, manier)(reverse(f"netwerk:{naam}", kwargs=args), INVOER if manier == "post" else {})
        tekst = b"".join(response.streaming_content) if response.streaming else response.content
        kaal = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", tekst.decode(errors="replace"))
        waar = response.headers.get("Location", "")
        pad, nep = reverse(f"netwerk:{naam}", kwargs=args), reverse(f"netwerk:{naam}", kwargs=nagemaakt(echt))
        for woorden in (str, quote, quote_plus):
            kaal, waar = kaal.replace(woorden(pad), woorden(nep)), waar.replace(woorden(pad), woorden(nep))
        uit.append((response.status_code, waar, kaal))
    return uit


def nagemaakt(echt: dict[str, Any]) -> dict[str, Any]:
    """The same words for something that does not exist."""
    return {sleutel: NEP.get(sleutel, waarde) for sleutel, waarde in echt.items()}


@pytest.mark.parametrize("rol", ROLLEN)
def test_wie_niet_mag_ziet_hetzelfde_als_bij_wat_er_niet_is(client: Any, rol: str, settings: Any) -> None:
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "100000/h/key")
    tafereel = Tafereel()
    if rol == "account":
        client.force_login(maak_gebruiker())
    elif rol != "bezoeker":
        client.force_login(tafereel.mensen[rol].gebruiker)
    ziet = set()
    for naam, echt in tafereel.dingen.items():
        uitkomsten = []
        for args in (echt, nagemaakt(echt)):
            # What one address did must not change what the next one shows.
            with transaction.atomic():
                uitkomsten.append(antwoorden(client, naam, args, echt))
                transaction.set_rollback(True)
        if uitkomsten[0] != uitkomsten[1]:
            ziet.add(naam)
    assert ziet == {naam for naam, wie in WIE.items() if rol in wie}


def test_elk_adres_staat_in_de_tabel_of_heeft_een_reden() -> None:
    assert {patroon.name for patroon in urlpatterns} == {*Tafereel().dingen, *ELDERS}  # type: ignore[union-attr]
    assert not ELDERS & set(WIE)
