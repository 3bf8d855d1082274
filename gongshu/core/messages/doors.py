"""Ways out of the house. The embedded one keeps texts in an outbox; another is named in `settings.SMS_DOOR`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from gongshu.core.messages.models import Outbox, PhoneText
from gongshu.core.people.protected import sealed_field


class NotTaken(Exception):
    """A supplier did not take a text; its words say why."""


class SmsDoor(Protocol):
    """What a short-message gateway must do."""

    def send(self, accounts: Sequence[int], text: str, *, at: datetime) -> None:
        """Take a text for the given accounts, within the caller's transaction: undone with it, sent only after it."""
        ...

    def send_to(self, phone: str, text: str, *, at: datetime) -> None:
        """Take a text for a mobile number in the clear, e.g. a one-time code; it must go out within seconds.

        Raises NotTaken, or OSError where the supplier cannot be reached.
        """
        ...


class OutboxDoor:
    """Writes texts into the outbox."""

    def send(self, accounts: Sequence[int], text: str, *, at: datetime) -> None:
        """Write one row an account."""
        rows = [Outbox(account_id=account, text=text[:500], at=at) for account in accounts]
        Outbox.objects.bulk_create(rows, batch_size=2000)

    def send_to(self, phone: str, text: str, *, at: datetime) -> None:
        """Write one sealed row."""
        number, words = sealed_field(PhoneText, "phone").seal(phone), sealed_field(PhoneText, "text").seal(text)
        PhoneText.objects.create(phone=number, text=words, at=at)


def sms_door() -> SmsDoor:
    """Return the door named in the settings."""
    door: SmsDoor = import_string(settings.SMS_DOOR)()
    return door
