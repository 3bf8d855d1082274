"""Addresses of logging in and out."""

from django.urls import path

from gongshu.core.access import views

app_name = "access"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("seat/", views.change_seat, name="seat"),
    path("alive/", views.alive, name="alive"),
    path("kept/", views.kept, name="kept"),
    path("kept/drop/", views.drop_kept, name="drop_kept"),
    path("password/", views.change_password, name="password"),
]
