"""Pages of officers, their training, and the figures by level."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.crumbs import org_links
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.flow.shown import way
from gongshu.core.orgs.queries import within
from gongshu.core.trail.shown import lines
from gongshu.core.ui.refusals import tell
from gongshu.officers.actions import training as actions
from gongshu.officers.enums import Permission
from gongshu.officers.forms import CourseForm, RollForm
from gongshu.officers.models import Course
from gongshu.officers.queries import people as queries
from gongshu.officers.queries.needs import due_of, needs_of
from gongshu.officers.tables import COURSES, course_pill, people_table
from gongshu.organising.queries.cases import any_place_for, place_for

POSTED_BADLY = 422


@needs(Permission.SEE)
def people(request: Request) -> HttpResponse:
    """List who holds a post in office, with the training they had and still need; told by committees and courses."""
    org, on = any_place_for(request.actor, Permission.SEE, request.GET.get("at", "")), timezone.localdate()
    rules = needs_of(on, org)
    rows = queries.people_for(request.actor).filter(within(org, "committee__organisation"))
    table = people_table(rules, org, on).over(rows, request.GET)
    if table.wants_export:
        return download(request, table, "工会干部")
    context = {"org": org, "table": table, "rules": rules, "crumbs": org_links(request.actor, org)}
    return render(request, "officers/people.html", context)


@needs(Permission.SEE)
def person(request: Request, pk: int) -> HttpResponse:
    """Show an officer's record: posts held at this union and courses come to."""
    row = queries.person_for(request.actor, pk)
    org, on = row.committee.organisation, timezone.localdate()
    context = {
        "person": row,
        "org": org,
        "posts": queries.posts_of(row),
        "courses": queries.training_of(row),
        "due": due_of(row, needs_of(on, org)) if row.until_on is None else None,
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "officers/person.html", context)


@needs(Permission.SEE)
def figures(request: Request) -> HttpResponse:
    """Show figures of training and duties by organisation, of one and those directly below."""
    org, on = any_place_for(request.actor, Permission.SEE, request.GET.get("at", "")), timezone.localdate()
    found = queries.figures_below(org, on=on)
    context = {
        "org": org,
        "whole": found[0],
        "below": found[1:],
        "year": on.year,
        "rules": needs_of(on, org),
        "may_see_ledger": can(request.actor, Permission.LEDGER, at=org),
        "crumbs": org_links(request.actor, org),
    }
    return render(request, "officers/figures.html", context)


@needs(Permission.SEE)
def courses(request: Request) -> HttpResponse:
    """List the courses within reach."""
    table = COURSES.over(queries.courses_for(request.actor), request.GET)
    if table.wants_export:
        return download(request, table, "干部培训")
    desk = request.actor.desk
    may_plan = bool(desk and can(request.actor, Permission.TRAIN, at=desk))
    return render(request, "officers/courses.html", {"table": table, "may_plan": may_plan})


@needs(Permission.TRAIN)
def new_course(request: Request) -> HttpResponse:
    """Plan a course at the desk's organisation."""
    org = place_for(request.actor, Permission.TRAIN, request.GET.get("at", ""))
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            course = actions.plan(form.facts(), organisation=org, by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(course)
    return _form(request, form, "安排培训", f"主办单位：{org.name}", reverse("officers:courses"))


@needs(Permission.TRAIN)
def edit_course(request: Request, pk: int) -> HttpResponse:
    """Change a course not yet held."""
    course = queries.course_for(request.actor, pk)
    form = CourseForm(request.POST or None, initial=CourseForm.initial_of(course))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(course, form.facts(), by=request.actor, at=timezone.now())
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(course)
    return _form(request, form, "修改培训安排", course.organisation.name, course.get_absolute_url())


def _form(request: Request, form: object, heading: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "lead": lead, "back_url": back}
    status = POSTED_BADLY if request.method == "POST" else 200
    return render(request, "officers/form.html", context, status=status)


@needs(Permission.SEE)
def course(request: Request, pk: int) -> HttpResponse:
    """Show a course, who came, what may be done now."""
    return _page(request, queries.course_for(request.actor, pk))


def _page(request: Request, course: Course, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    may = can(request.actor, Permission.TRAIN, at=course.organisation)
    steps = [step for step in course.machine.steps_from(course.state) if may and step.name != "record"]
    context = {
        "course": course,
        "pill": course_pill(course),
        "way": way(course, aside=("cancelled",)),
        "came": queries.roll_of(course),
        "may_edit": may and course.state == "planned",
        "may_record": may and course.state == "planned" and course.until_on <= timezone.localdate(),
        "steps": steps,
        "problems": problems,
        "trail": lines(course),
        "crumbs": org_links(request.actor, course.organisation),
    }
    return render(request, "officers/course.html", context, status=POSTED_BADLY if problems else 200)


@needs(Permission.TRAIN)
def roll(request: Request, pk: int) -> HttpResponse:
    """Write down who came."""
    course, at = queries.course_for(request.actor, pk), timezone.now()
    offered = queries.offered(course, on=timezone.localdate(at))
    form = RollForm(request.POST or None, offered=offered, initial={"roll": RollForm.words(queries.roll_of(course))})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record(course, form.told(), by=request.actor, at=at)
        except Refused as refusal:
            tell(form, refusal.problems)
        else:
            return redirect(course)
    return _form(
        request, form, "登记参加人员", f"{course.title} · {course.organisation.name}", course.get_absolute_url()
    )


@needs(Permission.TRAIN)
@require_POST
def course_step(request: Request, pk: int, name: str) -> HttpResponse:
    """Open the roll again, or cancel the course."""
    row = queries.course_for(request.actor, pk)
    act = {"reopen": actions.reopen, "cancel": actions.cancel}.get(name)
    if act is None:
        raise Http404
    try:
        act(row, reason=request.POST.get("note", "").strip(), by=request.actor, at=timezone.now())
    except Refused as refusal:
        return _page(request, queries.course_for(request.actor, pk), tuple(refusal.problems))
    return redirect(row)
