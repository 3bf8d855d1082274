"""Addresses of 部署落实."""

from django.urls import path

from gongshu.delivery.views import assignments, dispatching, editing, plans, sharing, tasks

app_name = "delivery"
urlpatterns = [
    path("", plans.listing, name="plans"),
    path("new/", plans.new, name="new_plan"),
    path("<int:pk>/", plans.show, name="plan"),
    path("<int:pk>/edit/", plans.edit, name="edit_plan"),
    path("<int:pk>/step/<slug:name>/", plans.take_step, name="plan_step"),
    path("<int:pk>/programmes/", editing.add_programme, name="add_programme"),
    path("programmes/<int:pk>/items/", editing.add_item, name="add_item"),
    path("programmes/<int:pk>/drop/", editing.drop_programme, name="drop_programme"),
    path("items/<int:pk>/drop/", editing.drop_item, name="drop_item"),
    path("<int:pk>/tasks/new/", editing.new_task, name="new_task"),
    path("tasks/<int:pk>/", tasks.show, name="task"),
    path("tasks/<int:pk>/edit/", editing.edit_task, name="edit_task"),
    path("tasks/<int:pk>/drop/", editing.drop_task, name="drop_task"),
    path("tasks/<int:pk>/give/", dispatching.give, name="give"),
    path("tasks/<int:pk>/targets/new/", editing.new_target, name="new_target"),
    path("targets/<int:pk>/edit/", editing.edit_target, name="edit_target"),
    path("targets/<int:pk>/bind/", editing.bind, name="bind"),
    path("targets/<int:pk>/drop/", editing.drop_target, name="drop_target"),
    path("targets/<int:pk>/split/", sharing.split, name="split"),
    path("targets/<int:pk>/unsplit/", sharing.unsplit, name="unsplit"),
    path("assignments/", assignments.mine, name="mine"),
    path("assignments/<int:pk>/", assignments.show, name="assignment"),
    path("assignments/<int:pk>/sign/", assignments.sign, name="sign"),
    path("assignments/<int:pk>/report/", assignments.report, name="report"),
    path("assignments/<int:pk>/back/", assignments.send_back, name="send_back"),
    path("assignments/<int:pk>/accept/", assignments.accept, name="accept"),
    path("assignments/<int:pk>/withdraw/", assignments.withdraw, name="withdraw"),
    path("assignments/<int:pk>/attachment/", assignments.attachment, name="attachment"),
]
