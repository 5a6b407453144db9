import cmath
import math
from pathlib import Path

import mpmath
import numpy as np
import pytest
import scipy.fft
import scipy.signal
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st

import derivable.linalg
from derivable import foundations
from derivable.foundations import (
    alias,
    dft,
    dft_matrix,
    fft,
    fft_products,
    fourier_coefficients,
    fourier_series,
    idft,
    polar,
    position_shift,
    positional_encoding,
    rotation,
    sample_wave,
    sine_layer,
    sine_wave,
    square_wave,
    square_wave_coefficients,
)

EPS = np.finfo(float).eps
ONE_WAVE = (
    Path(__file__).parents[2]
    / "snippets/foundations/trigonometry/exercises/one_wave.py"
)
angles = st.floats(-10, 10)
seeds = st.integers(0, 2**32 - 1)

# settings of identities: the same examples on every run
fixed = settings(max_examples=100, derandomize=True)


# points by angle


@fixed
@given(seeds)
def test_polar_is_modulus_and_argument_of_a_complex_number(seed):
    x, y = np.random.default_rng(seed).normal(size=2)
    assert polar(x, y) == pytest.approx(cmath.polar(complex(x, y)))


@pytest.mark.parametrize("degrees", [-170, -100, -45, 0, 20, 90, 135, 180])
def test_polar_finds_the_angle_in_every_quarter(degrees):
    theta = math.radians(degrees)
    r, found = polar(5 * math.cos(theta), 5 * math.sin(theta))
    assert r == pytest.approx(5)
    assert found == pytest.approx(theta)


def test_the_angle_comes_back_up_to_whole_turns():
    _, theta = polar(math.cos(4), math.sin(4))
    assert theta == pytest.approx(4 - 2 * math.pi)
    assert polar(-1.0, 0.0) == (1, math.pi)
    assert polar(-1.0, -0.0) == (1, -math.pi)


def test_the_length_of_a_far_point_does_not_overflow_before_it_must():
    assert polar(3e200, 4e200)[0] == pytest.approx(5e200)
    with pytest.raises(ValueError, match="r must be finite, got inf"):
        polar(1.7e308, 1.7e308)


def test_the_origin_has_no_angle():
    with pytest.raises(ValueError, match="must not be zero: it has no angle"):
        polar(0.0, -0.0)
    assert polar(0.0, -2.0) == pytest.approx((2, -math.pi / 2))
    assert polar(-2.0, 0.0) == pytest.approx((2, math.pi))


@pytest.mark.parametrize(("x", "y", "name"), [("a", 1, "x"), (1, 1j, "y")])
def test_polar_takes_real_numbers(x, y, name):
    with pytest.raises(TypeError, match=f"{name} must be real numbers"):
        polar(x, y)


# waves


def test_a_wave_is_a_rotating_arrow_seen_from_the_side():
    t = np.linspace(-1, 2, 50)
    wave = sine_wave(t, amplitude=2.0, frequency=3.0, phase=0.4)
    arrow = 2 * np.exp(1j * (6 * np.pi * t + 0.4))
    np.testing.assert_allclose(wave, arrow.imag, atol=1e-13)


def test_a_wave_starts_at_its_phase_and_repeats_after_its_period():
    assert sine_wave(0.0, phase=np.pi / 2) == pytest.approx(1)
    assert sine_wave(0.25) == pytest.approx(1)
    t = np.linspace(0, 1, 11)
    one, later = sine_wave(t, frequency=4), sine_wave(t + 0.25, frequency=4)
    np.testing.assert_allclose(one, later, atol=1e-13)
    assert one.shape == t.shape


def test_a_negative_amplitude_is_half_a_turn_ahead():
    t = np.linspace(0, 1, 11)
    np.testing.assert_allclose(
        sine_wave(t, amplitude=-2, phase=0.3),
        sine_wave(t, amplitude=2, phase=0.3 + np.pi),
        atol=1e-14,
    )


def test_a_phase_makes_only_a_wave_of_positive_frequency_earlier():
    t = np.arange(8) / 8
    for frequency, later in ((1, -1 / 8), (-1, 1 / 8)):
        first = [
            t[np.argmax(sine_wave(t, frequency=frequency, phase=phase))]
            for phase in (0, np.pi / 4)
        ]
        assert first[1] - first[0] == later


