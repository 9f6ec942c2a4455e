from django.urls import path

from .views import BusinessCasePage

urlpatterns = [path("", BusinessCasePage.as_view(), name="benefits")]
