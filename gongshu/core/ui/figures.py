"""Figures, dates and masked personal data, written the official way."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

NOTHING = "—"
THIN_SPACE = "\u202f"
NEAR_DAYS = 3  # the same as clause near-due of the instrument `defaults`; a test holds them together

Figure = int | float | Decimal


def number(value: Figure | None, places: int = 0) -> str:
    """Write a number exactly, its thousands set apart by a thin space that does not break the line."""
    if value is None or value == "":
        return NOTHING
    return f"{Decimal(str(value)):,.{places}f}".replace(",", THIN_SPACE)


def wan(value: Figure | None) -> str:
    """Write a number for a wall: exact below ten thousand, then in 万 and 亿, to a tenth below a thousand of them."""
    if value is None or value == "":
        return NOTHING
    amount = Decimal(str(value))
    for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if abs(amount) >= size:
            places = 1 if abs(amount) < size * 1000 else 0
            return f"{amount / size:.{places}f}".removesuffix(".0") + word
    return number(amount)


def percent(value: Figure | None, places: int = 0) -> str:
    """Write a share (0–1) as a percentage; what has begun is not 0 % and what is not done not 100 %."""
    if value is None:
        return NOTHING
    share = Decimal(str(value)) * 100
    least = Decimal(1).scaleb(-places)
    if 0 < share < least:
        return f"不到{least}%"
    shown = min(share, 100 - least) if share < 100 else share
    return f"{shown:.{places}f}%"


def _local_date(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def in_quotes(words: str) -> str:
    """Return words between “”; marks inside them become single ones, and words already in marks keep theirs."""
    bare = words.strip().rstrip("。")
    if bare.startswith("“") and bare.find("”") == len(bare) - 1:
        return bare
    return f"“{bare.translate(str.maketrans('“”', '‘’'))}”"


def cn_date(value: date | datetime | None) -> str:
    """Write a day as 2026年11月20日."""
    if not value:
        return NOTHING
    day = _local_date(value)
    return f"{day.year}年{day.month}月{day.day}日"


def cn_time(value: datetime | None) -> str:
    """Write an instant as 2026年11月20日 14:05, in local time."""
    if not value:
        return NOTHING
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{cn_date(local)} {local:%H:%M}"


def due_words(due_on: date | datetime, today: date | None = None) -> tuple[str, str]:
    """Return the tone (overdue, near or far) and the words for a due date, computed from the days left."""
    left = (_local_date(due_on) - (today or timezone.localdate())).days
    if left < 0:
        return "overdue", f"逾期{-left}天"
    if left == 0:
        return "near", "今天到期"
    return ("near" if left <= NEAR_DAYS else "far"), f"还有{left}天"


def due(due_on: date | datetime | None, today: date | None = None) -> SafeString | str:
    """Show a due date with its computed words, coloured by how near it is."""
    if not due_on:
        return NOTHING
    tone, words = due_words(due_on, today)
    return format_html(
        '<span class="due due-{}"><time datetime="{}">{}</time> <span class="due-words">{}</span></span>',
        tone,
        _local_date(due_on).isoformat(),
        cn_date(due_on),
        words,
    )


def masked(value: str | None) -> str:
    """Mask a phone number, an identity or bank number, an e-mail address or a name so that it can be shown."""
    text = (value or "").strip()
    if not text:
        return NOTHING
    if "@" in text:
        user, _, host = text.partition("@")
        return f"{user[:1]}***@{host}"
    if re.fullmatch(r"[\d+\- ]{7,}[\dXx]", text):
        head = 3 if len(text) in (11, 18) else 0
        return text[:head] + "*" * (len(text) - head - 4) + text[-4:]
    return text[0] + "*" * max(1, len(text) - 2) + (text[-1] if len(text) > 2 else "")
