"""What the portal does with every address and to every answer."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase

PRIVATE = "private, no-store"


class PrivateAnswers:
    """Pages and files are for the person who asked and stay in no cache, their browser's included.

    An answer that already says how it may be kept (the style sheet of the site's colour, static files)
    keeps its word.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = PRIVATE
        return answer


class AddressesWithoutNul:
    """Nothing stands at an address with a NUL in it: PostgreSQL holds no such text and refuses to look."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)
