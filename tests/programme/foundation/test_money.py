"""Pounds and financial years: what is understood, what is refused, and that nothing is lost on the way."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programme.foundation import money
from programme.foundation.money import (
    FinancialYear,
    FinancialYearField,
    FinancialYearFormField,
    MoneyField,
    PoundsFormField,
    Profile,
)

pence = st.integers(-(10**13) + 1, 10**13 - 1)
years = st.integers(1990, 2098)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250000", "1250000"),
        ("£1,250,000.00", "1250000"),
        (" £ 1,250 ", "1250"),
        ("(1,250)", "-1250"),
        ("(£1,250)", "-1250"),
        ("-174000", "-174000"),
        ("\N{MINUS SIGN}£174,000", "-174000"),
        ("1.25m", "1250000"),
        ("£12.5K", "12500"),
        ("0.01", "0.01"),
        ("1\N{NO-BREAK SPACE}m", None),
        ("1,25", None),
        ("1,2500", None),
        ("12,50,000", None),
        ("1.234", None),
        ("0.000001k", None),
        ("5)", None),
        ("(5", None),
        ("((5))", None),
        ("--5", None),
        ("5-", None),
        ("£", None),
        ("", None),
        ("1e6", None),
        ("NaN", None),
        ("Infinity", None),
        ("=1+1", None),
        ("1.", None),
        ("٣", None),
        ("100,000,000,000", None),
        ("9" * 10_000, None),
    ],
)
def test_amounts_as_people_type_them(typed, amount):
    if amount is None:
        with pytest.raises(ValueError, match=r"\w+"):
            money.parse_pounds(typed)
    else:
        assert money.parse_pounds(typed) == Decimal(amount)


@given(pence)
def test_what_is_shown_can_be_typed_again(whole):
    amount = Decimal(whole) / 100
    assert money.parse_pounds(money.pounds(amount)) == amount
    assert money.parse_pounds(f"{amount:,.2f}") == amount


@given(st.text(max_size=60) | st.text("0123456789,.()-£km \N{MINUS SIGN}", max_size=20))
def test_any_text_is_an_amount_of_whole_pence_or_refused_with_a_sentence(text):
    sentence = ""
    try:
        amount = money.parse_pounds(text)
    except ValueError as refused:
        sentence = str(refused)
    if sentence:
        assert len(sentence) < 150
    else:
        assert (amount * 100) % 1 == 0
        assert abs(amount) <= money.LARGEST


@given(pence)
def test_money_comes_back_from_the_database_to_the_penny(whole):
    field = MoneyField(negative=True)
    amount = Decimal(whole) / 100
    stored = field.get_prep_value(amount)
    assert stored == whole
    assert isinstance(stored, int)
    assert field.from_db_value(stored) == amount


@pytest.mark.parametrize(
    "value", [0.1, "1.234", Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"), "ten"]
)
def test_floats_and_parts_of_a_penny_are_refused(value):
    with pytest.raises(ValidationError):
        MoneyField(negative=True).clean(value, None)
    with pytest.raises(ValidationError):
        MoneyField(negative=True).get_prep_value(value)


def test_negative_money_only_where_it_can_be():
    with pytest.raises(ValidationError, match="cannot be negative"):
        MoneyField().clean("-1", None)
    assert MoneyField(negative=True).clean("-1", None) == -1
    with pytest.raises(ValidationError, match="beyond"):
        MoneyField().clean(money.LARGEST + 1, None)


def test_money_is_described_for_migrations():
    _, _, _, options = MoneyField(negative=True, null=True).deconstruct()
    assert options == {"negative": True, "null": True}
    assert "negative" not in MoneyField().deconstruct()[3]


def test_a_box_for_pounds_keeps_what_was_typed_and_shows_what_is_stored():
    box = PoundsFormField(required=False)
    assert box.clean("£1,950,000") == 1_950_000
    assert box.clean("") is None
    assert box.prepare_value(Decimal("1950000")) == "1,950,000"
    assert box.prepare_value(Decimal("1.50")) == "1.50"
    assert box.prepare_value("one million") == "one million"
    for refused in ("one million", "1" * 41):
        with pytest.raises(ValidationError):
            box.clean(refused)


def test_a_box_for_a_year_understands_three_spellings_and_refuses_two_years() -> None:
    box = FinancialYearFormField(required=False)
    assert [box.clean(typed) for typed in ("2022/23", "2022-23", " 22/23 ")] == [FinancialYear(2022)] * 3
    assert box.clean("") is None
    with pytest.raises(ValidationError, match="“2022/24” is not a financial year; write it like 2022/23"):
        box.clean("2022/24")


@pytest.mark.parametrize(
    ("amount", "pounds", "thousands", "millions"),
    [
        ("1950000", "£1,950,000", "1,950", "£1.950m"),
        ("-174000", "−\N{WORD JOINER}£174,000", "−174", "−\N{WORD JOINER}£0.174m"),
        ("0", "£0", "0", "£0.000m"),
        ("0.5", "£0.50", "0", "£0.000m"),
        ("-499.99", "−\N{WORD JOINER}£499.99", "0", "£0.000m"),
        ("500", "£500", "1", "£0.001m"),
        ("-500", "−\N{WORD JOINER}£500", "−1", "−\N{WORD JOINER}£0.001m"),
        ("1499.99", "£1,499.99", "1", "£0.001m"),
    ],
)
def test_amounts_in_words(amount, pounds, thousands, millions):
    value = Decimal(amount)
    assert (money.pounds(value), money.thousands(value), money.millions(value)) == (
        pounds,
        thousands,
        millions,
    )


def test_a_gain_has_its_sign_too_and_no_line_ends_between_sign_and_pound():
    assert money.signed(Decimal(3_000)) == "+\N{WORD JOINER}£3,000"
    assert money.signed(Decimal(-3_000)) == money.pounds(Decimal(-3_000))
    assert money.signed(Decimal(0)) == "£0"


def test_unknown_is_not_nought():
    assert money.pounds(None) == money.thousands(None) == money.millions(None) == "not known"


@given(pence, st.sampled_from([money.thousands, money.millions, money.pounds]))
def test_a_minus_stands_only_before_something(whole, words):
    text = words(Decimal(whole) / 100)
    assert "-" not in text
    assert text.startswith(money.MINUS) <= (whole < 0)
    assert any(sign in "123456789" for sign in text) or not text.startswith(money.MINUS)


# Financial years


@given(st.dates(datetime.date(1990, 4, 1), datetime.date(2099, 3, 31)))
def test_every_day_lies_in_its_financial_year(day):
    year = FinancialYear.of(day)
    assert year.first <= day <= year.last
    if year.start < 2098:
        assert year.next().first == year.last + datetime.timedelta(1)


def test_the_year_turns_on_the_first_of_april():
    assert str(FinancialYear.of(datetime.date(2023, 3, 31))) == "2022/23"
    assert str(FinancialYear.of(datetime.date(2023, 4, 1))) == "2023/24"


@given(years)
def test_a_year_as_written_is_read_again(start):
    year = FinancialYear(start)
    assert FinancialYear.parse(str(year)) == year
    field = FinancialYearField()
    assert field.from_db_value(field.get_prep_value(year)) == year
    assert field.get_prep_value(str(year)) == field.get_prep_value(start) == start


@given(years, years)
def test_years_compare_as_their_dates_do(one, two):
    a, b = FinancialYear(one), FinancialYear(two)
    assert (a < b, a <= b, a == b, a >= b, a > b) == (
        one < two,
        one <= two,
        one == two,
        one >= two,
        one > two,
    )
    assert (hash(a) == hash(b)) >= (a == b)


def test_years_in_other_spellings():
    for text in ("2022/23", "2022-23", "2022–23", "22/23", "2022/2023", " 2022 / 23 "):
        assert FinancialYear.parse(text) == FinancialYear(2022), text
    assert FinancialYear.parse("1999/00") == FinancialYear(1999)


@pytest.mark.parametrize(
    "text", ["2022/24", "2022", "2022/22", "1922/23", "2099/00", "next year", "", "٢٠٢٢/٢٣", "22/23/24"]
)
def test_what_is_no_financial_year_is_refused(text):
    with pytest.raises(ValueError, match="financial year"):
        FinancialYear.parse(text)
    with pytest.raises(ValidationError):
        FinancialYearField().to_python(text)


def test_a_year_is_no_other_thing():
    assert FinancialYear(2022) != 2022
    assert FinancialYear(2022) != "2022/23"
    with pytest.raises(ValueError, match="not a financial year"):
        FinancialYear(1980)


profiles = st.dictionaries(
    years.map(FinancialYear), pence.map(lambda whole: Decimal(whole) / 100), max_size=12
)


@given(profiles, profiles)
def test_profiles_add_up_year_by_year_and_in_total(one, two):
    both = Profile(one) + Profile(two)
    assert both == Profile(two) + Profile(one)
    assert both.total == Profile(one).total + Profile(two).total
    assert list(both) == sorted({*one, *two})


def test_a_year_that_is_not_there_is_unknown():
    profile = Profile([(FinancialYear(2023), Decimal(5)), (FinancialYear(2022), Decimal(1))])
    assert list(profile.values()) == [1, 5]
    assert FinancialYear(2024) not in profile
    with pytest.raises(KeyError):
        profile[FinancialYear(2024)]
    assert Profile().total == 0
