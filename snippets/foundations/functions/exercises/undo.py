# %% starter
def undo(steps):
    """The function that takes a pipeline of (does, undoes) back."""

    def back(y):
        for _, undoes in steps:
            y = undoes(y)
        return y

    return back


# %% check
import numpy as np

from derivable.grading import expect_close

celsius = undo(
    [
        (lambda c: 1.8 * c, lambda y: y / 1.8),
        (lambda y: y + 32, lambda f: f - 32),
    ]
)
expect_close(
    celsius(212.0),
    100,
    what="212 degrees Fahrenheit, undone",
    hint="which step was taken last?",
)

steps = [
    (lambda x: x - 4, lambda y: y + 4),
    (np.exp, np.log),
    (lambda x: 3 * x, lambda y: y / 3),
]
x = np.array([[1.0, 2.0], [3.0, 4.0]])
y = x
for does, _ in steps:
    y = does(y)
expect_close(undo(steps)(y), x, what="three steps and back, for a matrix")
expect_close(
    undo([])(7.0), 7, what="no steps, undone", hint="nothing to take back"
)


# %% solution
def undo(steps):
    """The function that takes a pipeline of (does, undoes) back."""

    def back(y):
        for _, undoes in reversed(steps):
            y = undoes(y)
        return y

    return back
