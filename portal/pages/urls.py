from django.urls import path

from . import board, measure, programme, project, risk, risk_movement, workstream

urlpatterns = [
    path("programme/", programme.ProgrammePage.as_view(), name="programme"),
    path("workstreams/<slug:slug>/", workstream.WorkstreamPage.as_view(), name="workstream"),
    path("projects/<str:ref>/", project.ProjectPage.as_view(), name="project"),
    path("measures/<str:ref>/", measure.MeasurePage.as_view(), name="measure"),
    path("risks/movement/", risk_movement.RiskMovement.as_view(), name="risk-movement"),
    path("risks/<str:ref>/", risk.RiskPage.as_view(), name="risk"),
    path("board/", board.BoardPage.as_view(), name="board"),
    path("board/decisions/<str:reference>/", board.DecisionPage.as_view(), name="decision"),
]
