import numpy as np
import pytest

from derivable.probability import estimation_example


def test_it_is_the_square_of_the_norm():
    x = np.random.default_rng(0).normal(size=7)
    assert estimation_example(x) == pytest.approx(np.linalg.norm(x) ** 2)


def test_integers_are_promoted():
    assert estimation_example(np.array([3, 4])) == 25.0


def test_a_matrix_is_refused():
    with pytest.raises(ValueError, match="x must"):
        estimation_example(np.eye(2))
