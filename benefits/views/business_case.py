"""Savings and investment as the business case states them."""

from __future__ import annotations

import io
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from programme.foundation import calendar, exports, workbook
from programme.foundation.permissions import PermissionRequired

from ..pictures import stated_savings as stated_pictures
from ..reading.business_case import BusinessCase, business_case, in_a_sentence
from ..sheets import business_case as business_case_sheets
from .parts import parts

TITLE = "Savings and investment as the business case states them"


class BusinessCasePage(PermissionRequired, TemplateResponseMixin, ContextMixin):
    """``?format=xlsx`` gives every table as a sheet, ``?format=csv`` every figure as a row."""

    permission = "benefits.view_benefits"
    template_name = "benefits/stated/business_case.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        case = business_case(request.user)
        if request.GET.get("format") in exports.FORMATS:
            return _download(request, case)
        return self.render_to_response(self.get_context_data(case=case))

    def get_context_data(self, *, case: BusinessCase, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "title": TITLE,
            "parts": parts(self.request.user, self.request.path),
            "lede": in_a_sentence(case),
            "case": case,
            "figure": stated_pictures.savings_by_year(case.savings),
        }


def _download(request: HttpRequest, case: BusinessCase) -> FileResponse:
    form = request.GET["format"]
    file = io.BytesIO()
    if form == "csv":
        workbook.write_csv(
            [*business_case_sheets.LONG, *business_case_sheets.SOURCE],
            business_case_sheets.long_rows(case),
            file,
        )
    else:
        subject = f"Prepared {calendar.in_words(calendar.today())} for {request.user}."
        properties = workbook.Properties(title=TITLE, subject=subject, created=calendar.now())
        workbook.write_workbook(business_case_sheets.sheets(case), file, properties=properties)
    file.seek(0)
    ending = "-illustrative" if calendar.fixed_on() else ""
    name = f"savings-and-investment-{calendar.today()}{ending}.{form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=exports.FORMATS[form][1])
