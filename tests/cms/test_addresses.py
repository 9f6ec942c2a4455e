import pytest
from django.core.exceptions import ValidationError

from cms.addresses import refuse_foreign_address


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/projects/DIG-01/",
        "/projects/DIG-01/?tab=plan",
        "/benefits/#headlines",
        "/board/decisions/TB-2022-014/",
    ],
)
def test_pages_of_the_portal_are_accepted(address: str) -> None:
    assert refuse_foreign_address(address) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "projects/DIG-01/",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "https://example.org/projects/",
        "//example.org/",
        "/\\example.org/",
        "/projects/\nDIG-01/",
        "/projects/DIG-01/ ",
        '/projects/"onclick="x/',
        "/no-such-page/",
        "/cms/",
        "/cms/pages/4/edit/",
        "/media/images/floor.png",
        "/sign-out/",
    ],
)
def test_whatever_else_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        refuse_foreign_address(address)


def test_a_record_that_is_not_there_is_not_told_apart_from_one_that_is() -> None:
    assert refuse_foreign_address("/projects/NO-SUCH-99/") is None