def test_wave_shapes_are_kept():
    assert sine_wave([[0, 1, 2]]).shape == (1, 3)
    assert fourier_series(np.zeros((2, 3)), [1.0], [0.0]).shape == (2, 3)
    assert square_wave(np.zeros((2, 3))).shape == (2, 3)


def test_turns_that_overflow_are_refused():
    with pytest.raises(ValueError, match="f t must be finite"):
        sine_wave(1e300, frequency=1e300)
    with pytest.raises(ValueError, match="t / T must be finite"):
        fourier_series(1e300, [1, 1], [1, 1], period=1e-10)
    with pytest.raises(ValueError, match="t / period must be finite"):
        square_wave(1e300, period=1e-10)


@pytest.mark.parametrize("turns", [1e15, -1e15, 2.0**60, 1e300])
def test_after_whole_turns_a_wave_is_where_it_began(turns):
    assert sine_wave(turns) == 0
    wave = sine_wave(1.0, frequency=turns, phase=0.3)
    assert wave == pytest.approx(math.sin(0.3))
    assert fourier_series(turns, [1.0, 2, 4], [0.0, 7, 7]) == 7


def test_the_part_of_a_turn_is_kept():
    for wave in (sine_wave, lambda t: fourier_series(t, [0, 0], [0, 1])):
        assert wave(1e15 + 0.25) == pytest.approx(1)
        assert wave(1e15 + 0.75) == pytest.approx(-1)
        assert wave(-1e-20) == pytest.approx(-2e-20 * np.pi, abs=0)


@pytest.mark.parametrize("name", ["amplitude", "frequency", "phase"])
def test_what_a_wave_is_refused_for_has_its_name(name):
    with pytest.raises(ValueError, match=f"{name} must be finite, got nan"):
        sine_wave(0.0, **{name: np.nan})
    with pytest.raises(ValueError, match=f"{name} must be finite, got nan"):
        sample_wave(
            **{"num_samples": 4, "rate": 8, "frequency": 1} | {name: np.nan}
        )


# series


def test_coefficients_are_integrals():
    def f(t):
        return np.exp(np.sin(2 * np.pi * t / 3))

    def integral(wave, k):
        return mpmath.quad(
            lambda t: mpmath.exp(mpmath.sin(t)) * wave(k * t),
            [0, mpmath.pi, 2 * mpmath.pi],
        )

    a, b = fourier_coefficients(f, 3, period=3.0)
    for k in range(4):
        half = np.pi * (2 if k == 0 else 1)
        for found, wave in ((a, mpmath.cos), (b, mpmath.sin)):
            value = float(integral(wave, k)) / half
            assert found[k] == pytest.approx(value, abs=1e-13)


@fixed
@given(seeds)
def test_the_coefficients_of_a_series_are_found_again(seed):
    rng = np.random.default_rng(seed)
    n, period = int(rng.integers(0, 8)), float(rng.uniform(0.1, 9))
    a, b = rng.normal(size=(2, n + 1))
    b[0] = 0
    found = fourier_coefficients(
        lambda t: fourier_series(t, a, b, period=period),
        n,
        period=period,
        num_samples=2 * n + 1,
    )
    np.testing.assert_allclose(found, [a, b], atol=1e-12)
    assert found[0].shape == found[1].shape == (n + 1,)


def test_a_series_is_the_real_part_of_a_power_series():
    a, b, t = [0.5, 1.0, -2.0, 0.3], [0.0, 3.0, 1.0, -1.0], 0.37
    z = cmath.exp(2j * math.pi * t / 2.5)
    power = sum(
        (p - 1j * q) * z**k for k, (p, q) in enumerate(zip(a, b, strict=True))
    )
    assert fourier_series(t, a, b, period=2.5) == pytest.approx(power.real)


def test_the_samples_are_evenly_spaced_midpoints_of_one_period():
    seen = []
    fourier_coefficients(
        lambda t: [seen.extend(t), t][1], 1, period=2.0, num_samples=4
    )
    np.testing.assert_allclose(seen, [0.25, 0.75, 1.25, 1.75])


