"""Addresses of one's exports."""

from django.urls import path

from gongshu.core.exports import views

app_name = "exports"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("<int:pk>/file/", views.file, name="file"),
]
