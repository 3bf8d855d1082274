"""Every address."""

from django.urls import include, path

urlpatterns = [
    path("", include("gongshu.core.access.urls")),
]
