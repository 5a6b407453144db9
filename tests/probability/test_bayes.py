import numpy as np
import pytest

from derivable.probability import bayes_example


def test_it_is_the_square_of_the_norm():
    x = np.random.default_rng(0).normal(size=7)
    assert bayes_example(x) == pytest.approx(np.linalg.norm(x) ** 2)


def test_integers_are_promoted():
    assert bayes_example(np.array([3, 4])) == 25.0


def test_a_matrix_is_refused():
    with pytest.raises(ValueError, match="x must"):
        bayes_example(np.eye(2))
