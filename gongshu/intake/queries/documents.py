"""Reads of documents received, narrowed to whoever reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from gongshu.core.access.actor import Actor, can, visible
from gongshu.core.orgs import queries as orgs
from gongshu.core.orgs.models import Organisation
from gongshu.intake import rules
from gongshu.intake.enums import Permission
from gongshu.intake.models import Document, SetAside
from gongshu.intake.rules.record.shape import Record

MOST_CANDIDATES = 12
HEAVY = ("raw_text", "clean_text", "repairs", "blocks", "found")


def documents_for(actor: Actor) -> QuerySet[Document]:
    """Return the documents they may see, newest first, without their texts."""
    rows = Document.objects.select_related("organisation", "received_by__person", "meeting").defer(*HEAVY)
    return visible(actor, Permission.SEE, rows.order_by("-received_at", "-pk"))


def document_for(actor: Actor, pk: int) -> Document:
    """Return one document they may see, with its draft and file; raises Http404 otherwise."""
    rows = Document.objects.select_related("organisation", "draft", "source", "meeting", "plan", "received_by__person")
    return get_object_or_404(visible(actor, Permission.SEE, rows), pk=pk)


def editable_for(actor: Actor, pk: int) -> Document:
    """Return one document they may work on; raises Http404 otherwise."""
    rows = Document.objects.select_related("organisation", "draft", "source")
    return get_object_or_404(visible(actor, Permission.EDIT, rows), pk=pk)


def received_before(organisation: Organisation, sha256: str) -> Document | None:
    """Return the document with this content already received at this desk."""
    return Document.objects.filter(organisation=organisation, sha256=sha256).first()


def set_aside_of(document: Document, actor: Actor) -> SetAside | None:
    """Return what this person could not save because another had saved first."""
    return SetAside.objects.filter(document=document, account=actor.account_id).first()


def candidates(record: Record, *, desk: Organisation) -> tuple[Organisation | None, list[Organisation]]:
    """Return the union whose meeting it was when the text names exactly one in full, and all that come into question.

    A bare 省总工会 is looked for among the desk's own line, and offered only.
    """
    certain: dict[int, Organisation] = {}
    offered: dict[int, Organisation] = {}
    for name in rules.union_names(record):
        found = orgs.find_by_name(name)
        exact = [org for org in found if name in (org.name, org.short_name)]
        if not rules.is_relative(name):
            certain.update({org.pk: org for org in exact})
            offered.update({org.pk: org for org in found})
        else:
            offered.update({org.pk: org for org in _own_line(desk, name)})
    offered.setdefault(desk.pk, desk)
    only = next(iter(certain.values())) if len(certain) == 1 else None
    return only, list(offered.values())[:MOST_CANDIDATES]


def unknown_names(record: Record) -> list[str]:
    """Return the full names the text states that no organisation in the tree bears."""
    full = [name for name in rules.union_names(record) if not rules.is_relative(name)]
    return [name for name in full if all(name not in (o.name, o.short_name) for o in orgs.find_by_name(name))]


def _own_line(desk: Organisation, name: str) -> Iterable[Organisation]:
    return [org for org in orgs.crumbs(desk) if org.name.endswith(name)]


def confirmable(actor: Actor, rows: Iterable[Organisation]) -> list[Organisation]:
    """Return those of `rows` where they may enter a record."""
    return [org for org in rows if can(actor, Permission.CONFIRM, at=org)]


def search(actor: Actor, words: str) -> list[Organisation]:
    """Return up to twelve organisations within reach whose name holds `words`."""
    rows = orgs.everywhere().filter(name__contains=words)
    return list(visible(actor, Permission.CONFIRM, rows, at="")[:MOST_CANDIDATES])
