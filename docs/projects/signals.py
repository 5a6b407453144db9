# ---
# title: Signals taken apart
# description: Your own Fourier transform cleans a noisy signal, finds a tone between the samples, and packs a photograph, each against an honest rival.
# builds: forward, loss
# minutes: 110
# ---

# %% [markdown]
# # Signals taken apart
#
# A tone lasts. In time it is everywhere, as a wave it is one number. Noise is
# everywhere in both. On this difference stand three tools that you build here:
# one takes noise out of a signal, one measures a tone far more finely than
# its waves are spaced, and one packs photographs. Each meets a simple rival,
# and not every round is yours.
#
# ## What you will have at the end
#
# A function that is given a noisy signal and nothing else, neither the noise
# nor how much of it, and gives back a cleaner one. Here is its idea, by the
# book's `dft`: transform, keep what is loud, transform back.

# %%
import matplotlib.pyplot as plt
import numpy as np

from derivable.foundations import dft, idft


def rms(e):
    """The root of the mean square."""
    return np.sqrt(np.mean(np.square(e)))


n = 256
t = np.arange(n) / n  # one second
clean = (
    np.sin(2 * np.pi * 5 * t)
    + 0.6 * np.sin(2 * np.pi * 12 * t + 1)
    + 0.4 * np.sin(2 * np.pi * 31 * t)
)
noisy = clean + np.random.default_rng(3).normal(scale=0.8, size=n)

