"""Addresses of rosters, under members/import/."""

from django.urls import path

from gongshu.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.listing, name="listing"),
    path("new/", views.new, name="new"),
    path("template/", views.template, name="template"),
    path("<int:pk>/", views.show, name="roster"),
    path("<int:pk>/match/", views.match, name="match"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/go-on/", views.go_on, name="go_on"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("<int:pk>/refused/", views.refused, name="refused"),
]
