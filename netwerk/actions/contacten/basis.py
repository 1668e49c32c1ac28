"""The lock under which two people begin and end what is between them."""

from netwerk.models import Contact, Professional
from netwerk.permissions import is_geblokkeerd


class ContactFout(Exception):
    """This cannot be done; the message is in Dutch, for the screen."""


WEG = "Dit kan niet (meer)."


def vergrendel(*mensen: Professional) -> None:
    """Lock people, in the order of their keys: of two who begin something with each other the second sees it.

    Their own row, for between them there is none yet. Who may not act (any more) is refused with ContactFout.
    """
    sleutels = {mens.pk for mens in mensen}
    rijen = Professional.objects.actief().select_for_update(of=("self",), no_key=True).filter(pk__in=sleutels)
    if len(rijen.order_by("pk").values_list("pk", flat=True)) != len(sleutels):
        raise ContactFout(WEG)


def eis_geen_blokkade(een: Professional, ander: Professional) -> None:
    if is_geblokkeerd(een, ander):
        raise ContactFout(WEG)


def contact_tussen(een: Professional, ander: Professional) -> Contact | None:
    return Contact.objects.tussen(een, ander).first()
