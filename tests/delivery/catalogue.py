"""A catalogue with one metric that tests can move: appointments, by role."""

from gongshu.core.access.models import Appointment
from gongshu.core.metrics.metric import Dim, Metric
from gongshu.delivery import jobs

POSTS = Metric(
    "test.posts",
    "在任干部",
    "名",
    rows=Appointment.objects.all,
    on="from_on",
    dims={"role": Dim("角色", (("office", "办公室"), ("worker", "业务部门"), ("base_officer", "基层工会干部")))},
)
METRICS = (POSTS,)
JOBS = jobs.JOBS
SCHEDULES = jobs.SCHEDULES
