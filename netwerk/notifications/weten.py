"""What is said about questions that go to peers, and about cards."""

from collections.abc import Iterable

from django.urls import reverse

from netwerk.keuzes import Seintje
from netwerk.models import Gesprek, Praktijkkaart, Professional, Vraagverzoek
from netwerk.notifications.basis import geef_kennis
from welzijnportal.markdown import naar_tekst

MAX_MAILTEKST = 2000


def vraag_het(verzoek: Vraagverzoek) -> None:
    """Put a question to one peer, who answers it on the page of the question."""
    gesprek = verzoek.gesprek
    geef_kennis(
        aan=[verzoek.professional],
        soort=Seintje.WIE_WEET_DIT,
        tekst=f"Een vakgenoot heeft een vraag. Weet u het? U krijgt deze vraag {verzoek.reden}.",
        pad=reverse("netwerk:vraag", args=[verzoek.pk]),
        door=gesprek.auteur,
        netwerk=gesprek.netwerk,
        over=f"wie_weet_dit:{verzoek.pk}",
        mailtekst=(
            f"{gesprek.titel}\n\n{naar_tekst(gesprek.tekst)[:MAX_MAILTEKST]}\n\n"
            "Weet u het? Geef uw antwoord op de pagina van de vraag. "
            "Weet u het niet, of wilt u zulke vragen niet? Dat zegt u daar met één klik."
        ),
        is_te_beantwoorden=True,
    )


def meld_ronde_klaar(gesprek: Gesprek, aantal: int) -> None:
    """Tell the asker that nobody answered in three days and that others were asked, or that there is nobody left."""
    if gesprek.auteur is None:
        return
    vervolg = (
        f"Wij vroegen het nu aan nog {aantal} {'vakgenoot' if aantal == 1 else 'vakgenoten'}."
        if aantal
        else "Wij vonden nu niemand anders die het misschien weet."
    )
    geef_kennis(
        aan=[gesprek.auteur],
        soort=Seintje.WIE_WEET_DIT,
        tekst=f"Op uw vraag kwam nog geen antwoord. {vervolg}",
        pad=reverse("netwerk:wie_weet_dit", args=[gesprek.code]),
        netwerk=gesprek.netwerk,
        over=f"gesprek:{gesprek.pk}",
    )


def vraag_instemming(kaart: Praktijkkaart, aan: Iterable[Professional], door: Professional) -> None:
    """Ask those whose words are in a card whether their name may stand there and others may read it."""
    geef_kennis(
        aan=aan,
        soort=Seintje.VERMELDING,
        tekst="Iemand maakte een praktijkkaart van een gesprek waarin u schreef. Mag uw naam erbij staan?",
        pad=reverse("netwerk:praktijkkaart_instemming", args=[kaart.code]),
        door=door,
        netwerk=kaart.netwerk,
        over=f"praktijkkaart:{kaart.pk}",
    )


def meld_kaart_ruimer(kaart: Praktijkkaart, aan: Iterable[Professional], door: Professional) -> None:
    geef_kennis(
        aan=aan,
        soort=Seintje.WAARDERING,
        tekst="Iedereen van wie er woorden op uw praktijkkaart staan, vindt het goed. Meer mensen kunnen haar nu lezen.",
        pad=kaart.get_absolute_url(),
        door=door,
        netwerk=kaart.netwerk,
        over=f"praktijkkaart:{kaart.pk}",
    )


def vraag_toetsen(kaart: Praktijkkaart, aan: Iterable[Professional]) -> None:
    """Ask the writers whether a card still holds."""
    geef_kennis(
        aan=aan,
        soort=Seintje.WAARDERING,
        tekst="Klopt uw praktijkkaart nog? U wilde er rond deze tijd weer naar kijken.",
        pad=kaart.get_absolute_url(),
        netwerk=kaart.netwerk,
        over=f"praktijkkaart:{kaart.pk}",
    )
