"""Addresses of organising."""

from django.urls import path

from gongshu.organising.views import coverage, ending, founding, health, history, leads, lists, terms

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
    path("coverage/", coverage.show, name="coverage"),
    path("employers/", coverage.employers, name="employers"),
    path("employers/lists/", lists.listing, name="employer_lists"),
    path("employers/lists/new/", lists.new, name="new_employer_list"),
    path("employers/lists/template/", lists.template, name="employer_template"),
    path("employers/lists/<int:pk>/", lists.show, name="employer_list"),
    path("employers/lists/<int:pk>/refused/", lists.refused, name="employer_list_refused"),
    path("employers/<int:pk>/", coverage.employer, name="employer"),
    path("employers/<int:pk>/assign/", coverage.assign, name="assign_employer"),
    path("employers/<int:pk>/contact/", coverage.contact, name="employer_contact"),
    path("employers/<int:pk>/unmatch/", coverage.unmatch, name="unmatch_employer"),
    path("leads/", leads.listing, name="leads"),
    path("leads/<int:pk>/", leads.show, name="lead"),
    path("leads/<int:pk>/step/<slug:name>/", leads.take_step, name="lead_step"),
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
