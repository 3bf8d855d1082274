"""A person's messages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.views.decorators.http import require_GET, require_POST

from gongshu.core.access.guard import Request, needs, signed_in
from gongshu.core.messages import actions, queries
from gongshu.core.messages.enums import Permission

PAGE_SIZE = 50


@signed_in("只列出本人的消息")
@require_GET
def inbox(request: Request) -> HttpResponse:
    """List the person's messages."""
    pages = Paginator(queries.messages_for(request.actor), PAGE_SIZE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "messages/messages.html", {"page": page, "unread": queries.unread_count(request.actor)})


@signed_in("只能打开本人的消息")
@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    """Mark a message read and go to what it is about."""
    message = queries.messages_for(request.actor).filter(pk=pk).first()
    if message is None:
        raise Http404
    actions.mark_read(message.account_id, at=now(), pk=pk)
    is_ours = url_has_allowed_host_and_scheme(message.url, {request.get_host()})
    return redirect(message.url if message.url and is_ours else "messages:inbox")


@signed_in("只影响本人的消息")
@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark every message of the person read."""
    if request.actor.account_id is not None:
        actions.mark_read(request.actor.account_id, at=now())
    return redirect("messages:inbox")


@needs(Permission.OUTBOX)
@require_GET
def outbox(request: Request) -> HttpResponse:
    """Show the texts to mobile numbers that wait for a supplier."""
    context = {"texts": queries.texts_to_phones(), "is_open": queries.outbox_is_open()}
    return render(request, "messages/outbox.html", context)
