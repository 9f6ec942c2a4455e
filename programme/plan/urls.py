from django.urls import path

from .views import registers

urlpatterns = [
    path("", registers.PlanPage.as_view(), name="plan"),
    path("list/", registers.ActivityList.as_view(), name="plan-list"),
    path("dependencies/", registers.DependencyList.as_view(), name="plan-dependencies"),
    path("critical-path/", registers.CriticalPath.as_view(), name="plan-critical-path"),
]
