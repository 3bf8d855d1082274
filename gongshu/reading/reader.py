"""The whole of reading: repair, segment, find, resolve, assemble."""

import re

from gongshu.reading.find.awards import awards
from gongshu.reading.find.context import Context, context
from gongshu.reading.find.dates import meeting_date, signed_date
from gongshu.reading.find.decisions import adopted, heard
from gongshu.reading.find.elections import elected
from gongshu.reading.find.groups import attendee_groups
from gongshu.reading.find.people import mentions
from gongshu.reading.find.places import place
from gongshu.reading.find.roles import Cast, roles
from gongshu.reading.find.titles import Named, kind_of, meeting_name
from gongshu.reading.formats import text_of
from gongshu.reading.model import Finding, Meeting, Page, Reading
from gongshu.reading.repair import repair
from gongshu.reading.repair.sample import is_sample_page
from gongshu.reading.resolve import doc_type, is_in_scope, is_union_meeting, organizer
from gongshu.reading.tasks import find_initiatives, find_tasks

_HONOURS = re.compile("表彰|授予|命名|嘉奖|通报表扬")


def read(source: bytes | str, name: str = "") -> Reading:
    """Read a document given as bytes or text; `name` is its file name, if it has one.

    Raises `Unreadable` with a Chinese sentence for what cannot be read.
    """
    return read_page(repair(text_of(source, name)))


def read_page(page: Page) -> Reading:
    """Read the facts and tasks of a repaired page."""
    ctx = context(page)
    kind = doc_type(ctx)
    named = meeting_name(ctx)
    body = organizer(ctx, named, kind)
    is_meeting = is_union_meeting(ctx, named.name if named else None, body)
    in_scope = is_in_scope(ctx, is_meeting, kind)
    if is_meeting and named is not None:
        meeting = _meeting(ctx, named, body)
    else:
        meeting = _paper(ctx, kind) if in_scope else Meeting()
    tasks = find_tasks(page, kind) if in_scope else []
    initiatives = find_initiatives(page) if in_scope else []
    return Reading(page, is_meeting, in_scope, kind, meeting, tasks, initiatives)


def _meeting(ctx: Context, named: Named, body: Finding | None) -> Meeting:
    """Return the facts of a meeting."""
    people = mentions(ctx)
    cast = Cast(ctx, people)
    parts = roles(cast)
    passed = adopted(ctx)
    return Meeting(
        name=named.name,
        kind=Finding(kind_of(named.name.value), named.name.span, "kind-of-name"),
        date=meeting_date(ctx, named, is_sample_page(ctx.page)),
        place=place(ctx, named.holder),
        organizer=body,
        chair=parts.chair,
        speakers=parts.speakers,
        attendees_named=parts.present,
        attendee_groups=attendee_groups(ctx, people),
        adopted=passed,
        heard=heard(ctx, passed, people),
        elected=elected(cast),
        awards=awards(ctx),
    )


def _paper(ctx: Context, kind: str) -> Meeting:
    """Return what a notice or plan without a meeting tells: who gave it out and when, and what honours it gives."""
    given = awards(ctx) if any(_HONOURS.search(ctx.words(span)) for span in ctx.titles) else []
    return Meeting(organizer=organizer(ctx, None, kind), date=signed_date(ctx), awards=given)
