"""Columns of personal data that are sealed at rest, and their blind indexes.

A sealed value never shows itself: `str()` gives dots, `masked()` the usual mask, and only an action that asks
permission, takes a reason and writes the trail may call `reveal()` (an architecture test holds that).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.lookups import In

from gongshu.core.base.keyring import INDEX_LENGTH, KeyRing, make_ring, read_ring

DOTS = "••••••"
_held: dict[Path, tuple[int, KeyRing]] = {}


def ring_path() -> Path:
    """Return where the key ring is kept."""
    return Path(settings.HOME) / "keys.json"


def ring() -> KeyRing:
    """Return the key ring, read again whenever its file changed, so that a rotation reaches running processes."""
    path = ring_path()
    try:
        stamp = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        make_ring(path, settings.CIPHER)
        stamp = os.stat(path).st_mtime_ns
    held = _held.get(path)
    if held is None or held[0] != stamp:
        held = _held[path] = (stamp, read_ring(path))
    return held[1]


class Sealed:
    """A sealed value of a column; `column` is `app.Model.field`."""

    __slots__ = ("_mask", "column", "raw")

    def __init__(self, column: str, raw: bytes, mask: Callable[[str], str]) -> None:
        self.column, self.raw, self._mask = column, raw, mask

    def __str__(self) -> str:
        return DOTS

    def __repr__(self) -> str:
        return f"<sealed {self.column}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and (self.column, self.raw) == (other.column, other.raw)

    def __hash__(self) -> int:
        return hash((self.column, self.raw))

    @property
    def version(self) -> int:
        """Return the version of the key it is sealed with."""
        return self.raw[0]

    def masked(self) -> str:
        """Return the value with its middle hidden, as pages show it."""
        return self._mask(ring().open(self.column, self.raw))

    def reveal(self) -> str:
        """Return the plain value. For the actions that ask permission and write the trail, and for nobody else."""
        return ring().open(self.column, self.raw)


class SealedField(models.BinaryField):
    """A column of sealed text. It takes `Sealed` values only, made by `seal`; plain words are refused.

    `index` names the column of its blind index; `mask` hides the middle of the plain value. `column` names another
    column (`app.Model.field`) whose values these are on their way to: they are sealed and indexed as that one's.
    `at_once` is how many values a rotation of the keys takes into memory together: few where they are long.
    """

    _pyi_private_set_type: Sealed | None
    _pyi_private_get_type: Sealed  # type: ignore[assignment]

    def __init__(
        self,
        *args: Any,
        index: str = "",
        mask: Callable[[str], str] | None = None,
        column: str = "",
        at_once: int = 1_000,
        **kwargs: Any,
    ) -> None:
        self.index, self.mask, self.column_of, self.at_once = index, mask or (lambda text: DOTS), column, at_once
        super().__init__(*args, **kwargs)

    @property
    def column_name(self) -> str:
        """Return `app.Model.field`, which is authenticated with every value."""
        return self.column_of or f"{self.model._meta.label}.{self.name}"

    def seal(self, text: str) -> Sealed | None:
        """Return the sealed value of a text, None for an empty one."""
        return self.wrap(ring().seal(self.column_name, text)) if text else None

    def blind(self, text: str) -> bytes | None:
        """Return the blind index of a text, None for an empty one."""
        return ring().blind(self.column_name, text) if text else None

    def blinds(self, text: str) -> list[bytes]:
        """Return what a lookup must try: the blind index under every key."""
        return ring().blinds(self.column_name, text)

    def wrap(self, raw: bytes) -> Sealed:
        """Return stored bytes as a sealed value."""
        return Sealed(self.column_name, raw, self.mask)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        """Return the stored bytes as a sealed value."""
        return None if value is None else self.wrap(bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Return the bytes to store; raises TypeError for anything not sealed."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.column_name} takes sealed values only")
        return super().get_db_prep_value(None if value is None else value.raw, connection, prepared)


class BlindIndexField(models.BinaryField):
    """The blind index of a sealed column: seventeen bytes, compared for equality only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_length=INDEX_LENGTH, null=True, editable=False)
        super().__init__(*args, **kwargs)


@BlindIndexField.register_lookup
class Among(In):
    """`__among=indexes`: any of many indexes; PostgreSQL is sent them as one value, which it cuts up itself."""

    lookup_name = "among"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the condition."""
        left, values = self.process_lhs(compiler, connection)
        whole = b"".join(self.rhs)
        places = f"generate_series(1, %s, {INDEX_LENGTH}) place"
        cut = f"SELECT substring(%s::bytea FROM place FOR {INDEX_LENGTH}) FROM {places}"  # noqa: S608 - our own words
        return f"{left} = ANY(ARRAY({cut}))", (*values, whole, len(whole))


def sealed_field(model: type[models.Model], name: str) -> SealedField:
    """Return a model's sealed column."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedField):
        raise TypeError(f"{model._meta.label}.{name} is not sealed")
    return field


def put(thing: models.Model, name: str, text: str) -> None:
    """Set a sealed column of a thing together with its blind index; an empty text clears both."""
    field = sealed_field(type(thing), name)
    setattr(thing, name, field.seal(text))
    if field.index:
        setattr(thing, field.index, field.blind(text))


def hand_over(value: Sealed | None, thing: models.Model, name: str) -> None:
    """Set a sealed column to the value of another sealed column, sealed anew and shown to nobody; None clears it."""
    put(thing, name, ring().open(value.column, value.raw) if value is not None else "")


def is_same(one: Sealed | None, other: Sealed | None) -> bool:
    """Tell whether two sealed values, of whichever columns and keys, are of one text; both None is the same."""
    if one is None or other is None:
        return one is other
    return ring().open(one.column, one.raw) == ring().open(other.column, other.raw)