@pytest.mark.parametrize("n", [1, 2, 15, 16, 1023, 1024])
def test_midpoints_miss_the_jumps_if_their_number_is_even(n):
    seen = []

    def f(t):
        seen.extend(t)
        return square_wave(t)

    a, _ = fourier_coefficients(f, 0, num_samples=n)
    assert (0.5 in seen) == (n % 2 == 1)
    assert a[0] == pytest.approx(-(n % 2) / n, abs=1e-13)


def test_a_wave_too_fast_for_the_samples_is_taken_for_a_slow_one():
    a, b = fourier_coefficients(
        lambda t: sine_wave(t, frequency=9), 7, num_samples=16
    )
    np.testing.assert_allclose(a, 0, atol=1e-13)
    np.testing.assert_allclose(b, np.eye(8)[7], atol=1e-13)


def test_at_a_jump_a_series_tends_to_the_middle():
    a, b = fourier_coefficients(
        lambda t: np.exp(t % 1), 500, num_samples=1 << 13
    )
    t = np.array([0.0, 0.3, 0.8])
    wanted = [(1 + math.e) / 2, math.exp(0.3), math.exp(0.8)]
    np.testing.assert_allclose(fourier_series(t, a, b), wanted, atol=2e-3)


def test_by_default_the_period_is_one_and_a_thousand_samples_are_taken():
    seen = []
    fourier_coefficients(lambda t: [seen.extend(t), t][1], 1)
    assert len(seen) == 1024
    assert max(seen) < 1 < max(seen) + 1 / 1024


def test_a_wave_too_fast_for_the_samples_is_refused():
    with pytest.raises(ValueError, match="below half of 8 samples, got 4"):
        fourier_coefficients(np.cos, 4, num_samples=8)
    assert len(fourier_coefficients(np.cos, 3, num_samples=8)[0]) == 4
    assert len(fourier_coefficients(np.cos, 3, num_samples=7)[0]) == 4
    with pytest.raises(ValueError, match="below half of 1 samples, got 1"):
        fourier_coefficients(np.cos, 1, num_samples=1)


def test_a_function_has_one_value_for_each_time():
    with pytest.raises(ValueError, match=r"f\(t\) must have shape \(16,\)"):
        fourier_coefficients(lambda t: t[0], 2, num_samples=16)
    with pytest.raises(ValueError, match=r"f\(t\) must be finite"):
        fourier_coefficients(lambda t: t + np.nan, 2)
    with pytest.raises(TypeError, match="f must be a function"):
        fourier_coefficients(1.0, 2)


def test_coefficients_near_the_largest_float_do_not_overflow():
    a, _ = fourier_coefficients(lambda t: 0 * t + 1e308, 2)
    assert a[0] == pytest.approx(1e308)


@pytest.mark.parametrize(("name", "quarter"), [("a", 0.25), ("b", 0.0)])
def test_coefficients_that_leave_float64_are_refused_by_name(name, quarter):
    with pytest.raises(ValueError, match=f"^{name} must be finite"):
        fourier_coefficients(
            lambda t: 1.7e308 * square_wave(t + quarter), 1, num_samples=64
        )


def test_what_a_layer_or_an_alias_is_refused_for_has_its_name():
    X, W, b = [[1e308, 1e308]], [[10.0], [-10.0]], [0.0]
    with pytest.raises(ValueError, match=r"^ω \(X W \+ b\) must be finite"):
        sine_layer(X, W, b)
    with pytest.raises(ValueError, match=r"^b must be finite, got nan"):
        sine_layer([[1.0]], [[1.0]], [np.nan])
    with pytest.raises(ValueError, match=r"^omega must be finite, got nan"):
        sine_layer([[1.0]], [[1.0]], [0.0], omega=np.nan)
    with pytest.raises(
        ValueError, match=r"^frequency must be finite, got nan"
    ):
        alias(np.nan, 1.0)
    with pytest.raises(ValueError, match=r"^rate must be finite, got nan"):
        alias(1.0, np.nan)


