"""Supervision notices: the list, one notice, sending, answering, closing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.base.problems import Problem, Refused
from gongshu.core.exports.handing import download
from gongshu.core.files.queries import earlier
from gongshu.core.flow.shown import way
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import within
from gongshu.core.trail.shown import lines as trail_lines
from gongshu.core.ui.figures import cn_date, in_quotes
from gongshu.core.ui.refusals import tell
from gongshu.core.ui.shapes import Link
from gongshu.delivery.actions import supervision as acting
from gongshu.delivery.enums import Permission
from gongshu.delivery.forms import AnswerForm, ConclusionForm, NoteForm, SuperviseForm
from gongshu.delivery.models import Plan, Programme, SupervisionNotice
from gongshu.delivery.queries import supervision as queries
from gongshu.delivery.queries.supervision import Matter
from gongshu.delivery.tables import NoticeChoices, notice_pill, notice_table, then_pill, timeliness
from gongshu.delivery.views.matters import matters_of
from gongshu.delivery.views.shared import file_of, kept, take


@needs(Permission.SEE)
def listing(request: Request) -> HttpResponse:
    """List the notices within reach, sent and received; `?export=xlsx` downloads them."""
    rows = queries.notices_for(request.actor)
    table = notice_table(_choices(request, rows), on=timezone.localdate()).over(rows, request.GET)
    if table.wants_export:
        return download(request, table, "督办台账")
    return render(request, "delivery/notices.html", {"table": table})


def _choices(request: Request, rows: QuerySet[SupervisionNotice]) -> NoticeChoices:
    """Return what the notices within reach may be narrowed to: three queries."""
    own = request.actor.organisation_id
    keys = rows.order_by()
    plans = Plan.objects.filter(notices__in=keys).distinct().values_list("pk", "title")
    programmes = Programme.objects.filter(notices__in=keys).distinct().order_by("name").values_list("pk", "name")
    orgs = {str(org.pk): org for org in Organisation.objects.filter(notices__in=keys).distinct().order_by("path")}
    return NoticeChoices(
        plans=[(str(pk), title) for pk, title in plans],
        programmes=[(str(pk), name) for pk, name in programmes],
        organisations=[(pk, org.short_name) for pk, org in orgs.items()],
        side=lambda found, code: found.filter(**{"issuer" if code == "out" else "organisation": own}),
        under=lambda found, code: found.filter(within(orgs[code])),
    )


@needs(Permission.SUPERVISE)
def new(request: Request) -> HttpResponse:
    """Ask for words and day for the matters named by `rows`, then send the notices."""
    asked = request.POST if request.method == "POST" else request.GET
    matters = matters_of(request.actor, asked.getlist("offered") or asked.getlist("rows"))
    if not matters:
        raise Http404
    if request.method != "POST":
        return ask(request, matters)
    form = SuperviseForm(request.POST, matters=matters)
    if not form.is_valid():
        return ask(request, matters, form)
    told = form.cleaned_data
    chosen = [matter for matter in matters if matter.code in told["rows"]]
    order = acting.NoticeOrder(chosen, told["words"], told["due_on"])
    try:
        outcome = acting.supervise(order, by=request.actor, at=timezone.now())
    except Refused as refusal:
        inside = [problem for problem in refusal.problems if problem.field]
        tell(form, inside)
        return ask(request, matters, form, [problem for problem in refusal.problems if not problem.field])
    if outcome.problems:
        return render(request, "delivery/supervised.html", {"outcome": outcome, "problems": outcome.problems})
    if len(outcome.sent) == 1:
        return redirect(outcome.sent[0])
    return redirect(f"{reverse('delivery:notices')}?side=out")


def ask(
    request: Request,
    matters: Sequence[Matter],
    form: SuperviseForm | None = None,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    """Return the form with everything the system knows filled in."""
    today = timezone.localdate()
    if form is None:
        initial: dict[str, Any] = {"rows": [m.code for m in matters], "words": _words(matters, request)}
        initial["due_on"] = queries.answer_day(today)
        form = SuperviseForm(initial=initial, matters=matters)
    context = {
        "form": form,
        "matters": matters,
        "problems": problems,
        "law": queries.law_of(today),
        "crumbs": [Link("督办", reverse("delivery:notices")), Link("发督办通知")],
    }
    return render(request, "delivery/supervise.html", context, status=422 if problems or form.errors else 200)


def _words(matters: Sequence[Matter], request: Request) -> str:
    ask_for = "请说明进展情况和原因，提出下一步措施和预计完成时间。"
    today = timezone.localdate()
    if len(matters) != 1 or request.actor.desk is None:
        return f"截至{cn_date(today)}，此项工作进度偏慢。{ask_for}"
    known = queries.look_at(matters, request.actor.desk, on=today)[0]
    return f"截至{cn_date(today)}，{in_quotes(matters[0].subject)}进度为“{known.status.label}”。{ask_for}"


@needs(Permission.SEE)
def show(request: Request, pk: int) -> HttpResponse:
    """Show a notice: what was asked, what was answered, what may be done now, what was done."""
    return _page(request, queries.notice_for(request.actor, pk))


def _page(
    request: Request, notice: SupervisionNotice, *, problems: Sequence[Problem] = (), form: AnswerForm | None = None
) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    supervises = acting.is_supervisor(notice, actor) and can(actor, Permission.SUPERVISE, at=notice.issuer)
    answers = acting.is_answerer(notice, actor) and can(actor, Permission.ANSWER, at=notice.organisation)
    context = {
        "notice": notice,
        "pill": notice_pill(notice),
        "then": then_pill(notice),
        "in_time": timeliness(notice, today),
        "way": way(notice, aside=("withdrawn",)),
        "problems": problems,
        "may_answer": answers and notice.state == "sent",
        "may_judge": supervises and notice.state == "answered",
        "may_withdraw": supervises and notice.state == "sent",
        "answer_form": form or AnswerForm(initial={"answer": notice.answer}),
        "note_form": NoteForm(),
        "conclusion_form": ConclusionForm(),
        "law": queries.law_of(notice.issued_on),
        "crumbs": [Link("督办", reverse("delivery:notices")), Link(notice.organisation.short_name)],
        "earlier": earlier(notice.attachment),
        "trail": trail_lines(notice),
    }
    is_refused = bool(problems) or bool(form and form.errors)
    return render(request, "delivery/notice.html", context, status=422 if is_refused else 200)


def _take(request: Request, notice: SupervisionNotice, act: Callable[[], Any]) -> HttpResponse:
    """Take a step and show the notice again, or why not."""

    def again(problems: Sequence[Problem]) -> HttpResponse:
        return _page(request, queries.notice_for(request.actor, notice.pk), problems=problems)

    return take(notice, act, again)


@needs(Permission.ANSWER)
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a notice."""
    notice = queries.notice_for(request.actor, pk)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, notice, form=form)

    def act() -> None:
        file, words = kept(request, form), form.cleaned_data["answer"]
        acting.answer_notice(notice, words, attachment=file, by=request.actor, at=timezone.now())

    return _take(request, notice, act)


@needs(Permission.SUPERVISE)
@require_POST
def step(request: Request, pk: int, name: str) -> HttpResponse:
    """Send an answer back, close the notice, or withdraw it."""
    acts = {"return": acting.return_notice, "close": acting.close_notice, "withdraw": acting.withdraw_notice}
    if name not in acts:
        raise Http404
    notice = queries.notice_for(request.actor, pk)
    note = request.POST.get("note", "")[:200]
    return _take(request, notice, lambda: acts[name](notice, note, by=request.actor, at=timezone.now()))


@needs(Permission.SEE)
def attachment(request: Request, pk: int) -> FileResponse:
    """Hand out the file that came with an answer, or one it replaced."""
    return file_of(request, queries.notice_for(request.actor, pk))
