"""How every record of the illustration says that it is made up."""

from typing import Any

from programme.people.choices import Classification

MADE_UP = "Illustration: "  # begins the reason of every write
SOURCE = "Made up for the illustration"  # stands where a figure names its document


def exemption(one: dict[str, Any]) -> dict[str, Any]:
    """The fields that keep a record exempt, where the story says that it is."""
    if "exempt" not in one:
        return {}
    return {
        "classification": Classification.EXEMPT,
        "exempt_paragraphs": one["exempt"]["paragraphs"],
        "exempt_reason": one["exempt"]["reason"],
        "exempt_review": one["exempt"]["review"],
    }
