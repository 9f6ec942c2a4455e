"""Several sentences in one box, one a line."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from programme.foundation.form_fields import PlainTextField


class LinesField(PlainTextField):
    """Gives a list of sentences, blank lines left out; each at most ``longest`` characters."""

    def __init__(self, *, longest: int, **options: Any):
        options.setdefault("help_text", "One a line.")
        options.setdefault("max_length", longest * 30)
        options.setdefault("rows", 8)
        super().__init__(**options)
        self.longest = longest

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = [line.strip() for line in super().clean(value).split("\n")]
        kept = [line for line in lines if line]
        for number, line in enumerate(kept, 1):
            if len(line) > self.longest:
                raise ValidationError(f"Line {number} must be {self.longest:,} characters or fewer")
        if len(kept) > 100:
            raise ValidationError("There can be a hundred lines at most")
        return kept
