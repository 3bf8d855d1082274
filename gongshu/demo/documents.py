"""Documents for the demonstration: each is received at the desk of the union it tells of, and waits there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from gongshu.core.access.actor import Actor, actor_for
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.demo import people
from gongshu.demo.stages import Setting
from gongshu.intake import actions
from gongshu.intake.models import Document
from gongshu.intake.queries import candidates
from gongshu.intake.rules.reader import Read, read_document

SAMPLES = Path(__file__).parent / "samples"


def scope(setting: Setting) -> str:
    """Return the folder read, so that another folder is read too."""
    return str(setting.docs or "")


def receive_all(setting: Setting) -> str:
    """Receive every readable document of the folder; those refused are named with their reason."""
    told = Counter[str]()
    reasons = []
    for path in sorted((setting.docs or SAMPLES).iterdir()):
        if path.name.startswith(".") or not path.is_file():
            continue
        try:
            document = receive(path, setting)
        except Refused as refusal:
            reasons.append(f"“{path.name}”没有收：{refusal}")
        else:
            told[document.organisation.short_name] += 1
    where = "，".join(f"{name} {count} 份" for name, count in told.items())
    return "；".join([f"收文 {sum(told.values())} 份，待校核（{where}）", *reasons])


def receive(path: Path, setting: Setting) -> Document:
    """Receive one file at the desk it belongs to; raises Refused."""
    content = path.read_bytes()
    officer = desk_for(read_document(content, path.name), setting)
    desk = officer.desk
    if desk is None:
        raise Refused.because("演示账号没有办公桌")
    at = setting.at if setting.docs else setting.past
    return actions.receive(actions.Received(content, path.name), organisation=desk, by=officer, at=at)


def desk_for(found: Read, setting: Setting) -> Actor:
    """Return the officer whose union's meeting it was, else of the province the text names most, else the first."""
    listed = [seat.username for seat in people.SEATS]
    rows = sorted(people.seated(), key=lambda row: listed.index(row.account.username))
    officers = [actor_for(row.account, on=setting.at.date()) for row in rows if row.role == "office"]
    seats = {officer.desk.pk: officer for officer in officers if officer.desk}
    provinces = [officer for officer in officers if officer.desk and officer.desk.level == "province"]
    only, _ = candidates(found.record, desk=_desk(provinces[0]))
    if only and only.pk in seats:
        return seats[only.pk]
    text = found.reading.page.text
    return max(provinces, key=lambda officer: text.count(_desk(officer).short_name.removesuffix("省总")))


def _desk(officer: Actor) -> Organisation:
    if officer.desk is None:
        raise LookupError(f"{officer.display_name} sits nowhere")
    return officer.desk
