"""Addresses of the workbench."""

from django.urls import path

from gongshu.desk.views import home, orgs, people, reference, wall

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("orgs/", orgs.tree, name="orgs"),
    path("orgs/list/", orgs.listing, name="org_list"),
    path("orgs/<int:pk>/", orgs.show, name="org"),
    path("people/", people.listing, name="people"),
    path("people/new/", people.new, name="new_account"),
    path("people/<int:pk>/", people.show, name="appointment"),
    path("people/<int:pk>/end/", people.end, name="end_appointment"),
    path("people/<int:pk>/again/", people.appoint_again, name="appoint_again"),
    path("people/<int:pk>/password/", people.reset, name="reset_password"),
    path("statutes/", reference.statutes, name="statutes"),
    path("statutes/<slug:instrument>/", reference.instrument, name="instrument"),
    path("trail/", reference.trail, name="trail"),
    path("wall/", wall.own, name="wall"),
    path("wall/<int:pk>/", wall.show, name="wall_of"),
]
