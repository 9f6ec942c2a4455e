"""Seals: the same pack always gives the same bytes, and any change shows."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.packs.blocks import (
    Document,
    Fact,
    Facts,
    Heading,
    InvalidPack,
    KeyFigure,
    KeyFigures,
    Listing,
    Notice,
    Paragraph,
    Section,
    Table,
    stored,
)
from portal.packs.sealing import canonical, digest, from_plain, open_sealed, seal, to_plain

words = st.text(min_size=1, max_size=40).filter(lambda text: text.strip() and "\ud800" not in text)
pounds = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)
blocks = st.one_of(
    st.builds(Paragraph, words),
    st.builds(Heading, words, st.booleans()),
    st.builds(Listing, st.lists(words, max_size=3).map(tuple), st.booleans()),
    st.builds(Notice, st.sampled_from(["exempt", "difference"]), words, words),
    st.builds(Facts, st.lists(st.builds(Fact, words, words), max_size=3).map(tuple)),
    st.builds(
        KeyFigures,
        st.lists(
            st.builds(KeyFigure, words, pounds.map(lambda p: stored("money", p))), min_size=1, max_size=4
        ).map(tuple),
    ),
    st.builds(
        lambda caption, rows: Table.of(caption, ["Name", ("£", "money")], rows),
        words,
        st.lists(st.tuples(words, st.none() | pounds), max_size=4),
    ),
)


def document(*blocks, **more):
    parts = {
        "title": "Board pack",
        "council": "East Herts Council",
        "programme": "Transforming East Herts",
        "as_at": "2022-11-30",
        "variant": "board",
        "number": "TB-2022-11",
        "version": 1,
        "sections": (Section("1", "Programme", tuple(blocks)),),
    }
    return Document(**parts | more)


@given(st.lists(blocks, max_size=5))
def test_a_sealed_pack_opens_as_it_was_sealed(parts):
    whole = document(*parts)
    sealed = seal(whole)
    assert open_sealed(sealed.data, sealed.digest) == whole
    assert seal(open_sealed(sealed.data)) == sealed


@given(plain_values)
def test_the_order_of_keys_does_not_matter(value):
    def turned(part):
        if isinstance(part, dict):
            return {key: turned(part[key]) for key in reversed(part)}
        return [turned(item) for item in part] if isinstance(part, list) else part

    assert canonical(value) == canonical(turned(value))


@given(st.lists(blocks, max_size=3), blocks)
def test_any_change_changes_the_digest(parts, added):
    assert seal(document(*parts)).digest != seal(document(*parts, added)).digest


@given(plain_values, plain_values)
def test_only_the_same_data_has_the_same_digest(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    if same:
        assert digest(canonical(one)) == digest(canonical(other))
    elif canonical(one) != canonical(other):
        assert digest(canonical(one)) != digest(canonical(other))


def test_the_same_letter_typed_in_two_ways_seals_alike():
    assert seal(document(Paragraph("Café"))) == seal(document(Paragraph("Café")))


def test_the_bytes_are_known_so_that_a_later_release_cannot_drift():
    expected = (
        '{"as_at":"2022-11-30","correction":"","council":"East Herts Council","format":1,"issued":"",'
        '"notices":[],"number":"TB-2022-11","programme":"Transforming East Herts","sections":[{"blocks":'
        '[{"text":"£1","type":"paragraph"}],"number":"1","title":"Programme"}],"template":"v2",'
        '"title":"Board pack","variant":"board","version":1}'
    )
    assert seal(document(Paragraph("£1"))).data.decode() == expected


def test_one_changed_byte_is_noticed():
    sealed = seal(document(Paragraph("Savings of £150,000")))
    with pytest.raises(InvalidPack, match="does not match its digest"):
        open_sealed(sealed.data.replace(b"150", b"151"), sealed.digest)


def changed(**changes):
    return to_plain(document(Paragraph("A"))) | changes


@pytest.mark.parametrize(
    ("plain", "reason"),
    [
        ([], "a document was expected"),
        (changed(extra=1), "nobody knows extra"),
        (changed(version="1"), "int was expected, not str"),
        (changed(version=True), "int was expected, not bool"),
        (changed(version=2), "must say what changed"),
        (changed(format=2), "format 1"),
        (changed(template="../v1"), "not a template"),
        (changed(variant="secret"), "not a variant"),
        (changed(as_at="2022-02-30"), "not a date"),
        (changed(title=" "), "no title"),
        (changed(sections=[]), "sections"),
        (changed(sections=[{"number": "x", "title": "A", "blocks": []}]), "section number"),
        (
            changed(sections=[{"number": "1", "title": "A", "blocks": [{"type": "video"}]}]),
            "not a kind of block",
        ),
        (changed(sections=[{"number": "1", "title": "A", "blocks": [{"type": "paragraph"}]}]), "missing"),
        (changed(notices=[{"type": "paragraph", "text": "A"}]), "a notice was expected"),
        ({"title": "A"}, "missing"),
    ],
)
def test_data_that_is_not_a_pack_is_refused_with_its_reason(plain, reason):
    with pytest.raises(InvalidPack, match=reason):
        from_plain(plain)


@pytest.mark.parametrize("data", [b"", b"\xff", b"{", b'{"version": 1.5}', b'{"version": NaN}'])
def test_damaged_bytes_are_refused(data):
    with pytest.raises(InvalidPack):
        open_sealed(data)


def test_floats_are_never_sealed():
    with pytest.raises(InvalidPack, match="float"):
        canonical({"amount": 1.5})
    with pytest.raises(InvalidPack, match="floats"):
        Table.of("A", [("£", "money")], [[1.5]])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("money", "1.50"),
        ("money", "£1"),
        ("thousands", "1e3"),
        ("number", "many"),
        ("percent", ""),
        ("date", "6/7/22"),
    ],
)
def test_a_value_that_does_not_fit_its_column_is_refused(kind, value):
    with pytest.raises(InvalidPack):
        Table("A", Table.of("A", [("x", kind)], []).columns, ((value,),))


def test_part_of_a_penny_is_refused():
    with pytest.raises(InvalidPack, match="whole number of pence"):
        stored("money", Decimal("0.001"))


def test_amounts_are_whole_pence_and_unknown_stays_unknown():
    table = Table.of("A", [("£", "money"), ("£000", "thousands")], [[Decimal("-174000"), None]])
    assert table.rows == (("-17400000", None),)


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="argument"):
        Table.of("A", ["x"], [["1", "2"]])
    with pytest.raises(InvalidPack, match="2 cells for 1 columns"):
        Table("A", Table.of("A", ["x"], []).columns, (("1", "2"),))


def test_characters_that_cannot_be_drawn_are_replaced_before_sealing():
    assert Paragraph("a\x00b\ud800c\r\nd").text == "a\ufffdb\ufffdc\nd"
