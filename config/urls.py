"""Every address."""

from django.conf import settings
from django.urls import include, path

from gongshu.api.views.v1.api import mounted, openapi
from gongshu.members.urls import join_patterns, my_patterns

urlpatterns = [
    path("", include("gongshu.desk.urls")),
    path("delivery/", include("gongshu.delivery.urls")),
    path("members/import/", include("gongshu.rosters.urls")),
    path("members/", include("gongshu.members.urls")),
    path("join/", include((join_patterns, "join"))),
    path("my/", include((my_patterns, "my"))),
    path("organising/", include("gongshu.organising.urls")),
    path("officers/", include("gongshu.officers.urls")),
    path("venues/", include("gongshu.venues.urls")),
    path("exports/", include("gongshu.core.exports.urls")),
    path("jobs/", include("gongshu.core.jobs.urls")),
    path("messages/", include("gongshu.core.messages.urls")),
    path("intake/", include("gongshu.intake.urls")),
    path("meetings/", include("gongshu.meetings.urls")),
    path("api/", include("gongshu.api.urls")),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", mounted()),
    path("", include("gongshu.core.access.urls")),
]
handler400 = "gongshu.api.views.faults.bad_request"
handler404 = "gongshu.api.views.faults.not_found"

if settings.DEBUG:
    urlpatterns += [path("ui/", include("gongshu.core.ui.urls"))]
