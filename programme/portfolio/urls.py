from django.urls import path

from .views import bodies, decisions, programme, projects

urlpatterns = [
    path("projects/", projects.ProjectList.as_view(), name="projects"),
    path("projects/pipeline/", projects.Pipeline.as_view(), name="pipeline"),
    path("projects/add/", projects.AddProject.as_view(), name="project-add"),
    path("projects/<str:ref>/change/", projects.ChangeProject.as_view(), name="project-change"),
    path("projects/<str:ref>/stage/", projects.MoveProject.as_view(), name="project-stage"),
    path("projects/<str:ref>/workstream/", projects.ChangeWorkstream.as_view(), name="project-workstream"),
    path("projects/<str:ref>/dates/", projects.ApproveDates.as_view(), name="project-dates"),
    path("projects/<str:ref>/serves/", projects.SayWhatItServes.as_view(), name="project-serves"),
    path("projects/<str:ref>/needs/add/", projects.AddNeed.as_view(), name="project-need-add"),
    path("projects/<str:ref>/needs/<int:pk>/end/", projects.EndNeed.as_view(), name="project-need-end"),
    path("bodies/", bodies.BodyList.as_view(), name="bodies"),
    path("bodies/add/", bodies.AddBody.as_view(), name="body-add"),
    path("bodies/<slug:slug>/", bodies.BodyPage.as_view(), name="body"),
    path("bodies/<slug:slug>/change/", bodies.ChangeBody.as_view(), name="body-change"),
    path("bodies/<slug:slug>/seats/add/", bodies.AddSeat.as_view(), name="seat-add"),
    path("bodies/<slug:slug>/seats/<int:pk>/change/", bodies.ChangeSeat.as_view(), name="seat-change"),
    path("bodies/<slug:slug>/seats/<int:pk>/end/", bodies.EndSeat.as_view(), name="seat-end"),
    path("board/decisions/", decisions.DecisionList.as_view(), name="decisions"),
    path("board/decisions/enter/", decisions.EnterDecision.as_view(), name="decision-enter"),
    path(
        "board/decisions/<str:reference>/correct/",
        decisions.CorrectDecision.as_view(),
        name="decision-correct",
    ),
    path("programme/change/", programme.ChangeProgramme.as_view(), name="programme-change"),
    path("programme/statements/<slug:kind>/", programme.KeepStatements.as_view(), name="statements"),
    path("programme/reports/add/", programme.AddReport.as_view(), name="report-add"),
    path("programme/reports/<int:pk>/change/", programme.ChangeReport.as_view(), name="report-change"),
    path(
        "programme/workstrands/<int:pk>/change/",
        programme.ChangeWorkstrand.as_view(),
        name="workstrand-change",
    ),
    path("workstreams/<slug:slug>/change/", programme.ChangeWorkstream.as_view(), name="workstream-change"),
    path(
        "workstreams/<slug:slug>/priorities/",
        programme.SayWhichPriorities.as_view(),
        name="workstream-priorities",
    ),
]
