"""Filters of a list, kept in its address.

A value that a filter does not understand is named beside the filter and nothing is listed until it is
put right: a list that silently ignored it would be read as the answer to the question asked.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import django_filters
from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from . import kept_answers
from .form_fields import KeyWithoutNul
from .money import FinancialYearFormField
from .tables import address, day_in_words

LONGEST, MOST_VIEWERS = 200, 50


class SearchFilter(django_filters.CharFilter):
    """Words looked for in any of ``fields``, without regard to case; every word must be found somewhere."""

    def __init__(self, fields: Sequence[str], label: str = "Search", **options: Any):
        super().__init__(label=label, max_length=LONGEST, **options)
        self.fields = fields

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        for word in (value or "").split()[:8]:
            found = Q()
            for name in self.fields:
                found |= Q(**{f"{name}__icontains": word})
            queryset = queryset.filter(found)
        return queryset


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of a field's choices; "any" where nothing is chosen."""

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, **{"empty_label": "Any"} | options)


class YesNoFilter(django_filters.BooleanFilter):
    """Any, yes or no."""

    def __init__(self, *arguments: Any, **options: Any):
        widget = forms.Select(choices=[("", "Any"), ("true", "Yes"), ("false", "No")])
        super().__init__(*arguments, **{"widget": widget} | options)


class OfferedOnce(django_filters.fields.ModelChoiceIterator):
    """Offers the names that its field has read."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        yield from self.field.offered.items()


class RecordChoice(KeyWithoutNul, django_filters.fields.ModelChoiceField):
    """One of the records offered, whose keys and names are read and kept; the chosen one is read whole."""

    iterator = OfferedOnce
    question: Callable[[], kept_answers.Question]  # names by key, as the filter puts it for this viewer

    def __init__(self, *arguments: Any, **options: Any):
        self.beside = [self]
        super().__init__(*arguments, **options)

    @cached_property
    def offered(self) -> dict[str, str]:
        """Names by key. All choices of a list are read at once, when the first of them is needed."""
        found = kept_answers.read([one.question() for one in self.beside])
        for one, rows in zip(self.beside, found, strict=True):
            one.__dict__["offered"] = {str(key): str(name) for key, name in rows}
        return self.__dict__["offered"]

    def label_from_instance(self, record: Model) -> str:
        return self.offered.get(str(self.prepare_value(record)), str(record))


class FinancialYearFilter(django_filters.Filter):
    """A financial year in a box: ``2022/23``, ``2022-23`` or ``22/23``."""

    field_class = FinancialYearFormField


class RecordFilter(django_filters.ModelChoiceFilter):
    """One related record, out of those the viewer may see; ``named_by`` is the path of what it is called.

    ``queryset(request)``, if given, depends on nothing but the viewer.
    """

    field_class = RecordChoice

    def __init__(self, model: type[Model], *arguments: Any, named_by: str = "name", **options: Any):
        def visible(request: HttpRequest) -> QuerySet:
            records: Any = model._default_manager
            return records.visible_to(request.user)

        self.named_by = named_by
        self.questions: kept_answers.Answers[kept_answers.Question] = kept_answers.Answers(MOST_VIEWERS)
        super().__init__(*arguments, **{"queryset": visible, "empty_label": "Any"} | options)

    @property
    def field(self) -> RecordChoice:
        field: RecordChoice = super().field
        field.question = partial(self._question, field)
        return field

    def _question(self, field: RecordChoice) -> kept_answers.Question:
        viewer, key = self.get_request().user, field.to_field_name or "pk"
        names = partial(field.queryset.values_list, key, self.named_by)
        return self.questions.answer(viewer.pk, viewer.vantage, lambda: kept_answers.Question(names()))


class DayFilter(django_filters.DateFilter):
    """A day from the browser's own date box; ``lookup_expr`` says which side of it."""

    def __init__(self, *arguments: Any, **options: Any):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}))
        super().__init__(*arguments, **options)


class _Declared(OrderedDict[str, django_filters.Filter]):
    """The filters as declared. Each list has its own of them, which hold no more of their own than they must.

    django-filter copies everything within each filter, a third of what filters cost.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, django_filters.Filter]:
        return {name: _own(one) for name, one in self.items()}


def _own(declared: django_filters.Filter) -> django_filters.Filter:
    own = copy.copy(declared)
    own.extra = dict(declared.extra)  # a choice of records puts into it what this viewer may choose
    own.method = declared.method  # a method is looked for on the list that the filter belongs to
    return own


class RecordFilters(django_filters.FilterSet):
    """The filters of one list. Subclasses declare filters; lists of choices go through ``visible_to``."""

    @classmethod
    def get_filters(cls) -> _Declared:
        return _Declared(super().get_filters())

    @cached_property
    def form(self) -> forms.Form:
        """With the filters' own fields: made for this list alone, they need no class and no copies."""
        form = self._meta.form(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields = {name: one.field for name, one in self.filters.items()}
        choices = [field for field in form.fields.values() if isinstance(field, RecordChoice)]
        for field in choices:
            field.beside = choices
        return form

    @cached_property
    def described(self) -> list[tuple[str, str]]:
        """The filters in force, as label and words: what an export says of itself."""
        if not self.form.is_valid():
            return []
        return list(self._in_force())

    @cached_property
    def applied(self) -> list[dict[str, str]]:
        """The filters in force, each with the address of the list without it."""
        names = {str(field.label or name): name for name, field in self.form.fields.items()}
        return [
            {"label": label, "words": words, "url": address(self.data, page=None, **{names[label]: None})}
            for label, words in self.described
        ]

    def _in_force(self) -> Iterator[tuple[str, str]]:
        for name, value in self.form.cleaned_data.items():
            if value in (None, "", []) or (isinstance(value, QuerySet) and not value):
                continue
            field = self.form.fields[name]
            yield str(field.label or name), _words(field, value)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, (list, tuple, QuerySet)):
        return ", ".join(_words(field, one) for one in value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if hasattr(value, "isoformat"):
        return day_in_words(value)
    if isinstance(field, forms.ModelChoiceField) and isinstance(value, Model):
        return field.label_from_instance(value)
    return str(_labels(getattr(field, "choices", ())).get(str(value), value))


def _labels(choices: Any) -> dict[str, str]:
    labels: dict[str, str] = {}
    for value, label in choices:
        pairs = label if isinstance(label, (list, tuple)) else [(value, label)]
        labels |= {str(one): words for one, words in pairs}
    return labels
