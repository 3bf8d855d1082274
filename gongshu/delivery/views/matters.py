"""Reading which work a page names, as far as the actor may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from gongshu.core.access.actor import Actor
from gongshu.core.base.problems import Problem
from gongshu.delivery.models import Programme, Task
from gongshu.delivery.queries import plans_for
from gongshu.delivery.queries.supervision import Matter
from gongshu.delivery.queries.warmap import places_for

MOST = 300  # matters on one form
PARTS = 4


def code_of(organisation: int, plan: int, programme: int, task: int = 0) -> str:
    """Return what a form sends for a matter."""
    return f"{organisation}-{plan}-{programme}-{task}"


def matters_of(actor: Actor, codes: Iterable[str]) -> list[Matter]:
    """Return the matters that codes name, in order and each once; what the actor must not know of is left out.

    Four queries, however many codes. Tasks without a programme must be named one by one.
    """
    keys = [key for code in dict.fromkeys(codes) if (key := _read(code))][:MOST]
    orgs = places_for(actor).in_bulk({key[0] for key in keys})
    plans = plans_for(actor).filter(state="active").in_bulk({key[1] for key in keys})
    programmes = Programme.objects.filter(plan__in=plans).in_bulk({key[2] for key in keys if not key[3]})
    rows = Task.objects.filter(plan__in=plans).select_related("programme")
    tasks = rows.in_bulk({key[3] for key in keys if key[3]})
    found = []
    for org, plan, programme, task in keys:
        subject = tasks.get(task) if task else programmes.get(programme)
        if org in orgs and subject and subject.plan_id == plan:
            named = subject.programme if isinstance(subject, Task) else subject
            found.append(Matter(orgs[org], plans[plan], named, subject if isinstance(subject, Task) else None))
    return found


def left_out(codes: Collection[str]) -> list[Problem]:
    """Return the problem that more were ticked than stand on one form; none while all do."""
    if len(codes) <= MOST:
        return []
    return [Problem(f"共选了 {len(codes)} 项，一次最多督办 {MOST} 项；下面是前 {MOST} 项，其余请发出以后再选")]


def _read(code: str) -> tuple[int, int, int, int] | None:
    parts = code.split("-")
    if len(parts) != PARTS or not all(part.isdecimal() and len(part) < 19 for part in parts):
        return None
    org, plan, programme, task = map(int, parts)
    return org, plan, programme, task
