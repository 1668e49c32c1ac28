import re
from typing import Any

from django.core import mail
from django.test import Client

from organisaties.models import Thema

BEGIN = "/organisaties/aanmelden/"


STAPPEN = ("naam", "aanbod", "bereikbaar", "insturen")


EMAIL = "sara@taalhuis.example"
SLACHTOFFER = "moderator@portaal.example"


def stap(client: Client, welke: str, /, **data: Any) -> Any:
    return client.post(f"{BEGIN}{welke}/", data)


def vul_in(client: Client, thema: Thema, **anders: Any) -> None:
    """Fill in the first three steps."""
    stap(client, "naam", naam=anders.get("naam", "Taalhuis De Brug"), plaats=anders.get("plaats", "Zutphen"))
    stap(client, "aanbod", kort="Samen Nederlands oefenen.", themas=thema.pk, dienst=anders.get("dienst", ""))
    response = stap(client, "bereikbaar", telefoon="0575 123456", **anders.get("bereikbaar", {}))
    assert response.url == f"{BEGIN}insturen/"


def code_uit_mail() -> str:
    gevonden = re.search(r"^(\d{4} \d{4})$", mail.outbox[-1].body, re.MULTILINE)
    assert gevonden
    return gevonden[1]


def link_uit_mail() -> str:
    gevonden = re.search(r"https?://[^/]+(/organisaties/aanmelden/bevestigen/\S+)", mail.outbox[-1].body)
    assert gevonden
    return gevonden[1]
