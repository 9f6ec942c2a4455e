"""Filters of a list, kept in its address.

A value that a filter does not understand is named beside the filter and nothing is listed until it is
put right: a list that silently ignored it would be read as the answer to the question asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from .form_fields import KeyWithoutNul
from .money import FinancialYearFormField
from .tables import address, day_in_words

LONGEST = 200


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


class Offered(NamedTuple):
    """A record of which only its name is read, since there may be hundreds to choose from."""

    pk: Any
    name: str

    def __str__(self) -> str:
        return self.name


class OfferedOnce(django_filters.fields.ModelChoiceIterator):
    """Offers the records that its field has read."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        yield from self.field.offered if self.field.named_by else map(self.choice, self.field.offered)


class RecordChoice(KeyWithoutNul, django_filters.fields.ModelChoiceField):
    """One of the records offered. All are read to be offered, so the chosen one is found among them.

    With ``named_by``, the path of its name, only key and name are read; what is chosen is an ``Offered``.
    """

    iterator = OfferedOnce

    def __init__(self, *arguments: Any, named_by: str = "", **options: Any):
        self.named_by = named_by
        super().__init__(*arguments, **options)

    @cached_property
    def offered(self) -> list[Any]:
        if not self.named_by:
            return list(self.queryset)
        return [Offered(*row) for row in self.queryset.values_list("pk", self.named_by)]

    def to_python(self, value: Any) -> Any:
        if self.null_label is not None and value == self.null_value:
            return value
        if "\0" in str(value):
            return super().to_python(value)  # which refuses it
        if value in self.empty_values:
            return None
        key = self.to_field_name or "pk"
        found = next((one for one in self.offered if str(getattr(one, key)) == str(value)), None)
        if found is None:
            raise ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value}
            )
        return found


class FinancialYearFilter(django_filters.Filter):
    """A financial year in a box: ``2022/23``, ``2022-23`` or ``22/23``."""

    field_class = FinancialYearFormField


class RecordFilter(django_filters.ModelChoiceFilter):
    """One related record, out of those the viewer may see."""

    field_class = RecordChoice

    def __init__(self, model: type[Model], *arguments: Any, **options: Any):
        def visible(request: HttpRequest) -> QuerySet:
            records: Any = model._default_manager
            return records.visible_to(request.user)

        super().__init__(*arguments, **{"queryset": visible, "empty_label": "Any"} | options)


class DayFilter(django_filters.DateFilter):
    """A day from the browser's own date box; ``lookup_expr`` says which side of it."""

    def __init__(self, *arguments: Any, **options: Any):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}))
        super().__init__(*arguments, **options)


class RecordFilters(django_filters.FilterSet):
    """The filters of one list. Subclasses declare filters; lists of choices go through ``visible_to``."""

    @cached_property
    def form(self) -> forms.Form:
        """With the filters' own fields: made for this list alone, they need no class and no copies."""
        form = self._meta.form(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields = {name: one.field for name, one in self.filters.items()}
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
