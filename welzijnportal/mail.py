"""How mail is sent: a text template becomes plain text and simple HTML, queued after the commit.

A template ``mail/<name>.txt`` starts with ``Onderwerp: …``, then a blank line, then plain text in
paragraphs. In the HTML part a paragraph that is one web address becomes a button, labelled by the line
before it when that ends with a colon.
"""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.tasks import task
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join, urlize
from django.utils.safestring import SafeString, mark_safe
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

_ADDRESS = re.compile(r"https?://\S+")


def verstuur(
    sjabloon: str,
    *,
    aan: str | list[str],
    context: dict[str, Any] | None = None,
    antwoord_aan: str = "",
    afmeld_url: str = "",
) -> None:
    """Render ``mail/<sjabloon>.txt`` now and queue one message per address after the commit.

    Each address gets its own message, so that nobody sees another's. Raises TemplateDoesNotExist. A mail program
    shows a button to stop that posts to ``afmeld_url`` (RFC 8058).
    """
    onderwerp, tekst = opstellen(sjabloon, context or {})
    for adres in [aan] if isinstance(aan, str) else aan:
        bericht = {
            "aan": adres,
            "onderwerp": onderwerp,
            "tekst": tekst,
            "antwoord_aan": antwoord_aan,
            "afmeld_url": afmeld_url,
        }
        transaction.on_commit(partial(verstuur_mail.enqueue, **bericht))


def zet_in_de_rij(berichten: Iterable[dict[str, str]]) -> None:
    """Queue messages (``aan``, ``onderwerp``, ``tekst``) as part of the running transaction, with one query for all.

    They go out if, and only if, what stands beside them in the transaction is committed. ``verstuur`` queues after
    the commit: a process that dies between the two leaves the fact without its mail.
    """
    alle = [{"antwoord_aan": "", **bericht} for bericht in berichten]
    if not isinstance(verstuur_mail.get_backend(), DatabaseBackend):
        # The queue is elsewhere (at once, in tests), so it cannot be part of the transaction.
        for bericht in alle:
            transaction.on_commit(partial(verstuur_mail.enqueue, **bericht))
        return
    DBTaskResult.objects.bulk_create(
        DBTaskResult(
            args_kwargs={"args": [], "kwargs": bericht},
            # After the mails that somebody waits for, such as a code to log in with.
            priority=-10,
            run_after=timezone.now(),
            task_path=verstuur_mail.module_path,
            queue_name=verstuur_mail.queue_name,
            backend_name=verstuur_mail.backend,
        )
        for bericht in alle
    )


def opstellen(sjabloon: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return subject and plain text of a mail template; the subject is always one line."""
    kader = Context({**context, "site_url": settings.SITE_URL}, autoescape=False)
    ruw = Engine.get_default().get_template(f"mail/{sjabloon}.txt").render(kader)
    kop, _, tekst = "\n".join(ruw.strip().splitlines()).partition("\n\n")
    onderwerp = " ".join(kop.removeprefix("Onderwerp:").split())
    # Template tags on lines of their own leave runs of blank lines.
    return onderwerp[:200], re.sub(r"\n{3,}", "\n\n", tekst).strip() + "\n"


def als_html(onderwerp: str, tekst: str) -> str:
    """Return the simple HTML part of a plain text; everything in it is escaped."""
    delen: list[SafeString] = []
    knop = ""
    for alinea in re.split(r"\n\s*\n", tekst.strip()):
        kaal = alinea.strip()
        # Only our own pages get a button: what a visitor wrote may stand in a mail too.
        if _ADDRESS.fullmatch(kaal) and kaal.startswith(f"{settings.SITE_URL}/"):
            delen.append(format_html('<p><a class="knop" href="{}">{}</a></p>', kaal, knop or kaal))
            knop = ""
            continue
        knop = kaal.rstrip(":") if kaal.endswith(":") and len(kaal) < 50 and "\n" not in kaal else ""
        if not knop:
            regels = mark_safe("<br>".join(urlize(escape(regel)) for regel in kaal.splitlines()))  # noqa: S308
            delen.append(format_html("<p>{}</p>", regels))
    inhoud = format_html_join("\n", "{}", ((deel,) for deel in delen))
    return render_to_string(
        "mail/basis.html", {"onderwerp": onderwerp, "inhoud": inhoud, "site_url": settings.SITE_URL}
    )


def bezorg(*, aan: str, onderwerp: str, tekst: str, antwoord_aan: str = "", afmeld_url: str = "") -> None:
    """Hand one message to the mail server; raises what the mailer raises, so that the task is tried again."""
    bericht = EmailMultiAlternatives(
        subject=onderwerp,
        body=tekst,
        to=[aan],
        reply_to=[antwoord_aan] if antwoord_aan else None,
        headers={"Auto-Submitted": "auto-generated", **_afmeldkoppen(afmeld_url)},
    )
    bericht.attach_alternative(als_html(onderwerp, tekst), "text/html")
    bericht.send()


def _afmeldkoppen(url: str) -> dict[str, str]:
    """Return the headers of RFC 2369 and RFC 8058 for one-click unsubscription."""
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if url else {}


@task()
def verstuur_mail(*, aan: str, onderwerp: str, tekst: str, antwoord_aan: str = "", afmeld_url: str = "") -> None:
    """Deliver one queued mail."""
    bezorg(aan=aan, onderwerp=onderwerp, tekst=tekst, antwoord_aan=antwoord_aan, afmeld_url=afmeld_url)