def test_cosines_and_sines_are_as_many():
    with pytest.raises(ValueError, match=r"b must have shape \(2,\), got \(1"):
        fourier_series(0.0, [1.0, 2.0], [0.0])
    with pytest.raises(ValueError, match="the sum must be finite"):
        fourier_series(0.0, [1.7e308, 1.7e308], [0.0, 0.0])


def test_the_square_wave_is_that_of_scipy():
    t = np.linspace(-3, 3, 1000)
    np.testing.assert_array_equal(
        square_wave(t, period=0.7), scipy.signal.square(2 * np.pi * t / 0.7)
    )
    np.testing.assert_array_equal(square_wave([0.0, 0.5, 1.0]), [1, -1, 1])


@pytest.mark.parametrize("K", [0, 1, 2, 7])
def test_the_square_wave_has_odd_sines(K):
    b = square_wave_coefficients(K)
    a, measured = fourier_coefficients(square_wave, K, num_samples=1 << 14)
    np.testing.assert_allclose(b, measured, atol=1e-6)
    np.testing.assert_allclose(a, 0, atol=1e-12)
    assert b.shape == (K + 1,)


@pytest.mark.parametrize("n", [1, 10, 200])
def test_the_overshoot_is_that_of_the_integral_of_gibbs(n):
    """At 1/(4 n) stands the largest of n odd sines; it tends to Si."""
    b = square_wave_coefficients(2 * n - 1)
    t = np.linspace(0, 0.5, 40 * n + 1)
    s = fourier_series(t, 0 * b, b)
    assert s.max() == pytest.approx(s[10 * 2], rel=1e-12)
    limit = 2 / np.pi * scipy.special.sici(np.pi)[0]
    assert s.max() == pytest.approx(limit, abs=0.1 / n**2)


def test_the_overshoot_falls_to_its_limit_and_never_below():
    peaks = []
    for n in range(1, 101):
        b = square_wave_coefficients(2 * n - 1)
        peaks.append(fourier_series(1 / (4 * n), 0 * b, b))
    assert np.all(np.diff(peaks) < -1e-8)
    assert peaks[-1] > 2 / np.pi * scipy.special.sici(np.pi)[0] + 1e-6


def test_the_overshoot_ends_below_895_and_above_894_per_cent():
    b = square_wave_coefficients(1999)
    peak = fourier_series(1 / 4000, 0 * b, b)
    assert 0.0894 < (peak - 1) / 2 < 0.0895


@pytest.mark.parametrize("n", [1, 2, 7])
def test_no_other_top_of_the_sum_is_as_high_as_the_first(n):
    b = square_wave_coefficients(2 * n - 1)
    t = np.arange(1, 4 * n) / (4 * n)  # where the slope is 0, up to 1
    tops = fourier_series(t, 0 * b, b)
    assert tops.argmax() in {0, 2 * n - 2}
    assert tops[0] == pytest.approx(tops[2 * n - 2])
    assert np.all(np.abs(tops[1 : 2 * n - 2]) < tops[0] - 1e-3)


def test_where_two_pieces_meet_a_series_tends_to_the_middle_of_both():
    """What the function says at the one point makes no difference."""

    def one_point(t):
        return np.where(t == 0.5, 1.0, 0.0)

    a, b = fourier_coefficients(one_point, 50)
    assert one_point(0.5) == 1
    assert fourier_series(0.5, a, b) == 0


@pytest.mark.parametrize("n", [1, 10, 1000])
def test_beside_a_jump_the_error_stays_half_of_it(n):
    b = square_wave_coefficients(2 * n - 1)
    t = 1e-9 / n
    error = square_wave(t) - fourier_series(t, 0 * b, b)
    assert error == pytest.approx(1, abs=1e-7)


@pytest.mark.parametrize(
    "call",
    [
        lambda p: fourier_coefficients(np.cos, 1, period=p),
        lambda p: fourier_series(0.0, [1.0], [0.0], period=p),
        lambda p: square_wave(0.0, period=p),
    ],
)
def test_a_period_is_positive(call):
    with pytest.raises(ValueError, match=r"period must be positive, got 0\.0"):
        call(0)


# sampling


