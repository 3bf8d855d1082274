"""Short public ids: random, easy to read aloud, with a check character that shows up a slip in typing.

Thirty-two characters (Crockford's base 32: no I, L, O, U); nine random characters carry 45 bits.
"""

import secrets

from stdnum import luhn

from gongshu.core.base.chinese import compact

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
RANDOM_LENGTH = 9


def new_id() -> str:
    """Return a new id of ten characters, the last one a Luhn check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    return body + str(luhn.calc_check_digit(body, ALPHABET))


def normal_id(text: str) -> str:
    """Return a typed id in its one written form: capitals, no blanks or hyphens, O as 0, I and L as 1."""
    return compact(text).replace("-", "").upper().translate(LOOKALIKES)


def is_id(text: str) -> bool:
    """Say whether `text` is an id that `new_id` could have made, however it is typed."""
    plain = normal_id(text)
    return len(plain) == RANDOM_LENGTH + 1 and set(plain) <= set(ALPHABET) and bool(luhn.is_valid(plain, ALPHABET))


def spaced(text: str) -> str:
    """Write an id for reading aloud: two groups of five joined by a hyphen."""
    plain = normal_id(text)
    return f"{plain[:5]}-{plain[5:]}"
