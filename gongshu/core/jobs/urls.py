"""Addresses of background work."""

from django.urls import path

from gongshu.core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("<int:pk>/", views.show, name="job"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
