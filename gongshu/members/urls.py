"""Addresses of members: the officers' under members/, the public's under join/, the workers' own under my/."""

from django.urls import path

from gongshu.members.views import counter, duplicates, entering, joining, member, own, roll

app_name = "members"
urlpatterns = [
    path("", roll.listing, name="listing"),
    path("export/", roll.download, name="export"),
    path("applications/", roll.applications, name="applications"),
    path("headcount/", roll.head_count, name="headcount"),
    path("poster/", counter.poster, name="poster"),
    path("poster/file/", counter.poster_file, name="poster_file"),
    path("poster/renew/", counter.renew_code, name="renew_code"),
    path("check/", counter.check, name="check"),
    path("leads/", counter.founding_leads, name="leads"),
    path("duplicates/", duplicates.listing, name="pairs"),
    path("duplicates/find/", duplicates.find, name="find_pairs"),
    path("duplicates/<int:pk>/", duplicates.show, name="pair"),
    path("duplicates/<int:pk>/merge/", duplicates.merge, name="merge_pair"),
    path("duplicates/<int:pk>/undo/", duplicates.undo, name="undo_merge"),
    path("duplicates/<int:pk>/judge/<slug:name>/", duplicates.judge, name="judge_pair"),
    path("new/", member.new, name="new"),
    path("<int:pk>/", member.show, name="member"),
    path("<int:pk>/edit/", member.edit, name="edit"),
    path("<int:pk>/move/", member.move, name="move"),
    path("<int:pk>/reveal/", member.reveal, name="reveal"),
    path("<int:pk>/step/<slug:name>/", member.take_step, name="step"),
]

join_patterns = [
    path("", joining.start, name="start"),
    path("choose/", joining.choose, name="choose"),
    path("<slug:code>/", joining.union, name="union"),
    path("<slug:code>/about/", joining.about, name="about"),
    path("<slug:code>/agree/", joining.agree, name="agree"),
]
my_patterns = [
    path("", own.home, name="home"),
    path("login/", entering.log_in, name="login"),
    path("logout/", entering.log_out, name="logout"),
    path("unknown/", entering.unknown, name="unknown"),
    path("who/", entering.who, name="who"),
    path("large/", entering.large, name="large"),
    path("card/", own.card, name="card"),
    path("move/", own.move, name="move"),
    path("stop-move/", own.stop_move, name="stop_move"),
    path("withdraw/", own.withdraw, name="withdraw"),
    path("leave/", own.leave, name="leave"),
    path("correct/", own.correct, name="correct"),
    path("phone/", own.phone, name="phone"),
    path("data/", own.own_data, name="data"),
    path("data/copy/", own.copy, name="copy"),
    path("data/unconsent/", own.unconsent, name="unconsent"),
]
