"""The token of a card that somebody holds up: it says whose card it is, to us alone, and soon ends."""

from django.core import signing

from netwerk.models import Professional

_ZOUT = "netwerk.visitekaartje"
# As long as somebody holds up a phone; the page makes a new one each time it is opened.
GELDIG_SECONDEN = 15 * 60


class KaartOngeldig(Exception):
    """Not the token of a card, or of one that was held up too long ago."""


def token_van_kaart(mens: Professional) -> str:
    """Return a token that holds nothing of the person but the code of the profile, signed with this moment."""
    return signing.dumps(mens.code, salt=_ZOUT)


def code_van_kaart(token: str) -> str:
    """Return whose card a token is; KaartOngeldig for one that is not ours or has ended."""
    try:
        return str(signing.loads(token, salt=_ZOUT, max_age=GELDIG_SECONDEN))
    except signing.BadSignature as fout:
        raise KaartOngeldig from fout
