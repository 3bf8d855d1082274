"""Every address."""

from django.urls import include, path

urlpatterns = [
    path("jobs/", include("gongshu.core.jobs.urls")),
    path("messages/", include("gongshu.core.messages.urls")),
    path("intake/", include("gongshu.intake.urls")),
    path("meetings/", include("gongshu.meetings.urls")),
    path("", include("gongshu.core.access.urls")),
]
