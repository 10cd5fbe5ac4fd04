import pickle

import pytest

from ansinh.kernel.errors import BilingualError


def test_both_languages_are_kept_and_shown():
    error = BilingualError("Sai tháng", "Wrong month", code="month.format")
    assert (error.vi, error.en, error.code) == ("Sai tháng", "Wrong month", "month.format")
    assert str(error) == "Sai tháng / Wrong month"


def test_is_a_value_error_without_a_code_by_default():
    with pytest.raises(ValueError, match="Thiếu / Missing") as caught:
        raise BilingualError("Thiếu", "Missing")
    assert caught.value.code == ""


def test_survives_the_way_between_processes():
    class_of_error = pickle.loads(pickle.dumps(BilingualError("Một", "One", code="x.y")))  # noqa: S301
    assert (class_of_error.vi, class_of_error.en, class_of_error.code) == ("Một", "One", "x.y")
