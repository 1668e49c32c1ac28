"""Fills the networks of peers with invented people and what they said, on top of the invented organisations."""

from django.db import transaction

from netwerk.demo import berichten, contacten, gesprekken, mensen, netwerken, weten
from netwerk.models import Professional
from organisaties.demo import DEMO_ACCOUNTS
from welzijnportal.accounts.models import Gebruiker


@transaction.atomic
def vul() -> int:
    """Write peers, networks and messages where there are none yet; return how many peers there are.

    The demo accounts that exist get a profile. Does nothing when there is a profile already.
    """
    if Professional.objects.exists():
        return 0
    bekend = {gebruiker.email: gebruiker for gebruiker in Gebruiker.objects.filter(email__endswith=".example")}
    accounts = {rol: bekend[email] for email, rol, _ in DEMO_ACCOUNTS if email in bekend}
    alle = mensen.vul(accounts)
    netwerken.vul(mensen=alle)
    gesprekken.vul()
    weten.vul(mensen=alle)
    contacten.vul()
    berichten.vul()
    return len(alle)
