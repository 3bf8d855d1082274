"""Joins in a second at sixteen connections, with counters, trail and inbox, beside bare inserts; by pgbench."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from pathlib import Path

from django.db import connection
from django.utils import timezone

from benchmarks._world import verdict
from gongshu.core.access.actor import system_actor
from gongshu.core.orgs.models import Organisation
from gongshu.core.people.identity import PersonFacts
from gongshu.members.actions import joining, tallies

FEWEST, CLIENTS, SECONDS = 3_000, 16, 10
PERSON = """INSERT INTO people_person (name, id_number, id_index, phone, phone_index, gender)
VALUES ('测量', decode(md5(random()::text), 'hex'), decode(md5(random()::text || :org), 'hex'), decode(md5('b'), 'hex'),
 decode(md5(random()::text), 'hex'), 'm') RETURNING id AS person \\gset
"""
MEMBER = """INSERT INTO members_membership (person_id, organisation_id, name, gender, form, is_real_name, has_phone,
 employer, employer_code, source, applied_at, was_parked, due_on, reason, state, state_since)
VALUES (:person, :org, '测量', 'm', 'staff', true, true, '', '', 'phone', now(), false, current_date, '', 'applied',
 now())
RETURNING id AS member \\gset
"""
COUNTER = """INSERT INTO members_tally (organisation_id, pending) VALUES (:org, 1)
 ON CONFLICT (organisation_id) DO UPDATE SET pending = members_tally.pending + excluded.pending;
"""
BESIDE = """INSERT INTO trail_entry (at, who, organisation_id, verb, kind, object_id, summary, detail, clause)
 VALUES (now(), '测量', :org, 'start', 'members.membership', :member, '申请入会：测量', '{}', '');
INSERT INTO flow_openitem (kind, object_id, organisation_id, permission, title, url, state, due_on, opened_at)
 VALUES ('members.membership', :member, :org, 'members.approve', '测量申请入会', '/', 'applied', current_date, now());
"""


def rate(script: str, span: tuple[int, int]) -> float:
    """Return the transactions a second of a script whose `:org` is drawn from a span of keys."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql", delete=False) as file:
        file.write(f"\\set org random({span[0]}, {span[1]})\nBEGIN;\n{script}COMMIT;\n")
    place = connection.settings_dict
    command = [
        "pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS), "-f", file.name,
        "-h", str(place["HOST"]), "-p", str(place["PORT"] or 5432), "-U", str(place["USER"]), str(place["NAME"]),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    Path(file.name).unlink()
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


def through_python(span: tuple[int, int], number: int = 300) -> float:
    """Return the joins a second of one process through the action itself."""
    unions = list(Organisation.objects.filter(pk__range=span).order_by("pk")[:number])
    by, at = system_actor("测量"), timezone.now()
    started = time.perf_counter()
    for place in unions:
        joining.apply(joining.NewMember(PersonFacts("测量"), "staff"), organisation=place, by=by, at=at)
    return number / (time.perf_counter() - started)


def run() -> bool:
    """Measure bare inserts, then joins with all that goes with them."""
    keys = Organisation.objects.filter(depth=6).order_by("pk").values_list("pk", flat=True)
    span = (keys[0], keys[keys.count() - 1])
    print(f"经程序（一个进程，含查重、规则、加密）：每秒 {through_python(span):,.0f} 次")
    bare = rate(PERSON + MEMBER, span)
    counted = rate(PERSON + MEMBER + COUNTER, span)
    whole = rate(PERSON + MEMBER + COUNTER + BESIDE, span)
    print(f"{CLIENTS} 个连接，只插入人员和会籍：每秒 {bare:,.0f} 次")
    print(f"{CLIENTS} 个连接，连同计数：每秒 {counted:,.0f} 次（{counted / bare:.0%}）")
    print(f"{CLIENTS} 个连接，连同计数、留痕、待办：每秒 {whole:,.0f} 次（{whole / bare:.0%}）")
    tallies.rebuild()
    return verdict(f"入会连同计数每秒不少于 {FEWEST:,} 次（{counted:,.0f}）", counted >= FEWEST)
