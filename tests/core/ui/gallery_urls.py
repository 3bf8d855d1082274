"""The gallery where development mounts it."""

from django.urls import include, path

urlpatterns = [path("ui/", include("gongshu.core.ui.urls"))]
