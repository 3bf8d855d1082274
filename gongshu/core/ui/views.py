"""The gallery: every component and every base page with sample figures, in development only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongshu.core.ui import samples
from gongshu.core.ui.samples import SampleForm
from gongshu.core.ui.spreadsheet import download

ERRORS = (400, 403, 404, 422, 500)


def _page(request: HttpRequest, template: str, content: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"ui/gallery/{template}.html", samples.furniture(request.path) | content, status=status)


def components(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    table = samples.VENUES.over(samples.venues(), request.GET)
    return _page(request, "components", samples.everything() | {"table": table, "form": SampleForm()})


def listing(request: HttpRequest) -> HttpResponse:
    """Show a list page."""
    table = samples.VENUES.over(samples.venues(), request.GET)
    if table.wants_export:
        return download(table, "阵地名录")
    return _page(request, "listing", {"table": table})


def detail(request: HttpRequest) -> HttpResponse:
    """Show a detail page with a refusal."""
    return _page(request, "detail", samples.everything(), status=422)


def filled_form(request: HttpRequest) -> HttpResponse:
    """Show a form page; posting nothing shows the errors."""
    form = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    return _page(request, "form", {"form": form}, status=422 if form.errors else 200)


def wall(request: HttpRequest) -> HttpResponse:
    """Show the overview wall."""
    return _page(request, "wall", samples.everything())


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show a plain page."""
    return _page(request, "sign_in", {"form": samples.SignInForm()})


@require_POST
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Answer as a page that keeps drafts does."""
    return HttpResponse(status=204)


def polled_progress(request: HttpRequest) -> HttpResponse:
    """Answer a poll: the work is finished."""
    return render(request, "ui/gallery/progress.html", {})


def error(request: HttpRequest, status: int) -> HttpResponse:
    """Show an error page."""
    if status not in ERRORS:
        raise Http404
    return render(request, f"{status}.html", {"problems": samples.refusals()}, status=status)
