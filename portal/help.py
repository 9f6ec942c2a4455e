"""``/help/`` and the accessibility statement: words for everybody, also before they have signed in."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from programme.foundation.permissions import Public
from programme.people.choices import Role

# What each role is for, in plain words; people/grants.py holds the exact list, shown at /people/grants/.
ROLES = {
    Role.SRO: "Leads the programme and chairs the board. Reads everything, enters decisions, issues packs "
    "and confirms appointments that need a second person.",
    Role.BOARD_MEMBER: "Sits on the Programme Board and reads everything.",
    Role.SPECIALIST_ADVISER: "Advises the board on finance, people or communications. Reads everything and "
    "never votes. The finance adviser confirms the finance reviewer.",
    Role.PROGRAMME_MANAGER: "Keeps the programme, the plan and the register of decisions true, makes people, "
    "appoints them, and issues packs.",
    Role.FINANCE_REVIEWER: "Reviews savings and costs for the Section 151 officer and reads everything.",
    Role.AUDITOR: "Reads everything, history included, and changes nothing.",
    Role.WORKSTREAM_LEAD: "Keeps one workstream: its page, its projects, their plans. Reads what is exempt "
    "in that workstream only.",
    Role.PROJECT_MANAGER: "Keeps one project and its plan. Reads what is exempt in that project only.",
    Role.BENEFIT_OWNER: "Answers for a benefit, and reads the programme's working pages.",
    Role.RISK_OWNER: "Answers for a risk, and reads the programme's working pages.",
    Role.AUTHOR: "Writes papers, and reads the programme's working pages.",
    Role.GROUP_MEMBER: "Belongs to a delivery or task group: reads the working pages and changes forecasts "
    "of milestones in the group's workstream.",
    Role.COMMUNICATIONS: "Writes and publishes news, from open material.",
    Role.STAFF: "Reads news and the public face of the programme, its workstreams and projects.",
}


class Help(Public, TemplateView):
    """What the portal is, and how to do what people come for."""

    public_because = "Whoever cannot sign in needs it most; it says nothing of any record."
    template_name = "help/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = [{"key": Role(role).label, "value": words} for role, words in ROLES.items()]
        return super().get_context_data(roles=roles, **kwargs)


class Accessibility(Public, TemplateView):
    """The accessibility statement that the 2018 regulations for public sector bodies ask for."""

    public_because = "The regulations ask for a statement that everybody can read."
    template_name = "help/accessibility.html"
