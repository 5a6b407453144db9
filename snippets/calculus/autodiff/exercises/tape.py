# %% starter
class Value:
    """A number on a tape: operations append themselves to it."""

    def __init__(self, data, tape):
        self.data, self.tape, self.adjoint = data, tape, 0.0

    def __add__(self, other):
        out = Value(self.data + other.data, self.tape)

        def back():
            self.adjoint = out.adjoint
            other.adjoint = out.adjoint

        self.tape.append(back)
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, self.tape)

        def back():
            self.adjoint = out.adjoint * other.data
            other.adjoint = out.adjoint * self.data

        self.tape.append(back)
        return out


def run_back(output):
    """Set the adjoint of every value that the output is made of."""
    output.adjoint = 1.0
    for back in output.tape:
        back()


# %% check
from derivable.grading import expect_close

tape = []
x, y = Value(2.0, tape), Value(3.0, tape)
run_back(x * y + y)
expect_close(
    [x.adjoint, y.adjoint],
    [3.0, 3.0],
    what="the adjoints of x y + y at (2, 3)",
    hint="in which order must the tape be walked?",
)
tape = []
x = Value(3.0, tape)
run_back(x * x * x)
expect_close(
    x.adjoint,
    27.0,
    what="the adjoint of x³ at 3",
    hint="a value that is used twice collects both contributions",
)
tape = []
x = Value(2.0, tape)
run_back(x + x)
expect_close(
    x.adjoint,
    2.0,
    what="the adjoint of x + x",
    hint="in the sum, too, contributions are added",
)
tape = []
x = Value(5.0, tape)
run_back(x)
expect_close(x.adjoint, 1.0, what="the adjoint of x itself")


# %% solution
class Value:
    """A number on a tape: operations append themselves to it."""

    def __init__(self, data, tape):
        self.data, self.tape, self.adjoint = data, tape, 0.0

    def __add__(self, other):
        out = Value(self.data + other.data, self.tape)

        def back():
            self.adjoint += out.adjoint
            other.adjoint += out.adjoint

        self.tape.append(back)
        return out

    def __mul__(self, other):
        out = Value(self.data * other.data, self.tape)

        def back():
            self.adjoint += out.adjoint * other.data
            other.adjoint += out.adjoint * self.data

        self.tape.append(back)
        return out


def run_back(output):
    """Set the adjoint of every value that the output is made of."""
    output.adjoint = 1.0
    for back in reversed(output.tape):
        back()
