"""A page asks for its permission before anything else; one that asks for none is shut."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpResponse

from programme.foundation.permissions import PermissionRequired, Public


class Page(PermissionRequired):
    permission = "plan.change_plan"
    record = None

    def get_permission_object(self):
        return self.record

    def get(self, request):
        return HttpResponse("opened")

    post = get


@pytest.fixture
def answer(rf):
    def ask(user, page=Page, method="get", **options):
        request = getattr(rf, method)("/plan/?sort=due")
        request.user = user
        return page.as_view(**options)(request)

    return ask


def test_a_stranger_is_sent_to_sign_in_and_back_to_the_same_address(answer):
    for method in ("get", "post", "put", "options"):
        response = answer(AnonymousUser(), method=method)
        assert response.status_code == 302
        assert response["Location"] == "/sign-in/?next=/plan/%3Fsort%3Ddue"


def test_who_lacks_the_permission_is_refused(answer, staff, auditor):
    for user in (staff, auditor):
        for method in ("get", "post", "options"):
            with pytest.raises(PermissionDenied):
                answer(user, method=method)


def test_a_permission_is_asked_on_the_record(answer, lead_digital, crm, agile):
    assert answer(lead_digital, record=crm).content == b"opened"
    with pytest.raises(PermissionDenied):
        answer(lead_digital, record=agile)


def test_what_may_not_be_seen_is_not_found_before_it_is_refused(answer, staff):
    class Hidden(Page):
        def get_permission_object(self):
            raise Http404

    with pytest.raises(Http404):
        answer(staff, page=Hidden)


def test_a_page_without_permission_is_shut(answer, programme_manager):
    class Forgotten(Page):
        permission = ""

    with pytest.raises(ImproperlyConfigured, match="Forgotten names no permission"):
        answer(programme_manager, page=Forgotten)


def test_a_public_page_says_why(answer):
    class Open(Public):
        public_because = "Machines ask it."

        def get(self, request):
            return HttpResponse("opened")

    class Silent(Open):
        public_because = ""

    assert answer(AnonymousUser(), page=Open).content == b"opened"
    with pytest.raises(ImproperlyConfigured, match="why it is public"):
        answer(AnonymousUser(), page=Silent)


# The permissions of the matrix on places


def test_a_grant_holds_on_its_place_and_everything_inside_it(
    lead_digital, digital, crm, agile, programme, digital_group, make_project
):
    other = make_project(agile, "AGS-01")
    may = {one: lead_digital.has_perm("plan.change_plan", one) for one in (digital, crm, digital_group)}
    assert all(may.values())
    for one in (agile, other, programme):
        assert not lead_digital.has_perm("plan.change_plan", one)
    assert lead_digital.has_perm("plan.change_plan"), "somewhere"


def test_a_project_managers_grant_ends_at_the_project(pm_crm, crm, digital, make_project):
    assert pm_crm.has_perm("portfolio.change_project", crm)
    assert not pm_crm.has_perm("portfolio.change_project", digital)
    assert not pm_crm.has_perm("portfolio.change_project", make_project(digital, "DIG-02"))


def test_a_bodys_appointment_counts_on_what_the_body_works_for(group_member, sro, crm, agile, programme):
    assert group_member.has_perm("plan.change_forecast", crm)
    assert not group_member.has_perm("plan.change_forecast", agile)
    assert sro.has_perm("portfolio.record_decision", programme)


def test_a_leaver_may_nothing(lead_digital):
    lead_digital.is_active = False
    assert not lead_digital.has_perm("portal.view_home")
    assert lead_digital.get_all_permissions() == set()
