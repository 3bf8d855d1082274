"""Addresses of organising."""

from django.urls import path

from gongshu.organising.views import ending, founding, guiding, health, history, moving, renaming, terms

app_name = "organising"
urlpatterns = [
    path("", founding.listing, name="foundings"),
    path("new/", founding.new, name="new_founding"),
    path("<int:pk>/", founding.show, name="founding"),
    path("<int:pk>/edit/", founding.edit, name="edit_founding"),
    path("<int:pk>/step/<slug:name>/", founding.take_step, name="founding_step"),
    path("endings/", ending.listing, name="endings"),
    path("endings/new/", ending.new, name="new_ending"),
    path("endings/<int:pk>/", ending.show, name="ending"),
    path("endings/<int:pk>/step/<slug:name>/", ending.take_step, name="ending_step"),
    path("name/", renaming.edit, name="rename"),
    path("moves/", moving.listing, name="relocations"),
    path("moves/new/", moving.new, name="new_relocation"),
    path("moves/<int:pk>/", moving.show, name="relocation"),
    path("moves/<int:pk>/step/<slug:name>/", moving.take_step, name="relocation_step"),
    path("lines/", guiding.line, name="line"),
    path("guidances/", guiding.listing, name="guidances"),
    path("guidances/new/", guiding.new, name="new_guidance"),
    path("guidances/<int:pk>/", guiding.show, name="guidance"),
    path("guidances/<int:pk>/step/<slug:name>/", guiding.take_step, name="guidance_step"),
    path("terms/", terms.listing, name="terms"),
    path("committees/", terms.bodies, name="bodies"),
    path("committees/new/", terms.elect, name="elect"),
    path("committees/<int:pk>/", terms.show, name="committee"),
    path("committees/<int:pk>/put-off/", terms.put_off, name="put_off"),
    path("posts/<int:pk>/leave/", terms.leave, name="leave"),
    path("vacancies/<int:pk>/fill/", terms.fill, name="fill"),
    path("health/", health.listing, name="health"),
    path("health/union/", health.show, name="health_of"),
    path("history/", history.show, name="history"),
]
