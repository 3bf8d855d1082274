"""Addresses of members."""

from django.urls import path

from gongshu.members.views import member, roll

app_name = "members"
urlpatterns = [
    path("", roll.listing, name="listing"),
    path("export/", roll.download, name="export"),
    path("applications/", roll.applications, name="applications"),
    path("headcount/", roll.head_count, name="headcount"),
    path("new/", member.new, name="new"),
    path("<int:pk>/", member.show, name="member"),
    path("<int:pk>/edit/", member.edit, name="edit"),
    path("<int:pk>/move/", member.move, name="move"),
    path("<int:pk>/reveal/", member.reveal, name="reveal"),
    path("<int:pk>/step/<slug:name>/", member.take_step, name="step"),
]
