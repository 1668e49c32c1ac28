"""Tags for pages of networks, and for the page of an organisation that supports them."""

from django import template
from django.utils.safestring import SafeString

from netwerk.keuzes import Voor
from netwerk.models import Professional
from netwerk.weergave.netwerken import netwerken_van_organisatie
from organisaties.models import Organisatie
from welzijnportal.markdown import naar_html

register = template.Library()


@register.filter
def markdown(tekst: str) -> SafeString:
    """What somebody wrote, as safe HTML without pictures."""
    return naar_html(tekst)


@register.inclusion_tag("netwerk/netwerken/_mens.html")
def mens_link(mens: Professional, kijker: Professional | None) -> dict[str, object]:
    """A name, with a link to the profile for who may find it; of one for contacts alone the list of members tells."""
    niveau = Voor.LEDEN if kijker is not None else Voor.IEDEREEN
    is_zelf = kijker is not None and kijker.pk == mens.pk
    return {"mens": mens, "is_te_openen": is_zelf or mens.vindbaar_voor >= niveau}


@register.inclusion_tag("netwerk/netwerken/_van_organisatie.html")
def netwerken_van(organisatie: Organisatie) -> dict[str, object]:
    """The public networks that an organisation supports, for its page; one query."""
    return {"netwerken": netwerken_van_organisatie(organisatie)}
