"""The one matrix of grants: which role may do what. An auditor can read it from top to bottom.

A grant holds on the scope of the appointment and everything inside it: a workstream lead's on the
workstream and its projects, a project manager's on the project. Source: the domain's table of roles.
"""

from .choices import Role, ScopeKind

# What each permission lets a person do.
PERMISSIONS = {
    "portal.view_home": "See home, the gallery and the help pages",
    "portal.view_job": "See one's own long tasks",
    "portal.issue_pack": "Issue a board pack",
    "portal.check_pack": "Have a pack drawn again and compared with what was issued",
    "portal.view_pack": "Read the packs that one's classes of visibility allow",
    "portfolio.view_public": "See the public face of programme, workstreams and projects",
    "portfolio.view_portfolio": "See the programme's working pages: bodies, decisions, pipeline, reports",
    "portfolio.view_history": "See who changed what, when and why",
    "portfolio.change_programme": "Keep programme, bodies, reports and principles",
    "portfolio.change_workstream": "Keep a workstream's own page",
    "portfolio.add_project": "Add a project",
    "portfolio.change_project": "Keep a project and move its stage",
    "portfolio.record_decision": "Enter a decision in the register",
    "plan.view_plan": "See the plan",
    "plan.change_plan": "Add and change activities, milestones and dependencies",
    "plan.change_forecast": "Change a milestone's forecast date",
    "plan.rebaseline": "Re-baseline a plan on a decision",
    "performance.view_measures": "See the measures",
    "performance.change_measure": "Add, change and withdraw measures",
    "risks.view_risks": "See risks and issues",
    "risks.raise_risk": "Raise a risk or an issue",
    "risks.change_risk": "Keep, score, review, escalate and close risks; keep issues",
    "risks.mitigate": "Plan and report actions on a risk",
    "risks.accept": "Accept a risk within one's authority, or enter the board's acceptance",
    "risks.change_many": "Change owner, category or place of many risks at once",
    "risks.load_workbook": "Load an edited or a foreign register of risks",
    "risks.keep_settings": "Keep risk categories, scales, matrix and review intervals",
    "benefits.view_benefits": "See savings, investment and stated figures",
    "benefits.add_benefit": "Add a benefit",
    "benefits.change_benefit": "Keep benefits, their lines and forecasts",
    "benefits.approve_profile": "Approve a benefit and its amounts on a decision",
    "benefits.agree_method": "Agree how a benefit is measured, and its baseline",
    "benefits.claim": "Claim what a line has brought, with evidence",
    "benefits.verify": "Verify claims or send them back",
    "benefits.confirm_without_cash": "Confirm against its measure what releases no cash",
    "benefits.keep_budgets": "Load budgets by code and year, and what the budget requires",
    "benefits.close_year": "Close a financial year",
    "benefits.dismiss_warning": "Dismiss a warning of double counting, with a reason",
    "benefits.keep_costs": "Keep cost lines, their budgets and actuals",
    "benefits.forecast_costs": "Forecast what cost lines will come to",
    "benefits.keep_reserve": "Enter into the transformation reserve's ledger",
    "benefits.reconcile": "Keep reconciliations and stated figures",
    "benefits.sign_off_residual": "Sign off what a reconciliation cannot explain",
    "benefits.save_scenario": "Save a payback scenario under a name",
    "benefits.change_settings": "Settle discount rate, horizon and the smallest group",
    "people.view_people": "See who holds which role",
    "people.change_people": "Make people, appoint them and end appointments",
    "people.confirm_sro": "Confirm an SRO, a board member or an auditor",
    "people.confirm_finance_reviewer": "Confirm a finance reviewer; of the advisers, finance's alone",
    "wagtailadmin.access_admin": "Write news",
}

_STAFF = {"portal.view_home", "portal.view_job", "portal.view_pack", "portfolio.view_public"}
_INTERNAL = _STAFF | {
    "portfolio.view_portfolio",
    "plan.view_plan",
    "performance.view_measures",
    "risks.view_risks",
    "benefits.view_benefits",
    "people.view_people",
}
# Comparing a pack changes nothing governed: it is a job that draws it again, and what auditors are there for.
_READ_ALL = _INTERNAL | {"portfolio.view_history", "portal.check_pack"}
_BENEFITS = {"benefits.change_benefit", "benefits.claim"}
_RISKS = {"risks.change_risk", "risks.mitigate"}
_PROJECT = (
    _BENEFITS
    | _RISKS
    | {
        "risks.raise_risk",
        "benefits.add_benefit",
        "benefits.forecast_costs",
        "benefits.save_scenario",
        "portfolio.view_history",
        "portfolio.change_project",
        "plan.change_plan",
        "plan.change_forecast",
        "plan.rebaseline",
        "performance.change_measure",
    }
)

