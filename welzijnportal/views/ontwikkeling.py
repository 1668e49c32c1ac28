"""Pages for development alone; elsewhere their addresses do not exist."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

SEPARATOR = b"-" * 79
MAX_SHOWN = 100


def verzonden_mail() -> list[dict[str, str]]:
    """Return the mails that the file mailer wrote, newest first."""
    berichten = []
    bestanden = sorted(settings.DEVELOPMENT_MAIL_DIR.glob("*.log"), key=lambda pad: pad.stat().st_mtime, reverse=True)
    for bestand in bestanden[:MAX_SHOWN]:
        for ruw in reversed(bestand.read_bytes().split(SEPARATOR)):
            if not ruw.strip():
                continue
            bericht = message_from_bytes(ruw.strip() + b"\n", EmailMessage, policy=policy.default)
            tekst = bericht.get_body(("plain",))
            berichten.append(
                {
                    "aan": str(bericht["To"]),
                    "onderwerp": str(bericht["Subject"]),
                    "datum": str(bericht["Date"]),
                    "tekst": tekst.get_content() if tekst else "",
                }
            )
    return berichten


@login_not_required
@require_safe
def mail(request: HttpRequest) -> HttpResponse:
    return render(request, "welzijnportal/ontwikkeling_mail.html", {"berichten": verzonden_mail()})
