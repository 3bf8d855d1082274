"""Addresses of logging in and out."""

from django.urls import path

from gongshu.core.access import views

app_name = "access"
urlpatterns = [
    path("login/", views.log_in, name="login"),
    path("logout/", views.log_out, name="logout"),
    path("seat/", views.change_seat, name="seat"),
    path("password/", views.change_password, name="password"),
]
