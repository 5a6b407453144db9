# %% starter
class SmallDual:
    """a + b ε with ε² = 0, for numbers."""

    def __init__(self, a, b):
        self.a, self.b = a, b

    def __mul__(self, other):
        return SmallDual(self.a * other.a, self.b * other.b)

    def __truediv__(self, other):
        raise NotImplementedError


# %% check
from derivable.grading import expect_close

p = SmallDual(2.0, 1.0) * SmallDual(3.0, 5.0)
expect_close(
    [p.a, p.b],
    [6.0, 13.0],
    what="(2 + ε)(3 + 5ε)",
    hint="multiply out; the term with ε² vanishes, two terms with ε stay",
)
q = SmallDual(1.0, 0.0) / SmallDual(4.0, 1.0)
expect_close(
    [q.a, q.b],
    [0.25, -1 / 16],
    what="1 / (4 + ε)",
    hint="the tangent of 1/x is −1/x²",
)
r = SmallDual(0.0, 1.0) / SmallDual(2.0, 7.0)
expect_close([r.a, r.b], [0.0, 0.5], what="ε / (2 + 7ε)", hint="a = 0 is fine")


# %% solution
class SmallDual:
    """a + b ε with ε² = 0, for numbers."""

    def __init__(self, a, b):
        self.a, self.b = a, b

    def __mul__(self, other):
        return SmallDual(self.a * other.a, self.a * other.b + self.b * other.a)

    def __truediv__(self, other):
        slope = self.b * other.a - self.a * other.b
        return SmallDual(self.a / other.a, slope / other.a**2)
