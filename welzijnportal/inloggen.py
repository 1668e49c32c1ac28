"""Who is logged in, with what every page says of them."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from netwerk.models import Kennisgeving
from welzijnportal.accounts.models import Gebruiker

# The menu says '99+' beyond this.
MEEST_ONGELEZEN = 100


class Inlogger(AuthenticationBackend):
    """Fetches the account of a request together with what waits to be read, which the menu of every page counts.

    As a query of its own it would be one more on each page of who is logged in; here it is a short walk through a
    partial index, within the query that is made anyhow.
    """

    def get_user(self, user_id: int) -> Gebruiker | None:
        wacht = Kennisgeving.objects.ongelezen().filter(ontvanger=OuterRef("pk")).order_by().values("pk")
        gebruiker = (
            Gebruiker.objects.annotate(ongelezen=ArraySubquery(wacht[:MEEST_ONGELEZEN])).filter(pk=user_id).first()
        )
        return gebruiker if gebruiker is not None and self.user_can_authenticate(gebruiker) else None