spectrum = dft(noisy)
size = np.abs(spectrum) ** 2
loud = size > 10 * np.median(size)
cleaned = idft(np.where(loud, spectrum, 0)).real
print("waves kept:", np.flatnonzero(loud[: n // 2]))
print(f"error before {rms(noisy - clean):.2f}", end=", ")
print(f"after {rms(cleaned - clean):.2f}")

# %% [raw] tags=["output"]
# waves kept: [ 5 12 31]
# error before 0.81, after 0.14

# %% tags=["picture"]
fig, axes = plt.subplots(2, 1, figsize=(6.8, 4.0), sharex=True, sharey=True)
axes[0].plot(t, noisy, ".", color="C1", ms=4)
axes[1].plot(t, clean, color="C0", lw=1)
axes[1].plot(t, cleaned, color="C2", ls="--")
axes[1].text(0.98, 2.2, "true: line, found: dashed", color="C2", ha="right")
axes[0].set(ylabel="measured")
axes[1].set(xlabel="time in seconds", ylabel="found")

# %% [markdown]
# /// figure | signals-cleaned
#     alt: Above, a cloud of dots in which one slow wave is barely seen. Below, the true signal of three waves as a line, and a dashed line that lies almost on it.
#
# What the lower panel shows was found in the dots of the upper one alone.
# ///
#
# You stand on [the discrete Fourier transform](../foundations/trigonometry.md#the-discrete-fourier-transform)
# and [aliases](../foundations/trigonometry.md#samples-and-the-waves-they-confuse),
# on [orthonormal bases](../linalg/bases.md#an-orthonormal-basis), and for
# the noise on [normal random numbers](../probability/distributions.md#distributions-with-a-density).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. There and back
#
# Take $n$ samples $x_0, \dots, x_{n-1}$. Wave $k$ makes $k$ whole turns in
# them. To ask how much of it is in $x$, turn each sample back by the angle
# that the wave has there, and add up:
#
# $$
# c_k = \sum_{j=0}^{n-1} x_j \, e^{-2\pi i k j / n}
# $$
#
# The chapter shows that nothing is lost: with the other sign in the exponent,
# and divided by $n$, the same sum leads back from $c$ to $x$.
#
# //// exercise | Transform
#     name: signals-transform
#
# Write `transform(x)`, all $n$ numbers $c_k$, and `back(c)`, its inverse, each
# as one matrix times a vector. Both take real or complex input of any length,
# and give complex output. A list that is empty raises a `ValueError`.


# %% tags=["starter"]
def transform(x):
    x = np.asarray(x)
    j = np.arange(len(x))
    return np.exp(2j * np.pi * j) * x  # what does k do?


def back(c):
    return transform(c)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises


def expect_complex(found, wanted, what, hint):
    found = np.asarray(found)
    expect_close(found.real, np.real(wanted), what=f"real {what}", hint=hint)
    expect_close(
        found.imag, np.imag(wanted), what=f"imaginary {what}", hint=hint
    )


expect_complex(
    transform([1.0, 2.0, 3.0, 4.0]),
    [10, -2 + 2j, -2, -2 - 2j],
    "part of transform([1, 2, 3, 4])",
    "turn back: the exponent is negative, and there is no 1/n",
)
trial = np.random.default_rng(5)
for length in (1, 5, 8):
    series = trial.normal(size=length) + 1j * trial.normal(size=length)
    expect_complex(
        transform(series),
        np.fft.fft(series),
        f"part of transform of {length} complex samples",
        "entry (k, j) of the matrix is exp(-2πi k j / n)",
    )
    expect_complex(
        back(np.fft.fft(series)),
        series,
        f"part of back of {length} coefficients",
        "the other sign in the exponent, and divide by n",
    )
for function in (transform, back):
    expect_raises(
        ValueError,
        function,
        [],
        what=f"{function.__name__}([])",
        hint="look at the length first",
    )

# %% [markdown]
# /// hint
#
# `np.outer(j, j)` has the products $k j$. Then `@`. For `back`, mirroring all
# imaginary parts turns the matrix into that of the inverse, but for the
# $\frac1n$.
# ///
#
# /// solution


# %% tags=["solution"]
from functools import cache


@cache  # step 4 asks for the same matrix many hundred times
def turns(n):
    """Entry (k, j) is where wave k stands at sample j."""
    if n == 0:
        raise ValueError("the signal must have a sample, got none")
    j = np.arange(n)
    return np.exp(2j * np.pi * np.outer(j, j) / n)


def transform(x):
    x = np.asarray(x)
    return turns(len(x)).conj() @ x


def back(c):
    c = np.asarray(c)
    return turns(len(c)) @ c / len(c)


# %% [markdown]
# ///
# ////
#
# ## Step 2. Where the power is
#
# The waves are at right angles to each other, and each has length $\sqrt n$.
# So by Pythagoras squares add up on both sides. This is Parseval's identity:
#
# $$
# \sum_{j=0}^{n-1} \abs{x_j}^2 = \frac{1}{n} \sum_{k=0}^{n-1} \abs{c_k}^2
# \label{claim:signals-parseval}
# $$
#
# /// check
#     of: claim:signals-parseval
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.foundations import dft
#
#
# def draw(rng):
#     n = int(rng.integers(1, 7))
#     x = rng.normal(size=n) + 1j * rng.normal(size=n)
#     c = dft(x)
#     return {"n": n, "x": lambda j: x[j], "c": lambda k: c[k]}
# ```
# ///
#
# It is the reason for all that follows. Whatever you do to the coefficients,
# the error that it makes in the signal is known before you transform back.
#
# Divide by $n$ once more: the mean of $\abs{x_j}^2$ is a sum of shares
# $\abs{c_k}^2 / n^2$, one for each wave. For a real signal $c_{n-k}$ is the
# mirror image of $c_k$ and has the same share, so one lists only the waves
# $0$ to $\lfloor n/2 \rfloor$ and gives each its mirror image's share too.
# But wave $0$ has no partner, and for even $n$ neither has wave $n/2$.
#
# //// exercise | A power spectrum
#     name: signals-power
#
# Write `power(x)` for a real signal: $\lfloor n/2 \rfloor + 1$ numbers that sum
# to the mean of its squares, for even $n$ and odd.


# %% tags=["starter"]
def power(x):
    half = transform(x)[: len(x) // 2 + 1]
    return 2 * np.abs(half) ** 2 / len(x) ** 2


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(
    power(3 + 2 * np.cos(2 * np.pi * np.arange(8) / 8)),
    [9.0, 2.0, 0.0, 0.0, 0.0],
    what="power of 3 + 2 cos, one turn in 8 samples",
    hint="the square of the mean stands once; amplitude A has A²/2",
)
expect_close(
    power([1.0, -1.0, 1.0, -1.0]),
    [0.0, 0.0, 1.0],
    what="power([1, -1, 1, -1])",
    hint="for even n, wave n/2 is its own mirror image",
)
expect_close(
    power([1.0, -1.0, 0.0]),
    [0.0, 2 / 3],
    what="power([1, -1, 0])",
    hint="for odd n there is no wave n/2: the last one has a partner",
)
expect_close(power([-5.0]), [25.0], what="power([-5])")
trial = np.random.default_rng(2)
for length in (9, 10):
    series = trial.normal(size=length)
    expect_close(
        np.sum(power(series)),
        np.mean(series**2),
        what=f"the sum of the power of {length} samples",
        hint="Parseval: it is the mean of the squares",
    )

# %% [markdown]
# /// hint
#
# Compute all $n$ shares first. Then add to shares $1, 2, \dots$ those at the
# other end, `shares[:0:-1]`, as long as the two are not the same wave.
# ///
#
# /// solution


# %% tags=["solution"]
def power(x):
    length = len(x)
    shares = np.abs(transform(x)) ** 2 / length**2
    half = shares[: length // 2 + 1].copy()
    partners = (length - 1) // 2
    half[1 : partners + 1] *= 2
    return half


# %% [markdown]
# ///
# ////

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(6.2, 3.0))
shares = power(noisy)
ax.vlines(np.arange(len(shares)), 1e-5, shares, color="C0", lw=1)
even = 2 * 0.8**2 / n
ax.axhline(even, color="C1", ls="--")
ax.text(128, 0.08, "noise, if it were even", color="C1", ha="right")
for wave in (5, 12, 31):
    ax.text(wave + 2, 0.5 * shares[wave], f"{wave}", color="C2")
ax.set(yscale="log", ylim=(1e-5, 2), xlabel="wave $k$", ylabel="power")

# %% [markdown]
# /// figure | signals-power
#     alt: Power of all waves on a logarithmic axis. Three labelled bars stand far above a dashed line. All others scatter about it, many below, a few above.
#
# Each tone is in one bar. The noise is in all of them.
# ///
#
# ## Step 3. How loud is chance?
#
# Let the samples be independent normal noise of standard deviation $\sigma$.
# The real part of $c_k$ is a sum of noise times cosines, so it is normal, with
# variance $\sigma^2$ times the sum of the squared cosines. For
# $0 < k < \frac n2$ that sum is $\frac n2$. The imaginary part has the same
# variance. As cosine and sine are orthogonal, the two are uncorrelated, and
# normal together, so they are independent. So $c_k$ is a normal point of the
# plane, and the square of its distance from the centre is exponential. The
# [method of Box and Muller](../probability/distributions.md#a-function-of-a-random-number)
# goes the other way, from that square to the point. For $u \ge 0$, $\abs{c_k}^2$ exceeds $u$ times its mean with the probability
#
# $$
# P\left( \abs{c_k}^2 > u \, n \sigma^2 \right) = e^{-u}
# $$
#
# Two things follow. *The level*: half of all noise lies below $u = \ln 2$. So
# the median of $\abs{c_k}^2$ over $0 < k < \frac n2$ is near
# $n \sigma^2 \ln 2$, and the tones do not matter, as they are few. A mean
# would have counted them in. *The threshold*: there are about $\frac n2$ waves,
# and you expect $\frac n2 e^{-u}$ of them above $u$ by chance. If you accept
# $a$ false alarms in a signal, on average, set this equal to $a$:
#
# $$
# u = \ln\left( \frac{n}{2 a} \right)
# $$
#
# //// exercise | Listen to the noise
#     name: signals-level
#
# Write `noise_level(x)`: the estimate of $\sigma$ from a real signal of at
# least three samples, by the median over $0 < k < \frac n2$.


# %% tags=["starter"]
def noise_level(x):
    shares = np.abs(transform(x)) ** 2
    return np.sqrt(np.mean(shares) / len(x))


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

trial = np.random.default_rng(8)
for length in (3, 64, 65):
    series = 3 * trial.normal(size=length) + 7
    middle = np.abs(np.fft.fft(series)[1 : (length + 1) // 2]) ** 2
    expect_close(
        noise_level(series) ** 2 * length * np.log(2),
        np.median(middle),
        what=f"n σ² ln 2, for {length} samples",
        hint="the median over 0 < k < n/2, without waves 0 and n/2",
    )
beats = np.arange(64) / 64
series = trial.normal(size=64)
expect_close(
    noise_level(series + 1000 * np.sin(2 * np.pi * 9 * beats)),
    noise_level(series),
    what="the level of noise with a very loud tone, against without",
    rtol=0.1,
    hint="a median does not mind one that is loud",
)

# %% [markdown]
# /// hint
#
# `c[1 : (n + 1) // 2]` is right for even and odd $n$. Solve
# $m = n \sigma^2 \ln 2$ for $\sigma$.
# ///
#
# /// solution


# %% tags=["solution"]
def noise_level(x):
    length = len(x)
    size = np.abs(transform(x)[1 : (length + 1) // 2]) ** 2
    return np.sqrt(np.median(size) / (length * np.log(2)))


# %% [markdown]
# ///
# ////
#
# Is the theory right? Count, in noise without any tone, how many waves are
# above the threshold for two false alarms.

# %%
rng = np.random.default_rng(11)
counts, levels = [], []
for _ in range(200):
    chance = rng.normal(scale=0.8, size=n)
    size = np.abs(transform(chance)[1 : n // 2]) ** 2
    counts.append(np.sum(size > np.log(n / (2 * 2.0)) * n * 0.8**2))
    levels.append(noise_level(chance))
print(f"false alarms: {np.mean(counts):.1f} in a signal, 2 expected")
print(f"noise level:  {np.mean(levels):.2f}, give or take", end=" ")
print(f"{np.std(levels):.2f}; it is 0.80")

# %% [raw] tags=["output"]
# false alarms: 1.9 in a signal, 2 expected
# noise level:  0.81, give or take 0.05; it is 0.80

# %% [markdown]
# ## Step 4. Take the noise out
#
# Now the tool itself. The mean of the signal, wave $0$, stays in any case: an
# offset is no noise.
#
# //// exercise | Denoise
#     name: signals-denoise
#
# Write `denoise(x, alarms=0.5)` for a real signal: transform, set every $c_k$
# with $\abs{c_k}^2 \le u n \sigma^2$ to zero, but for $c_0$, and go back.
# $\sigma$ comes from `noise_level`, and $u = \ln(n / (2a))$. The result is
# real, and $x$ stays as it was. An `alarms` outside of $0 < a < \frac n2$
# raises a `ValueError`.


# %% tags=["starter"]
def denoise(x, alarms=0.5):
    c = transform(x)
    c[np.abs(c) ** 2 <= np.log(len(x) / (2 * alarms)) * len(x)] = 0
    return back(c)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

trial = np.random.default_rng(21)
beats = np.arange(128) / 128
hidden = 4 * np.sin(2 * np.pi * 7 * beats) + 3 * np.cos(2 * np.pi * 20 * beats)
heard = 50 + hidden + trial.normal(size=128)
before = heard.copy()
answer = denoise(heard, alarms=0.01)
expect_equal(
    np.iscomplexobj(answer),
    False,
    what="whether the answer is complex",
    hint="its imaginary parts are rounding: take the real ones",
)
kept = np.fft.fft(before)
kept[[k for k in range(128) if k not in (0, 7, 20, 108, 121)]] = 0
expect_close(
    answer,
    np.fft.ifft(kept).real,
    what="denoise of two tones and an offset in noise",
    hint="c₀, the two waves and their mirror images stay, as they are",
)
expect_close(heard, before, what="the signal that was given, afterwards")
expect_close(
    denoise(heard / 1000, alarms=0.01),
    answer / 1000,
    what="denoise of the same in other units",
    hint="the threshold has to know σ",
)
shares = np.abs(np.fft.fft(before)) ** 2
centre = np.median(shares[1:64]) / np.log(2)
loose = np.where(
    (shares > np.log(128 / 60) * centre) | (np.arange(128) == 0),
    np.fft.fft(before),
    0,
)
expect_close(
    denoise(heard, alarms=30),
    np.fft.ifft(loose).real,
    what="denoise with 30 false alarms",
    hint="u = ln(n / (2a)) falls as more alarms are allowed",
)
for bad in (0.0, 64.0, -1.0):
    expect_raises(
        ValueError,
        denoise,
        before,
        bad,
        what=f"denoise of 128 samples with alarms={bad}",
        hint="compare alarms with 0 and n/2",
    )

# %% [markdown]
# /// hint
#
# A Boolean array `loud` of what stays; then `loud[0] = True`; then
# `np.where(loud, c, 0)`.
# ///
#
# /// solution


# %% tags=["solution"]
def denoise(x, alarms=0.5):
    length = len(x)
    if not 0 < alarms < length / 2:
        raise ValueError(f"alarms must lie in 0 to {length / 2}, got {alarms}")
    c = transform(x)
    u = np.log(length / (2 * alarms))
    loud = np.abs(c) ** 2 > u * length * noise_level(x) ** 2
    loud[0] = True
    return back(np.where(loud, c, 0)).real


# %% [markdown]
# ///
# ////
#
# Is it any good? Its rival is the *moving average*: each sample becomes the
# mean of itself and its neighbours. It needs a width. Give it the width that
# is best in hindsight, which nobody knows in practice: if you win
# against that, you have won. There are four signals, and the noise is new
# each time.


# %%
def moving_average(x, width):
    """The mean over an odd number of neighbours, round the ends."""
    around = np.pad(x, width // 2, mode="wrap")
    return np.convolve(around, np.ones(width) / width, "valid")


def tones(*frequencies):
    amplitudes, phases = (1.0, 0.6, 0.4), (0.0, 1.0, 1.5)
    parts = zip(amplitudes, frequencies, phases, strict=True)
    return sum(a * np.sin(2 * np.pi * f * t + p) for a, f, p in parts)


contest = {
    "tones 5, 12, 31": tones(5, 12, 31),
    "tones 5.3, 12.7, 31.4": tones(5.3, 12.7, 31.4),
    "tones 1, 2, 3": tones(1, 2, 3),
    "a step up and down": np.where((t > 0.2) & (t < 0.55), 0.8, -0.8),
}
rng = np.random.default_rng(1)
results = {}
print("signal                 average (width)  Fourier")
for name, truth in contest.items():
    trials = truth + rng.normal(scale=0.8, size=(50, n))
    errors = {
        width: rms([moving_average(x, width) - truth for x in trials])
        for width in range(1, 41, 2)
    }
    best = min(errors, key=errors.get)
    ours = rms([denoise(x) - truth for x in trials])
    results[name] = errors[best], ours
    print(f"{name:21}  {errors[best]:7.2f} {best:7}  {ours:7.2f}")

# %% [raw] tags=["output"]
# signal                 average (width)  Fourier
# tones 5, 12, 31           0.38       5     0.17
# tones 5.3, 12.7, 31.4     0.38       5     0.41
# tones 1, 2, 3             0.16      31     0.19
# a step up and down        0.26      19     0.32

# %% [markdown]
# You win where the signal is a few whole waves, and fast ones among them: an
# average that is wide enough for the noise wipes out the fastest. For slow
# waves the average is a little better, if somebody tells it the width. With
# the step you lose: it is made of very many waves, most of them below the
# threshold. And the second line should worry you. These tones differ from the
# first ones only in that they make no whole number of turns. Why is that so
# much worse?
#
# ## Step 5. A tone between two waves
#
# Let a tone make $f$ turns in the window, and $f$ be no whole number. What is
# its coefficient at wave $k$? With $\delta = f - k$ you add up turns of
# $2\pi\delta/n$, a geometric series. As $\abs{e^{i\theta} - 1}$ is a chord of
# the circle, $2 \abs{\sin(\theta/2)}$ long, its length is, for $\delta$ that is
# no multiple of $n$,
#
# $$
# \abs{\sum_{j=0}^{n-1} e^{2\pi i \delta j / n}}
# = \abs{\frac{e^{2\pi i \delta} - 1}{e^{2\pi i \delta / n} - 1}}
# = \abs{\frac{\sin(\pi \delta)}{\sin(\pi \delta / n)}}
# \label{claim:signals-kernel}
# $$
#
# /// check
#     of: claim:signals-kernel
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     n = int(rng.integers(2, 9))
#     return {"n": n, "delta": rng.uniform(-n, n), "i": 1j}
# ```
# ///
#
# For whole $\delta$ other than multiples of $n$ it is $0$, as it should be.
# In between it falls only as $1/\abs{\delta}$: the tone is in *all* waves. This
# is *spectral leakage*. The window is repeated for ever, in the eyes of the
# transform, and where its end meets its beginning, such a tone jumps.
#
# The cure is to let the signal fade in and out, so that the ends meet at zero.
# Multiply it by the *Hann window*
#
# $$
# w_j = \frac{1}{2} - \frac{1}{2} \cos\left( \frac{2\pi j}{n} \right)
# $$
#
# The cosine is half of wave $1$ and half of wave $-1$, and to multiply by a
# wave moves all coefficients by one place. So the coefficients $h_k$ of the
# windowed signal come from those of $x$ without another transform:
#
# $$
# h_k = \frac{1}{2} c_k - \frac{1}{4} c_{k-1} - \frac{1}{4} c_{k+1}
# \label{claim:signals-hann}
# $$
#
# /// check
#     of: claim:signals-hann
#
# ``` {.python .formula}
# import numpy as np
#
# from derivable.foundations import dft
#
#
# def draw(rng):
#     n = int(rng.integers(4, 9))
#     x = rng.normal(size=n) + 1j * rng.normal(size=n)
#     w = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)
#     c, h = dft(x), dft(w * x)
#     return {
#         "k": int(rng.integers(0, n)),
#         "c": lambda k: c[k % n],
#         "h": lambda k: h[k % n],
#     }
# ```
# ///
#
# Indices count round: the neighbours of $c_0$ are $c_1$ and $c_{n-1}$.
#
# //// exercise | Fade in and out
#     name: signals-hann
#
# Write `hann(c)`: all $h_k$ of \eqref{claim:signals-hann} from all $c_k$.


# %% tags=["starter"]
def hann(c):
    return c / 2 - np.roll(c, 1) / 4


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

c_trial = np.array([4.0, 0.0, 0.0, 8.0, 0.0])
expect_close(
    np.real(hann(c_trial)),
    [2.0, -1.0, -2.0, 4.0, -3.0],
    what="hann([4, 0, 0, 8, 0])",
    hint="the neighbours count round: the first and the last are two",
)
trial = np.random.default_rng(4)
for length in (4, 7):
    series = trial.normal(size=length) + 1j * trial.normal(size=length)
    fade = np.sin(np.pi * np.arange(length) / length) ** 2
    wanted = np.fft.fft(fade * series)
    found = hann(np.fft.fft(series))
    hint = "half of c, less a quarter of each neighbour"
    expect_close(
        np.real(found),
        wanted.real,
        what=f"real part of hann of {length} coefficients",
        hint=hint,
    )
    expect_close(
        np.imag(found),
        wanted.imag,
        what=f"imaginary part of hann of {length} coefficients",
        hint=hint,
    )

# %% [markdown]
# /// hint
#
# `np.roll(c, 1)` has $c_{k-1}$ at place $k$.
# ///
#
# /// solution


# %% tags=["solution"]
def hann(c):
    return c / 2 - np.roll(c, 1) / 4 - np.roll(c, -1) / 4


# %% [markdown]
# ///
# ////
#
# What is gained? A loud tone between two waves, and a tone a thousand times
# quieter, far away from it:

# %%
pair = np.sin(2 * np.pi * 40.5 * t) + 1e-3 * np.sin(2 * np.pi * 90 * t)
plain = np.abs(transform(pair))[: n // 2] * 2 / n
faded = np.abs(hann(transform(pair)))[: n // 2] * 4 / n
for name, seen in [("plain", plain), ("Hann", faded)]:
    print(f"{name:5}  at 40: {seen[40]:.2f}, at 90: {seen[90]:.4f}", end=", ")
    print(f"at 85: {seen[85]:.6f}")

# %% [raw] tags=["output"]
# plain  at 40: 0.64, at 90: 0.0058, at 85: 0.006308
# Hann   at 40: 0.85, at 90: 0.0010, at 85: 0.000004

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(6.2, 3.2))
ax.semilogy(plain, color="C1")
ax.semilogy(faded, color="C0")
ax.text(100, 1.6e-2, "no window", color="C1")
ax.text(52, 2e-6, "Hann window", color="C0", ha="left")
ax.annotate("the quiet tone", (90, 1e-3), (98, 1.2e-4), color="C2")
ax.set(ylim=(1e-7, 3), xlabel="wave $k$", ylabel="amplitude")

# %% [markdown]
# /// figure | signals-leakage
#     alt: Amplitude against wave, on a logarithmic axis. Without a window, one broad mountain around the loud tone falls so slowly that its flank covers everything. With the window the mountain is narrow, falls by several powers of ten, and a small sharp peak, the quiet tone, stands out.
#
# The loud tone leaks over the quiet one. A window lets both be seen.
# ///
#
# Nothing is free: the peak has become wider, so two tones that are close melt
# into one. And windowed samples count less, which costs some of the
# defence against noise. A whole theory weighs one against the other
# [@harris1978].
#
# ## Step 6. Find the tone
#
# The waves of a window that lasts $T$ seconds are $1/T$ apart. Can you read a
# frequency more finely than that? Yes, from how a tone is shared by its
# neighbours. Let $k$ be the wave below the tone, and $0 < \delta < 1$ the rest.
# A real tone also has a mirror image; it is far away, and the window keeps it
# there, if the tone is far from wave $0$ and from wave $n/2$. For long windows,
# $n \sin(\pi\delta/n)$ is nearly $\pi\delta$, and the sum of
# step 5 is $\frac{n}{\pi} \sin(\pi\delta)/\delta$, times a turn. From one
# wave to the next the sine changes its sign, and the turn does so too. So in
# \eqref{claim:signals-hann} all that differs between the three terms is the
# divisor, and
#
# $$
# \frac{1}{2\delta} - \frac{1}{4 (\delta + 1)} - \frac{1}{4 (\delta - 1)}
# = \frac{1}{2\delta (1 - \delta^2)}
# \label{claim:signals-lobe}
# $$
#
# /// check
#     of: claim:signals-lobe
#
# ``` {.python .formula}
# def draw(rng):
#     return {"delta": rng.uniform(0.05, 0.95)}
# ```
# ///
#
# There is the reason that it falls so fast: as $1/\abs{\delta}^3$, not as
# $1/\abs{\delta}$. Seen from wave $k + 1$ the same tone is at $\delta - 1$. The
# ratio $r = \abs{h_{k+1}} / \abs{h_k}$ of the two is therefore
#
# $$
# \frac{\delta (1 - \delta^2)}{(1 - \delta) (1 - (\delta - 1)^2)}
# = \frac{1 + \delta}{2 - \delta}
# \label{claim:signals-ratio}
# $$
#
# /// check
#     of: claim:signals-ratio
#
# ``` {.python .formula}
# def draw(rng):
#     return {"delta": rng.uniform(0.05, 0.95)}
# ```
# ///
#
# Solve for $\delta$: it is $(2r - 1)/(r + 1)$. The amplitude, the phase and $n$
# have all cancelled. Nothing in this needs the tone to be *between* the two,
# so any two waves near it would do. But the quieter of two is the first to
# drown in noise.
#
# //// exercise | Between the waves
#     name: signals-tone
#
# Write `tone(x, rate)`: the frequency, in turns per second, of the loudest
# tone of a real signal with `rate` samples a second. Subtract the mean, so
# that no offset leaks in. Take the loudest $\abs{h_k}$ with
# $0 < k < \frac n2$ and the louder one of its two neighbours. The tone lies
# between them. If that neighbour is the lower one, count down from $k$.


# %% tags=["starter"]
def tone(x, rate):
    size = np.abs(hann(transform(x)))
    k = np.argmax(size[: len(x) // 2])
    r = size[k + 1] / size[k]
    return (k + (2 * r - 1) / (r + 1)) * rate / len(x)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

ticks = np.arange(200)
for turned, speed in [(40.2, 200.0), (40.8, 200.0), (31.0, 50.0), (25.5, 8e3)]:
    series = 5 + 0.3 * np.cos(2 * np.pi * turned * ticks / 200 + 0.4)
    expect_close(
        tone(series, speed),
        turned * speed / 200,
        what=f"tone: {turned} turns in 200 samples, {speed:g} a second",
        rtol=1e-5,
        hint="subtract the mean, look at both sides, and k waves are k rate/n",
    )
two = np.sin(2 * np.pi * 20.3 * ticks / 200)
two = two + 3 * np.sin(2 * np.pi * 71.7 * ticks / 200 + 1)
expect_close(
    tone(two, 200.0), 71.7, what="tone of two, the faster louder", rtol=1e-3
)
expect_close(
    tone(1e6 + two, 200.0),
    71.7,
    what="the same with a large offset",
    rtol=1e-3,
    hint="subtract the mean before you transform",
)
murmur = two + np.random.default_rng(12).normal(size=200)
fade = np.sin(np.pi * ticks / 200) ** 2
heights = np.abs(np.fft.fft(fade * (murmur - np.mean(murmur))))
top = 1 + np.argmax(heights[1:100])
nearby = heights[top - 1] / heights[top]
expect_close(
    tone(murmur, 200.0),
    top - (2 * nearby - 1) / (nearby + 1),
    what="tone of the two in noise",
    hint="take the louder neighbour, and count down if it is the lower one",
)

# %% [markdown]
# /// hint
#
# `side = 1` or `-1`, whichever neighbour is louder. Then the ratio is
# `size[k + side] / size[k]`, and the frequency `k + side * delta`, in waves.
# ///
#
# /// solution


# %% tags=["solution"]
def tone(x, rate):
    length = len(x)
    size = np.abs(hann(transform(x - np.mean(x))))
    k = 1 + np.argmax(size[1 : (length + 1) // 2])
    side = 1 if size[k + 1] > size[k - 1] else -1
    r = size[k + side] / size[k]
    return (k + side * (2 * r - 1) / (r + 1)) * rate / length


# %% [markdown]
# ///
# ////
#
# Two rivals: to count how often the signal changes its sign, two times for
# each turn, and to take the loudest wave as it is. And there is a floor. No
# unbiased method can have a standard error below
#
# $$
# \frac{\sigma}{\pi A T} \sqrt{\frac{6 n}{n^2 - 1}}
# $$
#
# for a tone of amplitude $A$ and unknown phase in a window of $T$ seconds,
# if its frequency is far from $0$ and from half the rate: this is the bound
# of Cramér and Rao [@rife1974].


# %%
def crossings(x, rate):
    return np.sum(x[1:] * x[:-1] < 0) / 2 * rate / len(x)


def loudest(x, rate):
    return np.argmax(power(x)) * rate / len(x)


rng = np.random.default_rng(6)
finders = (crossings, loudest, tone)
print("noise  crossings  loudest    tone   floor")
for sigma in (0.1, 0.3, 1.0):
    off = []
    for f, phase in rng.uniform((30, 0), (50, 2 * np.pi), size=(100, 2)):
        x = np.sin(2 * np.pi * f * t + phase) + sigma * rng.normal(size=n)
        off.append([find(x, n) - f for find in finders])
    mean_off = np.sqrt(np.mean(np.square(off), axis=0))
    floor = sigma / np.pi * np.sqrt(6 * n / (n**2 - 1))
    print("{:5}  {:9.2f}  {:7.2f}  {:6.3f}".format(sigma, *mean_off), end="")
    print(f"  {floor:6.3f}")

# %% [raw] tags=["output"]
# noise  crossings  loudest    tone   floor
#   0.1       0.24     0.27   0.009   0.005
#   0.3       0.62     0.28   0.025   0.015
#   1.0      14.63     0.30   0.095   0.049

# %% [markdown]
# Crossings are fine without noise and worthless with it. The loudest wave is
# never better than the spacing allows: an error anywhere from $-\frac12$ to
# $\frac12$ is `0.29`{ .claim of="np.sqrt(np.mean(np.linspace(-0.5, 0.5, 10**5) ** 2))" }
# in the root mean square. Yours is finer by far, and stays within
# `twice`{ .claim of="np.ceil(mean_off[2] / floor)" } the floor. What is
# missing is the price of the window, and of a look at two waves only.
#
# ## Step 7. Waves for pictures
#
# Cut eight pixels out of a photograph. They are no period of anything: left
# and right ends differ, and by step 5 the jump leaks into all waves. Fading
# them out would lose pixels. There is a better trick: *mirror* them. The
# samples $x_0, \dots, x_{n-1}, x_{n-1}, \dots, x_0$ meet themselves at both
# ends, without a jump. Mirrored in the middle, between two samples, they are
# made of cosines alone, at the places $j + \frac12$, and half turns suffice.
# This is the *discrete cosine transform*, DCT [@ahmed1974]. Its matrix $C$,
# of shape $(n, n)$, has the rows $k = 0, \dots, n - 1$
#
# $$
# C_{kj} = s_k \cos\left( \frac{\pi k (j + \frac12)}{n} \right),
# \qquad s_0 = \frac{1}{\sqrt n}, \quad s_k = \sqrt{\frac{2}{n}} \text{ for } k > 0
# $$
#
# Why these $s_k$? They make the rows orthonormal. A product of two cosines is
# half of those of difference and sum, so all you need is the sum of one wave
# over the places $j + \frac12$. Multiplied by $2\sin(\theta/2)$, it becomes a
# chain of differences, $\sin(\theta(j + 1)) - \sin(\theta j)$, in which all
# but the ends cancel:
#
# $$
# 2 \sin\left(\frac{\theta}{2}\right) \sum_{j=0}^{n-1}
# \cos\left( \theta \left(j + \frac12\right) \right) = \sin(n \theta)
# \label{claim:signals-telescope}
# $$
#
# /// check
#     of: claim:signals-telescope
#
# ``` {.python .formula}
# def draw(rng):
#     return {"n": int(rng.integers(1, 7)), "theta": rng.uniform(-4, 4)}
# ```
# ///
#
# With $\theta = \pi p / n$, for whole $p$ that is no multiple of $2n$, the
# right side is $\sin(\pi p) = 0$, and the sine in front is not. So for
# $0 < k, m < n$
#
# $$
# \begin{aligned}
# &\frac{2}{n} \sum_{j=0}^{n-1} \cos\left( \frac{\pi k (j + \frac12)}{n} \right)
# \cos\left( \frac{\pi m (j + \frac12)}{n} \right) \\
# &= \begin{cases} 1 & \text{if } k = m \\ 0 & \text{otherwise} \end{cases}
# \end{aligned}
# \label{claim:signals-cosines}
# $$
#
# /// check
#     of: claim:signals-cosines
#
# ``` {.python .formula}
# def draw(rng):
#     n = int(rng.integers(2, 6))
#     k, m = (int(i) for i in rng.integers(1, n, size=2))
#     return {"n": n, "k": k, "m": m}
# ```
# ///
#
# //// exercise | A matrix of cosines
#     name: signals-cosines
#
# Write `cosines(n)`, the matrix $C$.


# %% tags=["starter"]
def cosines(n):
    k = np.arange(n)
    return np.sqrt(2 / n) * np.cos(np.pi * np.outer(k, k) / n)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

expect_close(cosines(1), [[1.0]], what="cosines(1)")
expect_close(
    cosines(2),
    np.array([[1, 1], [1, -1]]) / np.sqrt(2),
    what="cosines(2)",
    hint="row 0 has the factor √(1/n), all others √(2/n)",
)
for length in (3, 8):
    found = cosines(length)
    expect_close(
        found @ found.T,
        np.eye(length),
        what=f"C Cᵀ for n = {length}",
        hint="places are j + 1/2, and row 0 is √2 smaller than the formula",
    )
    expect_close(
        found[1],
        np.sqrt(2 / length)
        * np.cos(np.pi * (np.arange(length) + 0.5) / length),
        what=f"row 1 for n = {length}",
        hint="a row is a wave: k counts rows, j columns",
    )

# %% [markdown]
# /// hint
#
# `np.outer(k, k + 0.5)`, and then divide row $0$ by $\sqrt2$.
# ///
#
# /// solution


# %% tags=["solution"]
def cosines(n):
    k = np.arange(n)
    C = np.sqrt(2 / n) * np.cos(np.pi * np.outer(k, k + 0.5) / n)
    C[0] /= np.sqrt(2)
    return C


# %% [markdown]
# ///
# ////
#
# A picture has two directions. Its tiles $X$, of shape $(b, b)$, are
# transformed along both: $Z = C X C^\T$, and back by $X = C^\T Z C$, as $C$ is
# orthogonal. Both keep lengths, so Parseval holds here too:
#
# $$
# \norm{C X C^\T}_F = \norm{X}_F
# \label{claim:signals-tiles}
# $$
#
# /// check
#     of: claim:signals-tiles
#
# ``` {.python .formula}
# import scipy.fft
#
# import numpy as np
#
#
# def draw(rng):
#     b = int(rng.integers(2, 6))
#     C = scipy.fft.dct(np.eye(b), axis=0, norm="ortho")
#     return {"C": C, "X": rng.normal(size=(b, b))}
#
#
# turned = "an orthogonal matrix keeps lengths, wherever it stands"
# equal = {
#     "without ^\\T": turned,
#     "without C": turned,
#     "without C^\\T": turned,
#     "C and X exchanged": turned,
#     "X and C^\\T exchanged": turned,
# }
# ```
# ///
#
# //// exercise | Encode and decode
#     name: signals-tiles
#
# Write `encode(A, C)` for a picture $A$ of shape $(m, n)$ and an orthogonal
# $C$ of shape $(b, b)$: an array of shape $(m/b, n/b, b, b)$ that holds
# $C X C^\T$ for the tile $X$ in each place. Write `decode(Z, C)`, its inverse.
# If $b$ does not divide both sides, `encode` raises a `ValueError`.


# %% tags=["starter"]
def encode(A, C):
    b = len(C)
    m, n = A.shape
    return C @ A.reshape(m // b, n // b, b, b) @ C.T


def decode(Z, C):
    rows, columns, b, _ = Z.shape
    return (C @ Z @ C.T).reshape(rows * b, columns * b)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

board = np.arange(24.0).reshape(4, 6)
expect_close(
    encode(board, np.eye(2))[1, 2],
    [[16, 17], [22, 23]],
    what="the tile in the lower right corner of 0 to 23, in rows of 6, b = 2",
    hint="split both axes by reshape, then bring the two inner ones last",
)
trial = np.random.default_rng(9)
mixed = np.linalg.qr(trial.normal(size=(3, 3)))[0]
wide = trial.normal(size=(6, 9))
codes_trial = encode(wide, mixed)
expect_equal(codes_trial.shape, (2, 3, 3, 3), what="the shape of the codes")
expect_close(
    codes_trial[1, 0],
    mixed @ wide[3:6, 0:3] @ mixed.T,
    what="the codes of the first tile of the second row",
    hint="C X Cᵀ: C on the left, its transpose on the right",
)
apart = np.array(
    [
        [mixed @ wide[r : r + 3, s : s + 3] @ mixed.T for s in (0, 3, 6)]
        for r in (0, 3)
    ]
)
expect_close(
    decode(apart, mixed),
    wide,
    what="decode of the codes of a picture",
    hint="Cᵀ Z C, and undo the steps of encode in reverse order",
)
for sides in ((4, 5), (5, 4)):
    expect_raises(
        ValueError,
        encode,
        np.zeros(sides),
        np.eye(2),
        what=f"encode of a picture of shape {sides}, b = 2",
        hint="both sides must be multiples of b",
    )

# %% [markdown]
# /// hint
#
# `A.reshape(m // b, b, n // b, b).swapaxes(1, 2)` are the tiles. `@` multiplies
# the last two axes of each, whatever stands before them.
# ///
#
# /// solution


# %% tags=["solution"]
def encode(A, C):
    b = len(C)
    m, n = A.shape
    if m % b or n % b:
        raise ValueError(f"{b} must divide both sides of {A.shape}")
    X = A.reshape(m // b, b, n // b, b).swapaxes(1, 2)
    return C @ X @ C.T


def decode(Z, C):
    rows, columns, b, _ = Z.shape
    X = C.T @ Z @ C
    return X.swapaxes(1, 2).reshape(rows * b, columns * b)


# %% [markdown]
# ///
# ////
#
# ## Step 8. Pack a photograph
#
# Most codes of a tile are small. Keep the largest ones and set the others to
# zero. As lengths are kept, the error is the length of what you dropped, and no
# other choice of as many codes has a smaller one.
#
# //// exercise | Keep what is large
#     name: signals-keep
#
# Write `keep(Z, count)`: a copy of $Z$, of any shape, in which the `count`
# numbers of largest absolute value stay and all others are $0$. Where values
# tie, any of them may stay, but no more than `count`. A `count` of $0$ and one
# of all are allowed, and any outside of these raises a `ValueError`.


# %% tags=["starter"]
def keep(Z, count):
    bar = np.sort(Z.ravel())[-count]
    return np.where(bar <= Z, Z, 0)


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal, expect_raises

grid = np.array([[3.0, -7.0, 0.5], [-1.0, 2.0, 6.0]])
grid_before = grid.copy()
for count, wanted in [
    (0, np.zeros((2, 3))),
    (1, [[0, -7, 0], [0, 0, 0]]),
    (3, [[3, -7, 0], [0, 0, 6]]),
    (6, grid),
]:
    expect_close(
        keep(grid, count),
        wanted,
        what=f"keep([[3, -7, 0.5], [-1, 2, 6]], {count})",
        hint="large is meant without the sign; [-0:] is everything",
    )
expect_close(grid, grid_before, what="the array that was given, afterwards")
expect_equal(
    int(np.count_nonzero(keep(np.ones((2, 2, 2)), 3))),
    3,
    what="how many of eight ones stay, of 3 allowed",
    hint="a comparison with a bar keeps all that tie: take places instead",
)
for count in (-1, 7):
    expect_raises(
        ValueError,
        keep,
        grid,
        count,
        what=f"keep of six numbers, {count}",
        hint="a slice forgives such a count, so compare first",
    )

# %% [markdown]
# /// hint
#
# `np.argsort(np.abs(Z), axis=None)` gives places in the flattened array, the
# smallest first. Begin with zeros of the same shape.
# ///
#
# /// solution


# %% tags=["solution"]
def keep(Z, count):
    if not 0 <= count <= Z.size:
        raise ValueError(f"count must lie in 0 to {Z.size}, got {count}")
    places = np.argsort(np.abs(Z), axis=None)[Z.size - count :]
    kept = np.zeros_like(Z)
    kept.flat[places] = Z.flat[places]
    return kept


# %% [markdown]
# ///
# ////
#
# Two photographs that scikit-learn ships, in grey from $0$ to the largest
# byte. The first rival needs no mathematics: the mean of each small square. To
# compare like with like, one column of the table keeps the *same* places in
# each tile, those with the smallest $k + l$ for the waves $k$ downwards and
# $l$ across: like the means, it has nothing else to tell the decoder. The next
# keeps the largest codes, wherever they are, and the last does so for the
# plain Fourier transform of the tiles.

# %%
from sklearn.datasets import load_sample_image


def photograph(name):
    """A photograph in grey, shape (208, 320), from 0 to 255."""
    colours = load_sample_image(name)[:416]
    grey = colours @ np.array([0.299, 0.587, 0.114])
    return grey.reshape(208, 2, 320, 2).mean(axis=(1, 3))


def means(A, side):
    """Each square of side by side pixels becomes its mean."""
    m, n = A.shape
    small = A.reshape(m // side, side, n // side, side).mean(axis=(1, 3))
    return small.repeat(side, axis=0).repeat(side, axis=1)


C8 = cosines(8)
order = np.add.outer(np.arange(8), np.arange(8)).ravel()
slow_first = np.argsort(order, kind="stable")
pictures = {name: photograph(f"{name}.jpg") for name in ("china", "flower")}
table = {}
print("picture  of 64   means  first codes  largest  largest of the DFT")
for name, A in pictures.items():
    Z = encode(A, C8)
    tiles = encode(A, np.eye(8))
    F = np.fft.fft2(tiles, norm="ortho")
    for side in (2, 4):
        budget = 64 // side**2
        first = np.isin(np.arange(64), slow_first[:budget]).reshape(8, 8)
        count = A.size * budget // 64
        row = (
            rms(A - means(A, side)),
            rms(A - decode(np.where(first, Z, 0), C8)),
            rms(A - decode(keep(Z, count), C8)),
            rms(np.abs(F - keep(F, count))),
        )
        table[name, budget] = row
        print(f"{name:7}  {budget:5}", end="  ")
        print("{:6.1f}  {:11.1f}  {:7.1f}  {:18.1f}".format(*row))

# %% [raw] tags=["output"]
# picture  of 64   means  first codes  largest  largest of the DFT
# china       16    15.0         13.1      4.3                 6.3
# china        4    20.1         19.3     12.1                14.1
# flower      16     8.0          6.4      0.7                 1.5
# flower       4    12.8         11.6      4.8                 6.7

# %% [markdown]
# With the same places, cosines beat means, but not by much. What is worth far
# more is to spend the numbers where the picture needs them: sky needs one code
# a tile, a roof many. Is that fair? The last two columns have to say *which*
# codes they kept. If a share $p$ of all is kept, that is worth
# [its entropy](../probability/information.md) for each code, and for each of
# those that are kept

# %%
for p in (1 / 4, 1 / 16):
    places = -(p * np.log2(p) + (1 - p) * np.log2(1 - p)) / p
    print(f"share {p:6.2%}: {places:.1f} bits each for the places")

# %% [raw] tags=["output"]
# share 25.00%: 3.2 bits each for the places
# share  6.25%: 5.4 bits each for the places

# %% [markdown]
# With a byte for each value, the places cost less than the values. But the
# largest four of a tile beat *sixteen* means: on the first photograph, the
# errors are `12.1`{ .claim of="table['china', 4][2]" } and
# `15.0`{ .claim of="table['china', 16][0]" } grey levels. And mirrored tiles
# beat periodic ones every time, by the reason of step 5.

# %% tags=["picture"]
fig, axes = plt.subplots(1, 3, figsize=(6.8, 2.3))
A = pictures["china"]
packed = decode(keep(encode(A, C8), A.size // 16), C8)
shown = [("as it is", A), ("means", means(A, 4)), ("cosines", packed)]
part = np.s_[8:104, 64:176]
for ax, (name, image) in zip(axes, shown, strict=True):
    ax.imshow(image[part], cmap="gray", vmin=0, vmax=255, interpolation="none")
    ax.set(xticks=[], yticks=[], xlabel=name)

# %% [markdown]
# /// figure | signals-packed
#     alt: A Chinese pavilion, cut out of the same photograph three times. As it is; as a coarse mosaic of grey squares; and from cosines, where roofs and balconies are recognised through faint ripples.
#
# One number for sixteen pixels, twice. Cosines show the roof, means a mosaic.
# ///
#
# And Parseval's promise, that the error is known without decoding. The two
# agree to twelve digits; how a photograph is unpacked differs a little between
# machines, so two are printed:

# %%
Z = encode(A, C8)
dropped = Z - keep(Z, A.size // 16)
promised, measured = rms(dropped), rms(A - packed)
print(f"promised {promised:.2f}, measured {measured:.2f}")
assert abs(promised - measured) < 1e-12 * measured

# %% [raw] tags=["output"]
# promised 12.07, measured 12.07

# %% [markdown]
# ## Against the library
#
# Every tool has a witness. First the transforms and the spectrum, from NumPy
# and from two modules of SciPy.

# %%
import scipy.fft
import scipy.signal

x = noisy[:255]  # odd, and no power of two
window = scipy.signal.windows.hann(len(x), sym=False)
pairs = {
    "transform": (transform(x), np.fft.fft(x)),
    "back": (back(spectrum), np.fft.ifft(spectrum)),
    "power, odd": (
        power(x),
        scipy.signal.periodogram(x, detrend=False, scaling="spectrum")[1],
    ),
    "power, even": (
        power(noisy),
        scipy.signal.periodogram(noisy, detrend=False, scaling="spectrum")[1],
    ),
    "hann": (hann(transform(x)), scipy.fft.fft(window * x)),
    "cosines": (C8, scipy.fft.dct(np.eye(8), axis=0, norm="ortho")),
    "encode": (
        Z,
        scipy.fft.dctn(encode(A, np.eye(8)), axes=(2, 3), norm="ortho"),
    ),
}
for name, (ours, theirs) in pairs.items():
    off_by = np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs))
    print(f"{name:11} agrees: {off_by < 1e-11}")

# %% [raw] tags=["output"]
# transform   agrees: True
# back        agrees: True
# power, odd  agrees: True
# power, even agrees: True
# hann        agrees: True
# cosines     agrees: True
# encode      agrees: True

# %% [markdown]
# They are faster, of course: your matrix has $n^2$ entries, and the
# [fast transform](../foundations/trigonometry.md#half-the-work-again-and-again)
# takes about $n \log_2 n$ steps. Mind `sym`: its default, `True`, is a window
# for the design of filters, with a zero at both ends. For that one
# \eqref{claim:signals-hann} does not hold.
#
# Second, the tone. Least squares fits frequency, amplitude and phase
# together. It needs no window, so it should reach the floor, but it needs a
# start close to the truth. Yours, or else it gets lost:

# %%
from scipy.optimize import least_squares


def fitted(x, start):
    """The frequency of the tone that fits best, found near a start."""

    def misfit(p):
        angle = 2 * np.pi * p[2] * t
        return p[0] * np.sin(angle) + p[1] * np.cos(angle) - x

    wave = np.exp(-2j * np.pi * start * t) @ x * 2 / n
    return least_squares(misfit, [-wave.imag, wave.real, start]).x[2]


rng = np.random.default_rng(7)
misses = {"tone": [], "fit from tone": [], "fit from 30": []}
for f, phase in rng.uniform((35, 0), (50, 2 * np.pi), size=(50, 2)):
    x = np.sin(2 * np.pi * f * t + phase) + 0.3 * rng.normal(size=n)
    near = tone(x, n)
    misses["tone"].append(near - f)
    misses["fit from tone"].append(fitted(x, near) - f)
    misses["fit from 30"].append(fitted(x, 30.0) - f)
floor = 0.3 / np.pi * np.sqrt(6 * n / (n**2 - 1))
for name, values in misses.items():
    print(f"{name:14} within 1.3 floors: {rms(values) < 1.3 * floor}", end="")
    print(f", within 3: {rms(values) < 3 * floor}")

# %% [raw] tags=["output"]
# tone           within 1.3 floors: False, within 3: True
# fit from tone  within 1.3 floors: True, within 3: True
# fit from 30    within 1.3 floors: False, within 3: False

# %% [markdown]
# So the good pipeline is both: the transform finds the hill, least squares
# climbs it.
#
# ## Go further
#
# 1. **A window against the leak.** Repair the second line of step 4. Cut the
#    signal into windows that overlap by half, multiply each by the Hann window,
#    drop what is quiet, and add them up: $w_j + w_{j + n/2} = 1$, so nothing is
#    lost. What is the mean of $\abs{c_k}^2$ now, for noise? Try lengths from an
#    eighth of the signal up to all of it. Which of them beats the average, on
#    new noise, and for which of the four signals?
# 2. **Softer thresholds.** Do not keep or drop a wave, but multiply it by
#    $\max(0, 1 - n\sigma^2 / \abs{c_k}^2)$, as Wiener's filter would. On which of
#    the four signals is that better, and by how much?
# 3. **Bits.** Quantise the codes, count bits with the entropy of
#    [another project](pictures.md), pay for the places, and compare with the
#    learned basis there. JPEG is close to what you then have [@wallace1991].
# 4. **Two tones.** Find the loudest, fit it, subtract it, and find the next.
#    How close may two frequencies come before it fails?
