"""Addresses of venues."""

from django.urls import path

from gongshu.venues import views

app_name = "venues"
urlpatterns = [
    path("", views.listing, name="listing"),
    path("new/", views.register, name="register"),
    path("<int:pk>/", views.show, name="venue"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/photo/", views.photo, name="photo"),
    path("<int:pk>/inspect/", views.inspect, name="inspect"),
    path("<int:pk>/step/<slug:name>/", views.take_step, name="step"),
    path("remedies/<int:pk>/finish/", views.finish_remedy, name="finish_remedy"),
]
