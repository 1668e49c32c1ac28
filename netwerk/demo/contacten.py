"""Who knows whom among the invented people, what waits, and some private post."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from netwerk.keuzes import Voor
from netwerk.models import Contact, Introductie, Postbericht, Postdraad, Professional
from organisaties.demo import DEMO_ACCOUNTS

ZAAD = 43
REGELS = [
    "Wij spraken elkaar op de studiedag in Utrecht.",
    "Uw verhaal over de belcirkel bleef mij bij.",
    "Wij werken in dezelfde wijk, leuk om elkaar te kennen.",
    "",
]
BRIEVEN = [
    "Dag! U schreef over de eetclub in de flat. Mag ik uw draaiboek lenen? Wij willen in maart beginnen.",
    "Natuurlijk, met plezier. Ik stuur het u morgen. Let vooral op bladzijde 2: wie belt er aan bij wie niet kwam?",
    "Dank u wel. Dat aanbellen doen wij nu niet, en ik denk dat het daar misgaat. Zullen we eens bellen?",
]


def vul() -> None:
    """Write contacts, questions, an introduction and a thread; the demo professional has some of each."""
    toeval = Random(ZAAD)  # noqa: S311 - invented people, no secrets
    mensen = list(Professional.objects.order_by("pk"))
    nu = timezone.now()
    paren: set[tuple[int, int]] = set()
    for mens in mensen:
        for ander in toeval.sample(mensen, 3):
            if mens.pk != ander.pk and (ander.pk, mens.pk) not in paren:
                paren.add((mens.pk, ander.pk))
    adres = next(email for email, rol, _ in DEMO_ACCOUNTS if rol == "professional")
    ik = next((mens for mens in mensen if mens.gebruiker.email == adres), None)
    rest = [mens for mens in mensen if ik is not None and mens.pk != ik.pk]
    paren = {paar for paar in paren if ik is None or ik.pk not in paar}
    bekend, vrager, onbekend = rest[:6], rest[6], rest[7]
    paren |= {(ander.pk, ik.pk) for ander in bekend} if ik is not None else set()
    Contact.objects.bulk_create(
        Contact(
            vrager_id=een,
            gevraagde_id=ander,
            regel=toeval.choice(REGELS),
            status=Contact.Status.BEVESTIGD,
            gevraagd_op=nu - timedelta(days=toeval.randint(20, 300)),
            beantwoord_op=nu - timedelta(days=toeval.randint(1, 19)),
        )
        for een, ander in sorted(paren)
    )
    Professional.objects.filter(pk__in=[mens.pk for mens in mensen[::2]]).update(toont_kring=True)
    Professional.objects.filter(pk__in=[mens.pk for mens in mensen[::3]]).update(post_van=Voor.LEDEN)
    if ik is None:
        return
    Contact.objects.create(vrager=vrager, gevraagde=ik, regel="U schreef over huisbezoeken. Daar leer ik graag van.")
    Contact.objects.get_or_create(
        vrager=bekend[0],
        gevraagde=onbekend,
        defaults={"status": Contact.Status.BEVESTIGD, "beantwoord_op": nu - timedelta(days=3)},
    )
    Introductie.objects.create(
        vrager=bekend[1], via=ik, doel=bekend[2], regel="Ik zoek iemand die een rouwgroep is begonnen.",
        gevraagd_op=nu - timedelta(days=1),
    )  # fmt: skip
    draad = Postdraad.objects.create(
        onderwerp="Het draaiboek van de eetclub", van=bekend[0], aan=ik, laatste_nummer=3, van_gelezen=3, aan_gelezen=2,
        laatste_op=nu - timedelta(hours=5),
    )  # fmt: skip
    for nummer, tekst in enumerate(BRIEVEN, start=1):
        is_van = nummer % 2 == 1
        Postbericht.objects.create(
            draad=draad, nummer=nummer, auteur=bekend[0] if is_van else ik, is_van_begonnen=is_van, tekst=tekst,
            op=nu - timedelta(hours=5 + 20 * (3 - nummer)),
        )  # fmt: skip
