"""Addresses of the gallery, mounted only in development."""

from django.urls import path

from gongshu.core.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.components, name="components"),
    path("list/", views.listing, name="listing"),
    path("detail/", views.detail, name="detail"),
    path("form/", views.filled_form, name="form"),
    path("wall/", views.wall, name="wall"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("draft/", views.keep_draft, name="draft"),
    path("progress/", views.polled_progress, name="progress"),
    path("error/<int:status>/", views.error, name="error"),
]
