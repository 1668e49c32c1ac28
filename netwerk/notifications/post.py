"""What is said of private post."""

from django.urls import reverse

from netwerk.keuzes import Seintje
from netwerk.models import Postbericht, Professional
from netwerk.notifications.basis import geef_kennis
from organisaties.models import Beheer
from welzijnportal.http import volledige_url
from welzijnportal.mail import verstuur


def meld_post(brief: Postbericht) -> None:
    """Tell the other side of a letter; it goes along by mail and can be answered by mail.

    Of an organisation everybody who keeps its listing; who has no profile gets a mail that says where it is.
    """
    draad = brief.draad
    ontvanger = draad.aan if brief.is_van_begonnen else draad.van
    van = str(brief.auteur) if brief.is_van_begonnen or not draad.aan_organisatie else str(draad.aan_organisatie)
    mensen = [ontvanger] if ontvanger else []
    zonder_profiel: list[str] = []
    if brief.is_van_begonnen and draad.aan_organisatie:
        beheer = Beheer.objects.filter(organisatie=draad.aan_organisatie, gebruiker__is_active=True)
        accounts = {rij.gebruiker_id: rij.gebruiker.email for rij in beheer.select_related("gebruiker")}
        mensen = list(Professional.objects.filter(gebruiker__in=accounts))
        met = {mens.gebruiker_id for mens in mensen}
        zonder_profiel = [email for pk, email in accounts.items() if pk not in met]
    is_aan_organisatie = brief.is_van_begonnen and draad.aan_organisatie is not None
    wat = f"een bericht aan {draad.aan_organisatie}" if is_aan_organisatie else "u een persoonlijk bericht"
    geef_kennis(
        aan=mensen,
        soort=Seintje.POST,
        tekst=f"{van} stuurde {wat}.",
        pad=reverse("netwerk:postdraad", args=[draad.code]),
        door=brief.auteur,
        over=f"post:{draad.pk}",
        mailtekst=brief.tekst,
        is_te_beantwoorden=True,
    )
    if zonder_profiel:
        link = volledige_url(reverse("netwerk:postdraad", args=[draad.code]))
        context = {"organisatie": draad.aan_organisatie, "van": van, "link": link}
        verstuur("post_organisatie", aan=zonder_profiel, context=context)
