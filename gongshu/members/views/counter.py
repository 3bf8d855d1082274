"""What officers do for joining: the union's poster, the check of a card, where a union should be founded."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gongshu.core.access.actor import can
from gongshu.core.access.guard import Request, needs
from gongshu.core.papers.pdf import pdf_available
from gongshu.core.papers.poster import Poster
from gongshu.core.ui.links import public_address
from gongshu.core.ui.qr import qr_picture, qr_png
from gongshu.members.actions import codes
from gongshu.members.enums import Permission
from gongshu.members.forms import CardForm
from gongshu.members.models import JoinCode
from gongshu.members.queries import cards
from gongshu.members.queries.law import approval_rule
from gongshu.members.queries.scope import scope_for

STEPS = ("微信或者手机相机扫码", "手机验证，填写姓名和职业", "提交申请")
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@needs(Permission.SEE)
def poster(request: Request) -> HttpResponse:
    """Show a union's code as a poster that fills an A4 page in print."""
    union = scope_for(request.actor, Permission.SEE, request.GET.get("at", "")).org
    row = JoinCode.objects.filter(organisation=union).first()
    address = _address(request, row) if row else ""
    context = {
        "union": union, "row": row, "address": address, "qr": qr_picture(address) if row else "", "steps": STEPS,
        "rule": approval_rule(timezone.localdate(), union), "has_pdf": pdf_available(),
        "renew_url": f"{reverse('members:renew_code')}?at={union.pk}",
        "may_renew": can(request.actor, Permission.EDIT, at=union),
    }  # fmt: skip
    return render(request, "members/counter/poster.html", context)


def _address(request: Request, row: JoinCode) -> str:
    return public_address(request, reverse("join:union", args=[row.code]))


@needs(Permission.EDIT)
@require_POST
def renew_code(request: Request) -> HttpResponse:
    """Give a union a new code."""
    union = scope_for(request.actor, Permission.EDIT, request.GET.get("at", "")).org
    codes.renew(union, by=request.actor, at=timezone.now())
    return redirect(f"{reverse('members:poster')}?at={union.pk}")


@needs(Permission.SEE)
def poster_file(request: Request) -> HttpResponse:
    """Download a union's poster as .docx, or as .pdf where LibreOffice is installed."""
    union = scope_for(request.actor, Permission.SEE, request.GET.get("at", "")).org
    row, kind = JoinCode.objects.filter(organisation=union).first(), request.GET.get("kind", "docx")
    if row is None or kind not in KINDS:
        raise Http404
    days = approval_rule(timezone.localdate(), union)["working_days"]
    lines = [f"{place}. {step}" for place, step in enumerate(STEPS, start=1)]
    made = Poster("扫码入会", union.name, qr_png(_address(request, row)), [*lines, f"{days}个工作日内答复"])
    content = made.to_pdf() if kind == "pdf" else made.docx()
    if content is None:
        raise Http404
    answer = HttpResponse(content, content_type=KINDS[kind])
    name = content_disposition_header(as_attachment=True, filename=f"{union.short_name}入会海报.{kind}")
    answer["Content-Disposition"] = name or "attachment"
    return answer


@needs(Permission.CHECK_CARD)
@never_cache
def check(request: Request) -> HttpResponse:
    """Tell whether a member card is good; the card's QR code leads here."""
    token = request.GET.get("token", "").strip()
    form = CardForm({"token": token} if token else None)
    found = cards.check(token, at=timezone.now()) if token and form.is_valid() else None
    return render(request, "members/counter/check.html", {"form": CardForm(), "found": found})
