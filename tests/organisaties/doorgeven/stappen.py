"""What the tests of passing on do again and again."""

from typing import Any

from organisaties.models import Doorgeefblad, Organisatie


def bewaar(client: Any, *organisaties: Organisatie) -> None:
    for organisatie in organisaties:
        assert client.post("/geef-door/bewaren/", {"organisatie": organisatie.pk}).status_code == 302


def deel(client: Any, termijn: str = "maand") -> tuple[Doorgeefblad, str]:
    """Share the list of this client; return the sheet and its token."""
    response = client.post("/geef-door/delen/", {"termijn": termijn})
    assert response.status_code == 302, response.content.decode()
    return Doorgeefblad.objects.latest("pk"), response["Location"].split("/")[-2]
