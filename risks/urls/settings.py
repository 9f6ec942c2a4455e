"""What is settled for all risks."""

from django.urls import path

from ..views import settings

urlpatterns = [
    path("risks/settings/", settings.SettingsPage.as_view(), name="risk-settings"),
    path("risks/settings/history/", settings.SettingsHistory.as_view(), name="risk-settings-history"),
    path("risks/settings/categories/add/", settings.AddCategory.as_view(), name="risk-category-add"),
    path("risks/settings/categories/<int:pk>/", settings.ChangeCategory.as_view(), name="risk-category"),
    path("risks/settings/categories/<int:pk>/withdraw/", settings.WithdrawCategory.as_view()),
    path("risks/settings/scales/<int:pk>/", settings.ChangeStep.as_view(), name="risk-scale-step"),
    path("risks/settings/matrix/", settings.ChangeMatrix.as_view(), name="risk-settings-matrix"),
    path("risks/settings/intervals/", settings.ChangeIntervals.as_view(), name="risk-settings-intervals"),
]
