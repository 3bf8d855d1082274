"""Ready-made objects for tests that only need one: a plan of the province, given to 铜仁市总 and its county."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from gongshu.core.files.actions import keep
from gongshu.delivery import actions
from gongshu.delivery.enums import Receivers
from gongshu.delivery.models import Assignment, Plan, Programme, ProgrammeItem, Target, Task
from tests.delivery.conftest import draft, give, held
from tests.worlds import NOW, World

OWNER, RECEIVER = "贵州省总", "松桃苗族自治县总"


def plan(world: World) -> Plan:
    """Return a plan of the province that nobody was given."""
    return actions.make_plan(draft(world), by=world.actor(OWNER), at=NOW)


def programme(world: World) -> Programme:
    """Return its programme."""
    return plan(world).programmes.get()


def item(world: World) -> ProgrammeItem:
    """Return the first item of its programme."""
    return programme(world).items.all()[0]


def task(world: World) -> Task:
    """Return its first task, which has a target."""
    return plan(world).tasks.all()[0]


def target(world: World) -> Target:
    """Return the target of its first task."""
    return task(world).targets.get()


def assignment(world: World) -> Assignment:
    """Return its last task, given to the county, reported with a file."""
    last = plan(world).tasks.all()[2]
    give(world, last, receivers=Receivers.HAND, under=[world.org(RECEIVER).pk], due_on=last.plan.ends_on)
    mine, by = held(world, last, RECEIVER), world.actor(RECEIVER)
    actions.sign(mine, by=by, at=NOW)
    file = keep(SimpleUploadedFile("总结.txt", "已办".encode()), by=by)
    return actions.report(mine, "已办", attachment=file, by=by, at=NOW)
