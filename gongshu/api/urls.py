"""Addresses of the pages of 接口; version 1 of the API itself is in `views/v1`."""

from django.urls import path

from gongshu.api.views import hooks, keys, reference

app_name = "api"
urlpatterns = [
    path("keys/", keys.listing, name="keys"),
    path("keys/new/", keys.new, name="new_key"),
    path("keys/<int:pk>/", keys.show, name="key"),
    path("keys/<int:pk>/revoke/", keys.revoke, name="revoke"),
    path("keys/<int:pk>/hooks/new/", hooks.new, name="new_hook"),
    path("hooks/", hooks.listing, name="hooks"),
    path("hooks/<int:pk>/", hooks.show, name="hook"),
    path("hooks/<int:pk>/<slug:name>/", hooks.act, name="hook_act"),
    path("deliveries/<int:pk>/again/", hooks.send_again, name="send_again"),
    path("reference/", reference.reference, name="reference"),
]
