"""Addresses of organising."""

from django.urls import path

from gongshu.organising.views import ending, founding, history

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
    path("history/", history.show, name="history"),
]
