"""What is said of contacts, introductions, personal invitations and reports."""

from django.contrib.auth import get_user_model
from django.urls import reverse

from netwerk.keuzes import Seintje
from netwerk.models import Contact, Contactuitnodiging, Introductie, Professional, Signaal
from netwerk.notifications.basis import geef_kennis
from netwerk.permissions import is_moderator
from welzijnportal.http import volledige_url
from welzijnportal.mail import verstuur


def _zeg(aan: Professional, tekst: str, pad: str, *, door: Professional | None, over: str) -> None:
    geef_kennis(aan=[aan], soort=Seintje.CONTACT, tekst=tekst, pad=pad, door=door, over=over)


def meld_vraag(contact: Contact) -> None:
    _zeg(
        contact.gevraagde,
        f"{contact.vrager} wil contact met u.",
        reverse("netwerk:contact_vragen", args=[contact.vrager.code]),
        door=contact.vrager,
        over=f"contact:{contact.pk}",
    )


def meld_aangenomen(contact: Contact, *, door: Professional) -> None:
    _zeg(
        contact.ander(door),
        f"{door} en u zijn nu contacten.",
        reverse("netwerk:mens", args=[door.code]),
        door=door,
        over=f"contact:{contact.pk}",
    )


def meld_introductie_gevraagd(introductie: Introductie) -> None:
    _zeg(
        introductie.via,
        f"{introductie.vrager} vraagt of u iemand wilt voorstellen.",
        reverse("netwerk:introductie", args=[introductie.pk]),
        door=introductie.vrager,
        over=f"introductie:{introductie.pk}",
    )


def meld_introductie(introductie: Introductie) -> None:
    _zeg(
        introductie.doel,
        f"{introductie.via} stelt iemand aan u voor.",
        reverse("netwerk:introductie", args=[introductie.pk]),
        door=introductie.via,
        over=f"introductie:{introductie.pk}",
    )


def meld_voorgesteld(*, vrager: Professional, via: Professional, doel: Professional) -> None:
    """Tell who asked, and who introduced them, that the two are contacts now."""
    pad = reverse("netwerk:mens", args=[doel.code])
    _zeg(vrager, f"{doel} en u zijn nu contacten, dank zij {via}.", pad, door=doel, over="")
    pad = reverse("netwerk:mens", args=[vrager.code])
    _zeg(via, f"{vrager} en {doel} zijn nu contacten. Dank u wel.", pad, door=None, over="")


def meld_uitnodiging_aangenomen(*, uitnodiging: Contactuitnodiging, door: Professional) -> None:
    _zeg(
        uitnodiging.door,
        f"{door} nam uw uitnodiging aan. U bent nu contacten.",
        reverse("netwerk:mens", args=[door.code]),
        door=door,
        over="",
    )


def mail_uitnodiging(uitnodiging: Contactuitnodiging) -> None:
    """Mail an invitation to an address that may have no account; the mail tells the sender's name and line alone."""
    verstuur(
        "contact_uitnodiging",
        aan=uitnodiging.email,
        context={
            "door": uitnodiging.door.naam,
            "regel": uitnodiging.regel,
            "link": volledige_url(reverse("netwerk:contactuitnodiging", args=[uitnodiging.token])),
            "verloopt_op": uitnodiging.verloopt_op,
        },
    )


def mail_moderators() -> None:
    """Tell the moderators that a report waits; what it says stands on the portal alone."""
    staf = get_user_model().objects.filter(is_staff=True, is_active=True)
    adressen = [mens.email for mens in staf if is_moderator(mens)]
    if adressen:
        link = volledige_url(reverse("admin:netwerk_signaal_wachtrij"))
        verstuur("signaal_nieuw", aan=adressen, context={"link": link})


def meld_afgehandeld(signaal: Signaal) -> None:
    if signaal.door is None:
        return
    kop = "Wij keken naar uw melding" + (
        " en deden er iets aan." if signaal.status == Signaal.Status.GEDAAN else ". Wij veranderen niets."
    )
    _zeg(
        signaal.door,
        f"{kop} {signaal.besluit}".strip(),
        reverse("netwerk:contacten"),
        door=None,
        over=f"signaal:{signaal.pk}",
    )
