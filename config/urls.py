"""Every address."""

from django.conf import settings
from django.urls import include, path

from gongshu.members.urls import join_patterns, my_patterns

urlpatterns = [
    path("", include("gongshu.desk.urls")),
    path("delivery/", include("gongshu.delivery.urls")),
    path("members/", include("gongshu.members.urls")),
    path("join/", include((join_patterns, "join"))),
    path("my/", include((my_patterns, "my"))),
    path("organising/", include("gongshu.organising.urls")),
    path("officers/", include("gongshu.officers.urls")),
    path("venues/", include("gongshu.venues.urls")),
    path("jobs/", include("gongshu.core.jobs.urls")),
    path("messages/", include("gongshu.core.messages.urls")),
    path("intake/", include("gongshu.intake.urls")),
    path("meetings/", include("gongshu.meetings.urls")),
    path("", include("gongshu.core.access.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("ui/", include("gongshu.core.ui.urls"))]
