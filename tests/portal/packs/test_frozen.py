"""Templates are frozen: a pack is drawn as it was when its template was released, byte for byte.

``issued_with_v1.json`` holds every kind of block; for v2 the same pack names the other template. Where this
fails, undo the change of the template or its renderer and make another beside it. Only an upgrade of Typst
or openpyxl may renew a digest: the packs issued before it are served from their kept files, and drawing them
again then differs, which ``render_pack`` says.
"""

import hashlib
from pathlib import Path

import pytest

from portal.packs import rendering
from portal.packs.sealing import open_sealed, seal

SEALED = Path(__file__).with_name("issued_with_v1.json").read_bytes()
DIGEST = "b6bc2ae9308f568dc5d62deb131772de0c36a1aab36b1e84fa972d24139a8143"
FORMS = {
    "html": "aec4969eb13074c1f5c867b0312fd852ae6f1f8b5201ba618e276fd3291a720f",
    "pdf": "76ca45ceaa5d50f7ce37d8c595e9e5d5bd3f450d7b0d34e3796629a01dd364d3",
    "xlsx": "0dcf5c78d80e6660e488d1c1cbd76e02d4770f35e0b11dc99d894ea60e0904b2",
}


V2 = {
    "html": "ba5670377b1b8cb151540e6201126089a1f78493dfdaa530031876f03f64b745",
    "pdf": "76a747981dc33c08a21e472277b097c0addf50cfbecd1f2ec5f0b4d7a3008437",
    "xlsx": "e6797cc9d959c2bb35deacbc4209d3451e95b719cca67f1bc80c751ead7d2d74",
}


def test_a_pack_sealed_with_v1_can_still_be_opened_and_sealed_to_the_same_bytes():
    assert seal(open_sealed(SEALED, DIGEST)).data == SEALED


@pytest.mark.parametrize("form", FORMS)
def test_a_pack_sealed_with_v1_is_drawn_as_it_was(form):
    assert drawn(form, SEALED) == FORMS[form]


@pytest.mark.parametrize("form", V2)
def test_a_pack_sealed_with_v2_is_drawn_as_it_was(form):
    assert drawn(form, SEALED.replace(b'"template":"v1"', b'"template":"v2"')) == V2[form]


def drawn(form, sealed):
    return hashlib.sha256(rendering.FORMS[form].draw(sealed)).hexdigest()
