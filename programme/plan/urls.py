from django.urls import path

from .views import activity, changes, links, registers

urlpatterns = [
    path("", registers.PlanPage.as_view(), name="plan"),
    path("list/", registers.ActivityList.as_view(), name="plan-list"),
    path("dependencies/", registers.DependencyList.as_view(), name="plan-dependencies"),
    path("critical-path/", registers.CriticalPath.as_view(), name="plan-critical-path"),
    path("add/", changes.Add.as_view(), name="plan-add"),
    path("rebaseline/", changes.Rebaseline.as_view(), name="plan-rebaseline"),
    path("dependencies/<int:pk>/lag/", links.ChangeLag.as_view(), name="plan-lag"),
    path("dependencies/<int:pk>/remove/", links.Remove.as_view(), name="plan-unlink"),
    path("<str:ref>/", activity.ActivityPage.as_view(), name="plan-activity"),
    path("<str:ref>/change/", changes.Change.as_view(), name="plan-change"),
    path("<str:ref>/forecast/", changes.ChangeForecast.as_view(), name="plan-forecast"),
    path("<str:ref>/progress/", changes.Report.as_view(), name="plan-progress"),
    path("<str:ref>/withdraw/", changes.Withdraw.as_view(), name="plan-withdraw"),
    path("<str:ref>/dependencies/add/", links.AddDependency.as_view(), name="plan-link"),
]