@fixed
@given(st.floats(-50, 50), st.floats(0.5, 20))
def test_an_alias_has_the_same_samples_and_is_slow(f, rate):
    slow = alias(f, rate)
    assert abs(slow) <= rate / 2
    t = np.arange(20) / rate
    np.testing.assert_allclose(
        np.exp(2j * np.pi * slow * t), np.exp(2j * np.pi * f * t), atol=1e-9
    )


def test_a_slow_wave_is_its_own_alias():
    assert alias(3.0, 8.0) == 3
    assert alias(-3.0, 8.0) == -3
    assert alias(5.0, 8.0) == -3
    assert alias(9.0, 8.0) == 1


@pytest.mark.parametrize("f", [-36.0, -12.0, 12.0, 36.0])
def test_of_two_equally_slow_waves_one_is_said(f):
    assert alias(f, 24.0) == 12
    assert alias(f + 1, 24.0) == -11


def test_a_rate_too_small_to_be_halved_has_an_alias():
    assert alias(0.0, 5e-324) == 0


def test_heights_do_not_tell_which_way_a_wave_turns():
    np.testing.assert_allclose(
        sample_wave(-5, 50, rate=24, phase=0.7),
        sample_wave(5, 50, rate=24, phase=np.pi - 0.7),
        atol=1e-13,
    )
    assert alias(-5, 24) == -5


def test_few_samples_fit_many_slow_waves():
    np.testing.assert_allclose(
        sample_wave(6.0, 2, rate=24.0),
        sample_wave(2.0, 2, rate=24.0, amplitude=2.0),
        atol=1e-14,
    )


def test_samples_are_those_of_the_wave():
    t = np.arange(7) / 5
    np.testing.assert_allclose(
        sample_wave(2.0, 7, rate=5.0, amplitude=3.0, phase=0.2),
        sine_wave(t, frequency=2.0, amplitude=3.0, phase=0.2),
        atol=1e-13,
    )
    np.testing.assert_allclose(
        sample_wave(1.0, 5, rate=4.0), [0, 1, 0, -1, 0], atol=1e-14
    )


@pytest.mark.parametrize("f", [4.0, -4.0, 9.0])
def test_a_frequency_from_half_the_rate_on_is_refused(f):
    with pytest.raises(
        ValueError, match=rf"below half the rate, 4\.0, got {f}"
    ):
        sample_wave(f, 10, rate=8.0)
    assert sample_wave(3.99, 10, rate=8.0).shape == (10,)


def test_a_rate_is_positive_and_a_count_at_least_one():
    with pytest.raises(ValueError, match="rate must be positive, got 0"):
        sample_wave(1.0, 10, rate=0)
    with pytest.raises(ValueError, match="rate must be positive, got -1"):
        alias(1.0, -1.0)
    with pytest.raises(ValueError, match="num_samples must be at least 1"):
        sample_wave(1.0, 0, rate=8.0)
    with pytest.raises(TypeError, match="num_samples must be a whole number"):
        sample_wave(1.0, 4.0, rate=8.0)


# the transform


@fixed
@given(seeds, st.integers(1, 40))
def test_the_transform_is_that_of_numpy(seed, n):
    x = np.random.default_rng(seed).normal(size=(2, n))
    for signal in (x[0], x[0] + 1j * x[1]):
        np.testing.assert_allclose(dft(signal), np.fft.fft(signal), atol=1e-12)
        np.testing.assert_allclose(
            idft(signal), np.fft.ifft(signal), atol=1e-12
        )


@fixed
@given(seeds, st.integers(0, 9))
def test_halving_gives_the_same_coefficients(seed, power):
    x = np.random.default_rng(seed).normal(size=(2, 2**power))
    x = x[0] + 1j * x[1]
    np.testing.assert_allclose(fft(x), scipy.fft.fft(x), atol=1e-11)


