"""What is said about a network: to its beheerders, its members, who is invited, and the moderators."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.urls import reverse

from netwerk.keuzes import Rol, Seintje
from netwerk.models import Lidmaatschap, Netwerk, NetwerkSteun, Netwerkuitnodiging, Professional
from netwerk.notifications.basis import geef_kennis
from netwerk.permissions import is_moderator
from organisaties.models import Beheer
from organisaties.models.beheer import Rol as Organisatierol
from welzijnportal.http import volledige_url
from welzijnportal.mail import opstellen, verstuur, zet_in_de_rij


def beheerders_van(netwerk: Netwerk) -> list[Professional]:
    beheerders = Lidmaatschap.objects.beheerders().filter(netwerk=netwerk)
    return list(Professional.objects.actief().filter(pk__in=beheerders.values("professional")))


def _pad(netwerk: Netwerk, naam: str = "netwerk") -> str:
    return reverse(f"netwerk:{naam}", args=[netwerk.slug])


def _zeg(
    netwerk: Netwerk, aan: Iterable[Professional], tekst: str, *, pad: str = "", door: Professional | None = None
) -> int:
    return geef_kennis(
        aan=aan, soort=Seintje.NETWERK, tekst=tekst, pad=pad or _pad(netwerk), door=door, netwerk=netwerk
    )


def meld_goedgekeurd(*, netwerk: Netwerk, voorsteller: Professional) -> None:
    tekst = f"Uw netwerk ‘{netwerk}’ is goedgekeurd. U bent beheerder. Nodig de eerste mensen uit."
    _zeg(netwerk, [voorsteller], tekst, pad=_pad(netwerk, "netwerk_beheer"))


def meld_afgewezen(*, netwerk: Netwerk, voorsteller: Professional) -> None:
    tekst = f"Uw voorstel ‘{netwerk}’ gaat niet door. De reden leest u bij uw voorstel."
    _zeg(netwerk, [voorsteller], tekst, pad=reverse("netwerk:netwerken"))


def meld_nieuw_lid(*, netwerk: Netwerk, lid: Professional) -> None:
    tekst = f"{lid} is lid geworden van ‘{netwerk}’."
    _zeg(netwerk, beheerders_van(netwerk), tekst, pad=_pad(netwerk, "netwerk_leden"), door=lid)


def meld_aangenomen(*, netwerk: Netwerk, lid: Professional) -> None:
    tekst = f"{lid} nam uw uitnodiging aan en is nu lid van ‘{netwerk}’."
    _zeg(netwerk, beheerders_van(netwerk), tekst, pad=_pad(netwerk, "netwerk_leden"), door=lid)


def meld_aanvraag(*, netwerk: Netwerk, aanvrager: Professional) -> None:
    # Not with the asker as sender: who blocked somebody must still be able to answer as beheerder.
    tekst = f"{aanvrager} wil lid worden van ‘{netwerk}’. Kunt u antwoorden?"
    _zeg(netwerk, beheerders_van(netwerk), tekst, pad=_pad(netwerk, "netwerk_beheer"))


def meld_besluit(*, netwerk: Netwerk, aanvrager: Professional, ja: bool) -> None:
    if ja:
        _zeg(netwerk, [aanvrager], f"U bent lid van ‘{netwerk}’. Welkom!", pad=f"{_pad(netwerk)}?welkom=1")
    else:
        tekst = f"Uw aanvraag voor ‘{netwerk}’ is niet aangenomen."
        _zeg(netwerk, [aanvrager], tekst, pad=reverse("netwerk:netwerken"))


def meld_verwijderd(*, netwerk: Netwerk, wie: Professional) -> None:
    tekst = f"Een beheerder heeft u uit ‘{netwerk}’ gehaald. Wat u schreef, blijft staan."
    _zeg(netwerk, [wie], tekst, pad=reverse("netwerk:netwerken"))


def meld_rol(*, netwerk: Netwerk, wie: Professional, rol: Rol, door: Professional) -> None:
    if rol == Rol.BEHEERDER:
        tekst = f"U bent nu beheerder van ‘{netwerk}’. Wilt u dat niet? U kunt altijd weer gewoon lid worden."
        _zeg(netwerk, [wie], tekst, pad=_pad(netwerk, "netwerk_beheer"), door=door)
    else:
        _zeg(netwerk, [wie], f"U bent nu gewoon lid van ‘{netwerk}’, geen beheerder meer.", door=door)


def meld_opvolger(*, netwerk: Netwerk, opvolger: Professional) -> None:
    tekst = f"De beheerder van ‘{netwerk}’ is weg. U bent het langst lid en daarom nu beheerder. Liever niet? Draag het over."
    _zeg(netwerk, [opvolger], tekst, pad=_pad(netwerk, "netwerk_beheer"))


def moderatoren() -> list[str]:
    staf = get_user_model().objects.filter(is_staff=True, is_active=True)
    return [gebruiker.email for gebruiker in staf if is_moderator(gebruiker)]


def meld_zonder_beheerder(*, netwerk: Netwerk) -> None:
    link = volledige_url(reverse("admin:netwerk_netwerk_change", args=[netwerk.pk]))
    verstuur("netwerk_zonder_beheerder", aan=moderatoren(), context={"netwerk": netwerk, "link": link})


def vraag_blijven(*, netwerk: Netwerk, aan: list[Professional]) -> int:
    tekst = f"Wij zagen u een tijd niet in ‘{netwerk}’. Wilt u lid blijven? Zeg het met één klik."
    return _zeg(netwerk, aan, tekst, pad=_pad(netwerk, "netwerk_blijven"))


def vraag_of_netwerk_doorgaat(*, netwerk: Netwerk) -> None:
    tekst = (
        f"In ‘{netwerk}’ is al vier maanden geen gesprek begonnen. Gaat u door? Anders gaat het over een maand slapen."
    )
    _zeg(netwerk, beheerders_van(netwerk), tekst, pad=_pad(netwerk, "netwerk_wekken"))


def meld_slapend(*, netwerk: Netwerk) -> None:
    tekst = f"‘{netwerk}’ slaapt nu. Er is niets weg. Een nieuw gesprek of één klik maakt het weer wakker."
    _zeg(netwerk, beheerders_van(netwerk), tekst, pad=_pad(netwerk, "netwerk_wekken"))


def vraag_huisregels(*, netwerk: Netwerk) -> None:
    tekst = f"U wilde vandaag de huisregels van ‘{netwerk}’ nog eens bekijken."
    _zeg(netwerk, beheerders_van(netwerk), tekst, pad=_pad(netwerk, "netwerk_wijzigen"))


def meld_export(*, netwerk: Netwerk, door: Professional, leden: list[Professional]) -> None:
    """Tell the members that their data left the portal, and with whom; the one who did it as well."""
    tekst = f"{door} heeft de ledenlijst van ‘{netwerk}’ gedownload, met wat u daar laat zien."
    # Not with the downloader as sender: who blocked somebody has a right to this all the same.
    _zeg(netwerk, leden, tekst, pad=_pad(netwerk, "netwerk_leden"))


# Invitations, to addresses that may have no account --------------------------------------------------


def _uitnodiging_context(uitnodiging: Netwerkuitnodiging) -> dict[str, object]:
    return {
        "netwerk": uitnodiging.netwerk,
        "door": str(uitnodiging.door) if uitnodiging.door else "",
        "regel": uitnodiging.regel,
        "verloopt_op": uitnodiging.verloopt_op,
        "link": volledige_url(reverse("netwerk:netwerkuitnodiging", args=[uitnodiging.token])),
    }


def mail_uitnodiging(uitnodiging: Netwerkuitnodiging) -> None:
    verstuur("netwerk_uitnodiging", aan=uitnodiging.email, context=_uitnodiging_context(uitnodiging))


def mail_herinnering(uitnodiging: Netwerkuitnodiging, *, is_laatste: bool) -> None:
    context = {**_uitnodiging_context(uitnodiging), "is_laatste": is_laatste}
    onderwerp, tekst = opstellen("netwerk_herinnering", context)
    zet_in_de_rij([{"aan": uitnodiging.email, "onderwerp": onderwerp, "tekst": tekst}])


# Support of organisations ----------------------------------------------------------------------------


def _aan_organisatie(steun: NetwerkSteun, sjabloon: str, tekst: str) -> None:
    """Word to the beheerders of an organisation: those without a profile among peers get a mail."""
    beheer = Beheer.objects.filter(
        organisatie=steun.organisatie, rol=Organisatierol.BEHEERDER, gebruiker__is_active=True
    )
    pad = _pad(steun.netwerk, "netwerk_steunen")
    adressen = []
    met_profiel = []
    for rij in beheer.select_related("gebruiker__professional").order_by("pk"):
        professional = getattr(rij.gebruiker, "professional", None)
        if professional is None:
            adressen.append(rij.gebruiker.email)
        else:
            met_profiel.append(professional)
    _zeg(steun.netwerk, met_profiel, tekst, pad=pad)
    context = {"netwerk": steun.netwerk, "organisatie": steun.organisatie, "link": volledige_url(pad)}
    verstuur(sjabloon, aan=adressen, context=context)


def meld_steun_gevraagd(steun: NetwerkSteun) -> None:
    if steun.gevraagd_door_kant == NetwerkSteun.Kant.NETWERK:
        tekst = f"‘{steun.netwerk}’ vraagt of {steun.organisatie} het netwerk wil steunen."
        _aan_organisatie(steun, "netwerk_steun_vraag", tekst)
        return
    tekst = f"{steun.organisatie} wil ‘{steun.netwerk}’ steunen. Bevestigt u dat?"
    _zeg(steun.netwerk, beheerders_van(steun.netwerk), tekst, pad=_pad(steun.netwerk, "netwerk_steun"))


def meld_steun_bevestigd(steun: NetwerkSteun) -> None:
    tekst = f"{steun.organisatie} steunt nu ‘{steun.netwerk}’."
    if steun.gevraagd_door_kant == NetwerkSteun.Kant.NETWERK:
        _zeg(steun.netwerk, beheerders_van(steun.netwerk), tekst)
    else:
        _aan_organisatie(steun, "netwerk_steun_bevestigd", tekst)
