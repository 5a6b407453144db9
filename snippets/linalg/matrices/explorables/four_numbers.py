"""Four numbers decide where the plane goes, and all else follows."""

import numpy as np

DIAGONAL = np.arange(-2, 5) / 2
OTHER = np.arange(-2, 3) / 2
PARAMETERS = {
    "a": {"label": "a, of e₁ to the right", "values": DIAGONAL, "start": 2.0},
    "c": {"label": "c, of e₁ upward", "values": OTHER, "start": 0.5},
    "b": {"label": "b, of e₂ to the right", "values": OTHER, "start": 1.0},
    "d": {"label": "d, of e₂ upward", "values": DIAGONAL, "start": 1.0},
}
for options in PARAMETERS.values():
    options["shown"] = "{:.1f}"
NUMBERS = {
    "determinant": ("Determinant", "{:.2f}"),
    "stretches": ("Singular values", "{:.2f}"),
    "real": ("Eigenvalues, real part", "{:.2f}"),
    "imaginary": ("Eigenvalues, imaginary part", "{:.2f}"),
}
SAYS = (
    "Determinant {determinant:.2f}, eigenvalues {words}, "
    "singular values {stretches[0]:.2f} and {stretches[1]:.2f}."
)


def eigen(A):
    """Eigenvalues, falling, and real eigenvectors; zeros where none is."""
    half = np.trace(A) / 2
    inside = half**2 - np.linalg.det(A)
    root = np.sqrt(abs(inside)) if abs(inside) > 1e-9 else 0.0
    if inside < -1e-9:
        return (
            np.array([half, half]),
            np.array([root, -root]),
            np.zeros((2, 2)),
        )
    values = np.array([half + root, half - root])
    lines = []
    for v in values:
        rows = A - v * np.eye(2)
        row = rows[np.argmax(np.linalg.norm(rows, axis=1))]
        size = np.linalg.norm(row)
        lines.append(np.array([-row[1], row[0]]) / size if size else [0, 0])
    if np.allclose(A, A[0, 0] * np.eye(2)):
        lines = np.eye(2)
    return values, np.zeros(2), np.array(lines)


def state(a, b, c, d):
    A = np.array([[a, b], [c, d]])
    real, imaginary, lines = eigen(A)
    U, s, _ = np.linalg.svd(A)
    U = U * np.where(U[0] < 0, -1, 1)
    shown = [f"{v:.2f}" for v in real]
    if imaginary.any():
        shown = [f"{real[0]:.2f} ± {imaginary[0]:.2f} i"]
    return {
        "image": A @ [[0, 1, 1, 0], [0, 0, 1, 1]],
        "determinant": np.linalg.det(A).round(9) + 0.0,
        "stretches": s.round(9),
        "real": real.round(9) + 0.0,
        "imaginary": imaginary.round(9) + 0.0,
        "words": " and ".join(shown),
        "lines": 5 * lines,
        "axes": (U * s).T,
    }


def draw(svg, at):
    plane = svg.panel(
        x=(-3.5, 3.5), y=(-3.5, 3.5), xlabel="", ylabel="", equal=True
    )
    plane.area([0, 1, 1, 0], [0, 0, 1, 1], "c7")
    plane.area(*at.image, "c4")
    for x, y in at.lines:
        plane.line([-x, x], [-y, y], "c3 thin dashed")
    for x, y in at.axes:
        plane.line([-x, x], [-y, y], "c5")
    plane.arrow((0, 0), (at.a, at.c), "c1 bold")
    plane.arrow((0, 0), (at.b, at.d), "c2 bold")
    plane.text(-3.4, 3.2, "eigenvectors", "c3")
    plane.text(-3.4, 2.8, "singular values", "c5")
    plane.text(0.6, -3.3, "first column", "c1")
    plane.text(0.6, -2.9, "second column", "c2")