@fixed
@given(seeds)
def test_the_angle_of_a_coefficient_is_the_phase_of_the_cosine(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(3, 30))
    k = int(rng.integers(1, (n + 1) // 2))
    A, phase = rng.uniform(0.5, 2), rng.uniform(-3, 3)
    t = np.arange(n) / n
    cosine = A * np.cos(2 * np.pi * k * t + phase)
    sine = sine_wave(t, amplitude=A, frequency=k, phase=phase)
    for wave, angle in ((cosine, phase), (sine, phase - np.pi / 2)):
        wanted = n / 2 * A * cmath.exp(1j * angle)
        assert abs(dft(wave)[k] - wanted) < 1e-11


@fixed
@given(seeds)
def test_coefficients_are_coordinates_up_to_the_number_of_samples(seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 20))
    x = rng.normal(size=n)
    j = np.arange(n)
    waves = np.exp(2j * np.pi * np.outer(j, j) / n)  # one a column
    np.testing.assert_allclose(
        dft(x), n * np.linalg.solve(waves, x), atol=1e-10
    )


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_the_rows_of_the_matrix_are_orthogonal_waves(n):
    F = dft_matrix(n)
    np.testing.assert_allclose(F @ F.conj().T, n * np.eye(n), atol=1e-12)
    np.testing.assert_allclose(F, scipy.linalg.dft(n), atol=1e-12)


def test_the_matrix_is_exact_far_out():
    """Without whole turns the angle stays small, and its sine precise."""
    n = 2000
    with mpmath.workdps(40):
        wanted = mpmath.expjpi(-2 * mpmath.mpf(1999 * 1998) / n)
    assert abs(dft_matrix(n)[1999, 1998] - complex(wanted)) < 4 * EPS


@pytest.mark.parametrize("power", range(11))
def test_halving_makes_n_log_n_halves_of_products(power):
    n = 2**power
    assert fft_products(np.ones(n)) == n * power // 2


@pytest.mark.parametrize("transform", [fft, fft_products])
def test_halving_needs_a_power_of_two(transform):
    with pytest.raises(ValueError, match="power of two entries, got 6"):
        transform(np.ones(6))


@pytest.mark.parametrize(
    ("transform", "name"),
    [(dft, "x"), (fft, "x"), (fft_products, "x"), (idft, "c")],
)
def test_a_signal_is_a_finite_vector_of_numbers(transform, name):
    with pytest.raises(ValueError, match=f"{name} must be a vector"):
        transform(np.ones((2, 2)))
    with pytest.raises(ValueError, match=f"{name} must be a vector"):
        transform(1j * np.ones((2, 2)))
    with pytest.raises(ValueError, match=rf"{name} must be finite.*\(1,\)"):
        transform([1.0, np.nan])
    with pytest.raises(ValueError, match=rf"{name} must be finite.*\(0,\)"):
        transform([complex(0, np.inf), 1.0])
    with pytest.raises(ValueError, match=f"{name} must be rectangular"):
        transform([[1.0], [1.0, 2.0]])
    with pytest.raises(ValueError, match=f"{name} must not be empty"):
        transform([])
    with pytest.raises(TypeError, match=f"{name} must be real"):
        transform(["a", "b"])
    with pytest.raises(TypeError, match=f"{name} must not be masked"):
        transform(np.ma.array([1j, 2], mask=[True, False]))


@pytest.mark.parametrize("transform", [dft, fft])
def test_coefficients_that_overflow_are_refused(transform):
    with pytest.raises(ValueError, match="the coefficients must be finite"):
        transform([1.7e308, 1.7e308])


def test_samples_that_overflow_are_refused():
    k = np.arange(8)  # turned by the wave, all point upward
    c = np.where(k % 2, 2**0.5, 1) * 1j * np.exp(-2j * np.pi * k / 8)
    with pytest.raises(ValueError, match="the samples must be finite"):
        idft(1.7e308 * c)
    assert idft([1.7e308, 1.7e308])[0] == pytest.approx(1.7e308)


def test_a_matrix_has_at_least_one_row():
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        dft_matrix(0)
    with pytest.raises(TypeError, match="n must be a whole number"):
        dft_matrix(4.0)


# layers


@pytest.mark.parametrize("base", [10_000.0, 3.0])
@pytest.mark.parametrize("steps", [0, 1, 17, -4])
def test_a_shift_takes_each_position_to_a_later_one(steps, base):
    P = positional_encoding(40, 12, base=base)
    M = position_shift(steps, 12, base=base)
    np.testing.assert_allclose(P[5:20] @ M.T, P[5 + steps : 20 + steps])
    np.testing.assert_allclose(M @ M.T, np.eye(12), atol=1e-14)


def test_shifts_add_up_and_may_be_broken():
    half, one = position_shift(0.5, 8), position_shift(1, 8)
    np.testing.assert_allclose(half @ half, one, atol=1e-14)
    np.testing.assert_allclose(one[:2, :2], rotation(-1.0))
    np.testing.assert_allclose(one[2:4, 2:4], rotation(-0.1))


@pytest.mark.parametrize("width", [3, 5])
def test_a_row_of_pairs_has_an_even_length(width):
    with pytest.raises(ValueError, match=f"width must be even, got {width}"):
        position_shift(1, width)
    with pytest.raises(ValueError, match=f"width must be even, got {width}"):
        positional_encoding(4, width)


def test_what_a_shift_is_refused_for():
    with pytest.raises(ValueError, match="width must be at least 2, got 0"):
        position_shift(1, 0)
    with pytest.raises(ValueError, match="base must be positive, got -1"):
        position_shift(1, 4, base=-1)
    with pytest.raises(ValueError, match="ω s must be finite"):
        position_shift(1e300, 4, base=1e-300)
    with pytest.raises(ValueError, match="steps must be finite"):
        position_shift(np.inf, 4)


def test_a_sine_layer_is_a_wave_of_each_neuron():
    rng = np.random.default_rng(0)
    X, W, b = rng.normal(size=(5, 2)), rng.normal(size=(2, 3)), [0.1, 2, -1]
    Z = sine_layer(X, W, b, omega=4.0)
    assert Z.shape == (5, 3)
    for i in range(5):
        for j in range(3):
            z = sum(X[i, k] * W[k, j] for k in range(2)) + b[j]
            assert Z[i, j] == pytest.approx(math.sin(4 * z))
    np.testing.assert_allclose(
        sine_layer(X, W, b), sine_layer(X, 30 * W, 30 * np.array(b), omega=1)
    )


def test_a_sine_layer_refuses_shapes_that_do_not_fit():
    X, W = np.ones((4, 2)), np.ones((2, 3))
    with pytest.raises(ValueError, match=r"W must have shape \(2, 2\), got"):
        sine_layer(X, W, [0, 0])
    with pytest.raises(ValueError, match=r"W must have shape \(3, 3\), got"):
        sine_layer(np.ones((4, 3)), W, [0, 0, 0])
    with pytest.raises(ValueError, match="must be finite"):
        sine_layer(1e300 * X, 1e300 * W, [0, 0, 0])
    with pytest.raises(ValueError, match="omega must be finite"):
        sine_layer(X, W, [0, 0, 0], omega=np.nan)


def test_what_linear_algebra_has_is_not_written_twice():
    assert foundations.rotation is derivable.linalg.rotation
    assert (
        foundations.positional_encoding is derivable.linalg.positional_encoding
    )


@fixed
@given(angles, angles)
def test_turning_twice_is_turning_once_by_the_sum(alpha, beta):
    np.testing.assert_allclose(
        rotation(alpha) @ rotation(beta), rotation(alpha + beta), atol=1e-13
    )


# answers that the check of an exercise must refuse

AMPLITUDE_OF_ANY_SIGN = """
import numpy as np

def one_wave(a, b):
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.where(a == 0, np.pi / 2, np.arctan(b / a))
    return np.copysign(np.hypot(a, b), np.where(a == 0, b, a)), phi
"""
NO_PHASE_AT_ZERO = """
import numpy as np

def one_wave(a, b):
    r = np.hypot(a, b)
    with np.errstate(invalid="ignore"):
        return r, np.copysign(np.arccos(a / r), b)
"""


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (AMPLITUDE_OF_ANY_SIGN, "no amplitude is negative"),
        (NO_PHASE_AT_ZERO, "the wave for a ≤ 0"),
    ],
)
def test_one_wave_has_a_length_and_an_angle(answer, why):
    cells = ONE_WAVE.read_text(encoding="utf-8").split("# %% ")
    check = next(c for c in cells if c.startswith("check"))
    names = {}
    exec(answer, names)  # noqa: S102
    with pytest.raises(AssertionError, match=why):
        exec(check.removeprefix("check"), names)  # noqa: S102