GRANTS: dict[str, set[str]] = {
    Role.SRO: _READ_ALL
    | {
        "portfolio.record_decision",
        "portal.issue_pack",
        "people.confirm_sro",
        "people.confirm_finance_reviewer",
        "benefits.sign_off_residual",
        "benefits.save_scenario",
        "risks.accept",
    },
    Role.BOARD_MEMBER: _READ_ALL,
    Role.SPECIALIST_ADVISER: _READ_ALL | {"people.confirm_finance_reviewer"},
    Role.PROGRAMME_MANAGER: _READ_ALL
    | _PROJECT
    | {
        "portal.issue_pack",
        "portfolio.add_project",
        "portfolio.change_programme",
        "portfolio.change_workstream",
        "portfolio.record_decision",
        "people.change_people",
        "benefits.approve_profile",
        "benefits.confirm_without_cash",
        "benefits.dismiss_warning",
        "benefits.reconcile",
        "benefits.keep_costs",
        "benefits.change_settings",
        "risks.accept",
        "risks.change_many",
        "risks.load_workbook",
        "risks.keep_settings",
    },
    Role.FINANCE_REVIEWER: _READ_ALL
    | {
        "benefits.agree_method",
        "benefits.verify",
        "benefits.keep_budgets",
        "benefits.close_year",
        "benefits.dismiss_warning",
        "benefits.keep_costs",
        "benefits.forecast_costs",
        "benefits.keep_reserve",
        "benefits.reconcile",
        "benefits.sign_off_residual",
        "benefits.save_scenario",
        "benefits.change_settings",
    },
    Role.AUDITOR: _READ_ALL,
    Role.WORKSTREAM_LEAD: _INTERNAL
    | _PROJECT
    | {
        "portfolio.add_project",
        "portfolio.change_workstream",
        "risks.accept",
        "risks.load_workbook",
    },
    Role.PROJECT_MANAGER: _INTERNAL | _PROJECT,
    Role.BENEFIT_OWNER: _INTERNAL | {"benefits.add_benefit"},
    Role.RISK_OWNER: _INTERNAL | {"risks.raise_risk"},
    Role.AUTHOR: _INTERNAL,
    Role.GROUP_MEMBER: _INTERNAL | {"plan.change_forecast", "risks.mitigate"},
    Role.COMMUNICATIONS: _INTERNAL | {"wagtailadmin.access_admin"},
    Role.STAFF: _STAFF,
}

# The auditor changes nothing, so an auditor may hold none but these, and neither of them owns anything.
READING_ROLES = {Role.AUDITOR, Role.STAFF}

# What a role lets a person do with the records they own, wherever those lie. Whoever is named as the owner
# of a risk, an issue or an action keeps that one, whatever role they work in; a benefit asks for the role.
GRANTS_ON_OWN: dict[str, set[str]] = {role: _RISKS for role in GRANTS if role not in READING_ROLES} | {
    Role.BENEFIT_OWNER: _RISKS | _BENEFITS
}

# Who reads all exempt material, wherever it belongs, and who only that of their own scope.
READS_ALL_EXEMPT = {
    Role.SRO,
    Role.BOARD_MEMBER,
    Role.SPECIALIST_ADVISER,
    Role.PROGRAMME_MANAGER,
    Role.FINANCE_REVIEWER,
    Role.AUDITOR,
}
READS_OWN_EXEMPT = {Role.WORKSTREAM_LEAD, Role.PROJECT_MANAGER}

# Roles that take effect only when a second person has confirmed them, and which permission confirms.
# Among specialist advisers the finance adviser alone uses theirs: a rule of the case (appointing.py).
SECOND_PERSON = {
    Role.SRO: "people.confirm_sro",
    Role.BOARD_MEMBER: "people.confirm_sro",
    Role.AUDITOR: "people.confirm_sro",
    Role.FINANCE_REVIEWER: "people.confirm_finance_reviewer",
}

# Where each role can be held.
HELD_ON = {
    Role.WORKSTREAM_LEAD: {ScopeKind.WORKSTREAM},
    Role.PROJECT_MANAGER: {ScopeKind.PROJECT},
    Role.GROUP_MEMBER: {ScopeKind.WORKSTREAM, ScopeKind.BODY},
    Role.BOARD_MEMBER: {ScopeKind.BODY, ScopeKind.PROGRAMME},
    Role.SPECIALIST_ADVISER: {ScopeKind.BODY, ScopeKind.PROGRAMME},
    Role.SRO: {ScopeKind.BODY, ScopeKind.PROGRAMME},
    Role.BENEFIT_OWNER: {ScopeKind.WORKSTREAM, ScopeKind.PROJECT},
    Role.RISK_OWNER: {ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM, ScopeKind.PROJECT},
    Role.AUTHOR: {ScopeKind.PROGRAMME, ScopeKind.WORKSTREAM, ScopeKind.PROJECT},
}
EVERYWHERE_ELSE = {ScopeKind.PROGRAMME}
