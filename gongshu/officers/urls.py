"""Addresses of officers."""

from django.urls import path

from gongshu.officers.views import duties, training

app_name = "officers"
urlpatterns = [
    path("", training.people, name="people"),
    path("<int:pk>/", training.person, name="person"),
    path("figures/", training.figures, name="figures"),
    path("courses/", training.courses, name="courses"),
    path("courses/new/", training.new_course, name="new_course"),
    path("courses/<int:pk>/", training.course, name="course"),
    path("courses/<int:pk>/edit/", training.edit_course, name="edit_course"),
    path("courses/<int:pk>/roll/", training.roll, name="roll"),
    path("courses/<int:pk>/step/<slug:name>/", training.course_step, name="course_step"),
    path("duties/", duties.listing, name="duties"),
    path("duties/open/", duties.open_year, name="open_year"),
    path("duties/new/", duties.new, name="new_duty"),
    path("duties/<int:pk>/", duties.show, name="duty"),
    path("duties/<int:pk>/finish/", duties.finish, name="finish"),
    path("duties/<int:pk>/step/<slug:name>/", duties.take_step, name="duty_step"),
    path("duties/<int:pk>/attachment/", duties.attachment, name="attachment"),
]
