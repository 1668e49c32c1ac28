"""A network with the viewer's place in it, in as few queries as the page of it may take."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from netwerk.keuzes import Lidstatus
from netwerk.models import Lidmaatschap, Netwerk, Professional
from netwerk.permissions import mag_leden_zien, mag_netwerk_beheren, mag_netwerk_zien
from netwerk.views.toegang import kijker_van
from netwerk.weergave.netwerken import met_streek


@dataclass(frozen=True, slots=True)
class Blik:
    """What one viewer is in one network: ``lid`` is a member's row, ``plaats`` a row of any status."""

    netwerk: Netwerk
    kijker: Professional | None
    plaats: Lidmaatschap | None

    @property
    def lid(self) -> Lidmaatschap | None:
        return self.plaats if self.plaats is not None and self.plaats.status == Lidstatus.LID else None

    @property
    def is_beheerder(self) -> bool:
        return mag_netwerk_beheren(self.netwerk, self.lid)

    @property
    def mag_leden_zien(self) -> bool:
        return mag_leden_zien(self.kijker, self.netwerk, self.lid)

    @property
    def context(self) -> dict[str, object]:
        return {
            "netwerk": self.netwerk,
            "kijker": self.kijker,
            "lid": self.lid,
            "plaats": self.plaats,
            "is_beheerder": self.is_beheerder,
            "mag_leden_zien": self.mag_leden_zien,
        }


def blik_op(request: HttpRequest, slug: str) -> Blik:
    """Fetch a network whose page this viewer may see, with its themes and region; 404 else, as for none."""
    netwerk = met_streek(Netwerk.objects.filter(slug=slug)).first()
    if netwerk is None:
        raise Http404
    kijker = kijker_van(request)
    plaats = None
    if kijker is not None:
        plaats = Lidmaatschap.objects.filter(netwerk=netwerk, professional=kijker).first()
    blik = Blik(netwerk, kijker, plaats)
    if not mag_netwerk_zien(kijker, netwerk, blik.lid):
        raise Http404
    return blik


def blik_van_beheerder(request: HttpRequest, slug: str) -> Blik:
    blik = blik_op(request, slug)
    if not blik.is_beheerder:
        raise Http404
    return blik


def blik_van_lid(request: HttpRequest, slug: str) -> tuple[Blik, Lidmaatschap]:
    blik = blik_op(request, slug)
    if blik.lid is None:
        raise Http404
    return blik, blik.lid
