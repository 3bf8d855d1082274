"""Showing that a mobile number is one's own: the number, then the code that came to it, on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from gongshu.core.base.identity import normal_number
from gongshu.core.base.problems import Refused
from gongshu.core.messages import codes
from gongshu.members.forms import CodeForm, PhoneForm


@dataclass(frozen=True)
class Proof:
    """The page that asks, what for, and what to do with the number once it is shown to be theirs."""

    template: str
    purpose: str
    done: Callable[[str], HttpResponseBase]
    context: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request of the page."""
        if request.method == "POST" and "code" in request.POST:
            return self._confirm(request)
        form = PhoneForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            return self._send(request, form.cleaned_data["phone"])
        return self._page(request, form, 422 if request.method == "POST" else 200)

    def _send(self, request: HttpRequest, phone: str) -> HttpResponse:
        form = CodeForm(initial={"phone": phone})
        try:
            address = request.META.get(settings.CLIENT_ADDRESS, "")
            codes.ask(phone, self.purpose, address=address, at=timezone.now())
        except Refused as refusal:  # a code sent before may still be good, so there is where to put it
            return self._page(request, form, 422, problems=refusal.problems, phone=phone)
        return self._page(request, form, phone=phone)

    def _confirm(self, request: HttpRequest) -> HttpResponseBase:
        form = CodeForm(request.POST)
        phone = request.POST.get("phone", "")
        if form.is_valid():
            try:
                codes.confirm(phone, self.purpose, form.cleaned_data["code"], at=timezone.now())
            except Refused as refusal:
                form.tell(refusal.problems)
            else:
                return self.done(normal_number(phone))
        return self._page(request, form, 422, phone=phone)

    def _page(self, request: HttpRequest, form: PhoneForm | CodeForm, status: int = 200, **more: Any) -> HttpResponse:
        return render(request, self.template, {**self.context, "form": form, **more}, status=status)
