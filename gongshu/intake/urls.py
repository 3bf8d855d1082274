"""Addresses of 收文."""

from django.urls import path

from gongshu.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.documents, name="list"),
    path("receive/", views.receive, name="receive"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/save/", views.save, name="save"),
    path("<int:pk>/compare/", views.compare, name="compare"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/source/", views.source, name="source"),
]
