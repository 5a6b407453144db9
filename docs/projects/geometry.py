# ---
# title: A wireframe engine
# description: Move, turn and look at solids in space by four-by-four matrices, in true perspective, clipped, and with their hidden edges found.
# builds: forward
# minutes: 100
# ---

# %% [markdown]
# # A wireframe engine
#
# Every game, every film and every drawing program moves its points by one
# small matrix. In this project you build that engine: solids that are moved
# and turned, a camera that you put where you like, true perspective, and a
# rule that knows which edges you cannot see. It is about a hundred lines, and
# nearly all of them are matrices of shape $(4, 4)$.
#
# ## What you will have at the end
#
# Below, left, are the twelve edges of a cube, moved by the book's `affine` and
# flattened by leaving out the depth. Look long enough and it turns inside
# out: nothing says which corner is in front. Right, the same cube in
# perspective, and the three edges behind it are dotted. Your engine makes such
# pictures, of any convex solids, from any place.

# %%
import matplotlib.pyplot as plt
import numpy as np

from derivable.linalg import affine, apply_affine

cube = np.array(
    [[x, y, z] for x in (-1.0, 1.0) for y in (-1.0, 1.0) for z in (-1.0, 1.0)]
)
pairs = [
    (i, j)
    for i in range(8)
    for j in range(i + 1, 8)
    if np.sum(cube[i] != cube[j]) == 1
]
tilt, spin = np.radians([25, 35])
lower = [
    [1, 0, 0],
    [0, np.cos(tilt), -np.sin(tilt)],
    [0, np.sin(tilt), np.cos(tilt)],
]
level = [
    [np.cos(spin), 0, np.sin(spin)],
    [0, 1, 0],
    [-np.sin(spin), 0, np.cos(spin)],
]
seen_from = affine(lower, [0, 0, -5]) @ affine(level, [0, 0, 0])
turned = apply_affine(seen_from, cube)
front = np.argmax(turned[:, 2])
print(len(pairs), "edges; in front:", cube[front], "now at", end=" ")
print(turned[front].round(2))

# %% [raw] tags=["output"]
# 12 edges; in front: [-1.  1.  1.] now at [-0.25  0.32 -3.32]

# %% tags=["picture"]
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.2))
flat = turned[:, :2]
true = 4 * turned[:, :2] / -turned[:, 2:]
back_corner = np.argmin(turned[:, 2])
for i, j in pairs:
    axes[0].plot(*flat[[i, j]].T, "C0", lw=1.6)
    behind = back_corner in (i, j)
    style = {"ls": ":", "lw": 1} if behind else {"lw": 1.6}
    axes[1].plot(*true[[i, j]].T, "C1", **style)
for ax in axes:
    ax.set(aspect="equal", xticks=[], yticks=[])
axes[0].set(xlabel="without depth")
axes[1].set(xlabel="in perspective, with hidden edges")

# %% [markdown]
# /// figure | geometry-cube
#     alt: Two drawings of a cube. Left, all edges are alike, opposite edges are parallel, and either of two corners may be the nearer one. Right, edges run together with distance, and the three that meet at the far corner are dotted.
#
# Perspective and hidden edges tell what is in front.
# ///
#
# You stand on [matrices](../linalg/matrices.md#affine-maps-and-homogeneous-coordinates),
# above all on homogeneous coordinates and on
# [the order of a product](../linalg/matrices.md#order-matters), on
# [turns of the plane](../foundations/trigonometry.md#turning-the-plane) and on
# [the cross product](../linalg/vectors.md#the-cross-product).
#
# Each step has blanks and a check. On the page, it goes on from the book's
# solutions of the steps before it, so you can begin anywhere; in a notebook
# with blanks, from your answers, so fill them in order.
#
# ## Step 1. Points and directions
#
# A linear map keeps the origin where it is, so no matrix of shape $(3, 3)$ can
# move anything. The remedy is a fourth coordinate. A *point* $(x, y, z)$ is
# written $(x, y, z, 1)$, and
#
# $$
# \begin{pmatrix} A & b \\ 0 & 1 \end{pmatrix}
# \begin{pmatrix} p \\ 1 \end{pmatrix}
# = \begin{pmatrix} A p + b \\ 1 \end{pmatrix},
# \qquad
# \begin{pmatrix} A & b \\ 0 & 1 \end{pmatrix}
# \begin{pmatrix} v \\ 0 \end{pmatrix}
# = \begin{pmatrix} A v \\ 0 \end{pmatrix}
# $$
#
# On the right is a *direction* $v$, a difference of two points. Its fourth
# coordinate is $1 - 1 = 0$, and it is turned and stretched, but not
# moved. That is right: north is north wherever you stand.
#
# We keep points as rows of an array $X$ of shape $(n, 3)$. A row is a column
# transposed, so the matrix stands on the right, transposed.
#
# //// exercise | Move and stretch
#     name: geometry-move
#
# Write `translation(b)` and `scaling(s)`, of shape $(4, 4)$, for three numbers
# each. Write `move(M, X, w=1.0)`: the rows of $X$ with fourth coordinate
# `w`, moved by $M$, without the fourth coordinate: shape $(n, 3)$.


# %% tags=["starter"]
def translation(b):
    M = np.eye(4)
    M[3, :3] = b
    return M


def scaling(s):
    return np.diag(s)


def move(M, X, w=1.0):
    return X @ M


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

shift = [[1, 0, 0, 5], [0, 1, 0, -6], [0, 0, 1, 7], [0, 0, 0, 1]]
expect_close(
    translation([5, -6, 7]),
    shift,
    what="translation([5, -6, 7])",
    hint="b stands in the last column, which the 1 of a point multiplies",
)
expect_close(
    scaling([2, 3, -4]),
    [[2, 0, 0, 0], [0, 3, 0, 0], [0, 0, -4, 0], [0, 0, 0, 1]],
    what="scaling([2, 3, -4])",
    hint="shape (4, 4), and the fourth coordinate is not scaled",
)
rows = np.array([[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])
mixing = np.array([[1.0, 2, 0, 5], [0, 1, 0, 6], [3, 0, 1, 7], [0, 0, 0, 1]])
expect_close(
    move(mixing, rows),
    [[10, 8, 13], [5, 6, 7]],
    what="move of two points by a map that mixes axes",
    hint="rows times the transpose: X Mᵀ, after a 1 was put to each row",
)
expect_close(
    move(mixing, rows, w=0.0),
    [[5, 2, 6], [0, 0, 0]],
    what="move of the same as directions, w = 0",
    hint="a direction is not translated",
)

# %% [markdown]
# /// hint
#
# `np.column_stack([X, np.full(len(X), w)])` appends the fourth coordinate.
# ///
#
# /// solution


# %% tags=["solution"]
def translation(b):
    M = np.eye(4)
    M[:3, 3] = b
    return M


def scaling(s):
    return np.diag([*s, 1.0])


def move(M, X, w=1.0):
    H = np.column_stack([X, np.full(len(X), w)])
    return (H @ M.T)[:, :3]


# %% [markdown]
# ///
# ////
#
# ## Step 2. A turn about any axis
#
# In the plane there is one way to turn. In space you choose an axis, a unit
# vector $a$, and turn by $\theta$ about it, against the clock for one who
# looks against $a$. What happens to a vector $x$? Split it into its shadow on
# the axis, $(a \cdot x) a$, and the rest, $x - (a \cdot x) a$, at a right
# angle to $a$. The shadow stays. The rest turns in its plane, and the
# direction a quarter turn ahead of it is $a \times x$: it is at right angles
# to both, and as long as the rest, as
# $\norm{a \times x} = \norm{x} \sin\alpha$ for the angle $\alpha$ of $a$ and
# $x$. So the rest becomes $\cos\theta$ of itself and $\sin\theta$ of that.
# Put the two together, and you have the formula of Rodrigues [@rodrigues1840]:
#
# $$
# R x = x \cos(\theta) + (a \times x) \sin(\theta)
# + a (a \cdot x) (1 - \cos(\theta))
# \label{claim:geometry-rodrigues}
# $$
#
# /// check
#     of: claim:geometry-rodrigues
#
# ``` {.python .formula}
# from scipy.spatial.transform import Rotation
#
# import numpy as np
#
# where = {r"a \times x": "np.cross(a, x)"}
#
#
# def draw(rng):
#     a, x = rng.normal(size=(2, 3))
#     a = a / np.linalg.norm(a)
#     theta = rng.uniform(-4, 4)
#     R = Rotation.from_rotvec(theta * a).as_matrix()
#     return {"a": a, "x": x, "theta": theta, "R": R}
# ```
# ///
#
# To see it as a matrix, write $a \times x = K x$ and
# $a (a \cdot x) = a a^\T x$:
#
# $$
# R = \cos(\theta) I + \sin(\theta) K + (1 - \cos(\theta)) a a^\T,
# \qquad K = \begin{pmatrix}
# 0 & -a_3 & a_2 \\ a_3 & 0 & -a_1 \\ -a_2 & a_1 & 0
# \end{pmatrix}
# $$
#
# //// exercise | Turn about an axis
#     name: geometry-turn
#
# Write `turn(axis, angle)`, of shape $(4, 4)$, for an axis of any length but
# zero, through the origin, and an angle in radians. An axis of length zero
# raises a `ValueError`.


# %% tags=["starter"]
def turn(axis, angle):
    a = np.asarray(axis, dtype=float)
    c, s = np.cos(angle), np.sin(angle)
    K = np.cross(np.eye(3), a)
    M = np.eye(4)
    M[:3, :3] = c * np.eye(3) + s * K + (1 - c) * np.outer(a, a)
    return M


# %% tags=["check"]
import numpy as np
from scipy.spatial.transform import Rotation

from derivable.grading import expect_close, expect_raises

expect_close(
    turn([0, 0, 1], np.pi / 2),
    [[0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
    what="turn about the third axis by a quarter",
    hint="it takes the first axis to the second: which way does yours go?",
)
trial = np.random.default_rng(3)
for _ in range(4):
    line, amount = trial.normal(size=3), trial.uniform(-4, 4)
    wanted = np.eye(4)
    wanted[:3, :3] = Rotation.from_rotvec(
        amount * line / np.linalg.norm(line)
    ).as_matrix()
    expect_close(
        turn(line, amount),
        wanted,
        what="turn about an axis that is no unit vector",
        hint="divide the axis by its length first",
    )
expect_close(turn([0, 3, 0], 0.0), np.eye(4), what="turn by no angle")
expect_raises(
    ValueError,
    turn,
    [0, 0, 0],
    1.0,
    what="turn about [0, 0, 0]",
    hint="nothing points nowhere: look at the length first",
)

# %% [markdown]
# /// hint
#
# Row $i$ of `np.cross(np.eye(3), a)` is $e_i \times a$. Column $i$ of $K$
# should be $a \times e_i$. A transpose and a change of sign: which of the two
# is missing?
# ///
#
# /// solution
#
# Row $i$ of `np.cross(a, np.eye(3))` is $a \times e_i$, column $i$ of $K$. So
# its transpose is $K$.


# %% tags=["solution"]
def turn(axis, angle):
    a = np.asarray(axis, dtype=float)
    length = np.linalg.norm(a)
    if length == 0:
        raise ValueError("the axis must have a length, got [0, 0, 0]")
    a = a / length
    c, s = np.cos(angle), np.sin(angle)
    K = np.cross(a, np.eye(3)).T
    M = np.eye(4)
    M[:3, :3] = c * np.eye(3) + s * K + (1 - c) * np.outer(a, a)
    return M


# %% [markdown]
# ///
# ////
#
# ## Step 3. First this, then that
#
# First $A$, then $B$ is the product $B A$: the first map stands next to the
# point. Whoever reads a scene from left to right writes it the other way round
# and gets another picture. A turn about the origin and then a move leaves a
# thing turned at its new place. A move and then a turn swings it around the
# origin.
#
# And what if you want to turn it about a point $p$ of its own? Take $p$ to
# the origin, turn, and take it back: $T M T^{-1}$ with $T$ the translation by
# $p$. The same sandwich stretches about a point, or mirrors.
#
# //// exercise | Chain, and do it there
#     name: geometry-chain
#
# Write `chain(*maps)`: the matrix of shape $(4, 4)$ that does the first of
# `maps` first, and the last one last. Of no maps it is the identity. Write
# `about(M, p)`: $M$, done as if $p$ were the origin.


# %% tags=["starter"]
def chain(*maps):
    M = maps[0]
    for A in maps[1:]:
        M = M @ A
    return M


def about(M, p):
    return translation(p) @ M


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close

one = np.array([[0.0, -1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
two = np.array([[1.0, 0, 0, 3], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
three = np.diag([1.0, 5.0, 1.0, 1.0])
start = np.array([1.0, 0.0, 0.0, 1.0])
expect_close(
    chain(one, two) @ start,
    [3, 1, 0, 1],
    what="[1, 0, 0] turned by a quarter and then moved by [3, 0, 0]",
    hint="the first map stands next to the point, on the right",
)
expect_close(
    chain(one, two, three) @ start,
    [3, 5, 0, 1],
    what="the same, and then stretched by [1, 5, 1]",
)
expect_close(chain(), np.eye(4), what="chain of nothing")
expect_close(chain(two), two, what="chain of one map")
there = about(one, [2.0, 1.0, 7.0])
expect_close(
    there @ [2, 1, 7, 1],
    [2, 1, 7, 1],
    what="where p goes, if you turn about p",
    hint="p stays: first p to the origin, then M, then back",
)
expect_close(
    there @ [3, 1, 0, 1],
    [2, 2, 0, 1],
    what="[3, 1, 0], turned by a quarter about [2, 1, 7]",
    hint="translate by -p first, by p last",
)

# %% [markdown]
# /// hint
#
# Begin with the identity, and put each further map on the left.
# ///
#
# /// solution


# %% tags=["solution"]
def chain(*maps):
    M = np.eye(4)
    for A in maps:
        M = A @ M
    return M


def about(M, p):
    p = np.asarray(p, dtype=float)
    return chain(translation(-p), M, translation(p))


# %% [markdown]
# ///
# ////

# %%
quarter = turn([0, 1, 0], np.pi / 2)
shift = translation([4, 0, 0])
middle = np.zeros((1, 3))
print("turn, then move:", move(chain(quarter, shift), middle)[0].round(6) + 0)
print("move, then turn:", move(chain(shift, quarter), middle)[0].round(6) + 0)

# %% [raw] tags=["output"]
# turn, then move: [4. 0. 0.]
# move, then turn: [ 0.  0. -4.]

# %% [markdown]
# ## Step 4. A camera
#
# There is no camera in the engine. There is only a map that takes the world to
# where the camera would be at the origin, with its right along $x$, its up
# along $y$, and looking along $-z$, so that the axes stay right-handed. (Half
# of all programs look along $+z$. Both work, but not mixed.)
#
# The camera is at `eye`, and looks at `target`. Three unit vectors belong to
# it:
#
# 1. *back*, from the target to the eye: it shall become $+z$;
# 2. *right*, which is `up` $\times$ back, made a unit vector: `up` is only a
#    wish, such as the sky, and need not be at a right angle to back;
# 3. *true up*, which is back $\times$ right, and has length one by itself.
#
# Let $Q$ have them as rows: right, true up, back. Then $Q$ times a vector lists
# its three dot products, its coordinates as the camera sees them. As the rows
# are orthonormal, $Q$ is a turn, and the eye is taken to the origin first:
# $x \mapsto Q (x - e) = Q x - Q e$ for the eye $e$.
#
# //// exercise | Look at it
#     name: geometry-camera
#
# Write `look_at(eye, target, up)`, of shape $(4, 4)$. If eye and target are one
# point, or `up` is along the line of sight, there is no such camera: raise a
# `ValueError`. Rounding may keep a cross product from being exactly zero, so
# ask whether `up`, made a unit vector, and back have one that is shorter than
# a billionth.


# %% tags=["starter"]
def look_at(eye, target, up):
    eye, target = np.asarray(eye, dtype=float), np.asarray(target, dtype=float)
    back = target - eye
    right = np.cross(up, back)
    M = np.eye(4)
    M[:3, :3] = [right, up, back]
    M[:3, 3] = -eye
    return M


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

expect_close(
    look_at([0, 0, 5], [0, 0, 0], [0, 1, 0]),
    [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, -5], [0, 0, 0, 1]],
    what="look_at from [0, 0, 5] to the origin",
    hint="back goes from the target to the eye, and becomes +z",
)
expect_close(
    look_at([3, 0, 0], [0, 0, 0], [0, 7, 0]),
    [[0, 0, -1, 0], [0, 1, 0, 0], [1, 0, 0, -3], [0, 0, 0, 1]],
    what="look_at from [3, 0, 0] to the origin",
    hint="right is up × back, in this order",
)
trial = np.random.default_rng(6)
for _ in range(4):
    at, to, sky = trial.normal(size=(3, 3))
    found = np.asarray(look_at(at, to, sky))
    expect_close(
        found[:3, :3] @ found[:3, :3].T,
        np.eye(3),
        what="Q Qᵀ for an up that is not at a right angle",
        hint="make back and right unit vectors, and compute the true up",
    )
    expect_close(
        found @ [*at, 1],
        [0, 0, 0, 1],
        what="where the eye goes",
        hint="the last column is -Q e, not -e",
    )
    expect_close(
        found @ [*to, 1],
        [0, 0, -np.linalg.norm(at - to), 1],
        what="where the target goes",
        hint="straight ahead, along -z",
    )
    expect_close(
        (found @ [*sky, 0])[0],
        0.0,
        what="how far to the right the sky is",
        hint="right is at a right angle to up",
    )
    expect_close(
        np.sign((found @ [*sky, 0])[1]), 1.0, what="the sign of the sky"
    )
for at, to, sky in [
    ([1, 2, 3], [1, 2, 3], [0, 1, 0]),
    ([0, 5, 0], [0, 1, 0], [0, 2, 0]),
    ([0.1, 0.2, 0.3], [0.3, 0.6, 0.9], [-0.7, -1.4, -2.1]),
]:
    expect_raises(
        ValueError,
        look_at,
        at,
        to,
        sky,
        what=f"look_at({at}, {to}, {sky})",
        hint="compare lengths with the limit before you divide",
    )

# %% [markdown]
# /// hint
#
# Divide `back` by its length, after a look at it; `up` by its own; then look at
# the length of their cross product, and divide by it.
# ///
#
# /// solution


# %% tags=["solution"]
limit = 1e-9


def look_at(eye, target, up):
    eye, target = np.asarray(eye, dtype=float), np.asarray(target, dtype=float)
    back = eye - target
    distance = np.linalg.norm(back)
    if distance == 0:
        raise ValueError(f"eye and target must differ, got {eye} twice")
    back = back / distance
    right = np.cross(up / np.linalg.norm(up), back)
    side = np.linalg.norm(right)
    if side < limit:
        raise ValueError(f"up must not be along the sight, got {up}")
    right = right / side
    M = np.eye(4)
    M[:3, :3] = [right, np.cross(back, right), back]
    M[:3, 3] = -M[:3, :3] @ eye
    return M


# %% [markdown]
# ///
# ////
#
# ## Step 5. A lens
#
# A point at $(x, y, z)$ before the camera is at the depth $d = -z > 0$. Hold
# a sheet of glass at the distance $f$ before the eye. The ray from the point to
# the eye passes it at a height that has to $y$ the ratio of $f$ to $d$, by
# similar triangles:
#
# $$
# u = \frac{f x}{d}, \qquad v = \frac{f y}{d}
# $$
#
# A division is not linear. But *homogeneous* coordinates are a bargain about
# that: let $(x, y, z, w)$ with $w \ne 0$ mean the point
# $(x/w, y/w, z/w)$, and leave the division for the very end. Then a matrix
# needs only to put $d$ where $w$ is: its last row is $(0, 0, -1, 0)$.
#
# Which depth should it keep, in the third place? The matrix can give $-z$ a
# row $(0, 0, a, b)$, so after the division the depth is $(a z + b) / d$. Ask
# that the nearest depth $N$ that you draw becomes $-1$, and the farthest, $D$,
# becomes $1$. That is two equations, $-a N + b = -N$ and $-a D + b = D$.
# Subtract them, and $a = -(D + N)/(D - N)$; then $b = -2 D N / (D - N)$. So a
# depth $d$ becomes
#
# $$
# q(d) = \frac{D + N}{D - N} - \frac{2 D N}{(D - N) d}
# \label{claim:geometry-depth}
# $$
#
# /// check
#     of: claim:geometry-depth
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     N, more = rng.uniform(0.2, 3, size=2)
#     D = N + more
#     a, b = np.linalg.solve([[-N, 1], [-D, 1]], [-N, D])
#     return {
#         "N": N,
#         "D": D,
#         "d": rng.uniform(0.1, 5),
#         "q": lambda d: (a * -d + b) / d,
#     }
# ```
# ///
#
# //// exercise | Grind a lens
#     name: geometry-lens
#
# Write `lens(f, near, far)`, of shape $(4, 4)$: before the division it makes
# $(f x, f y, a z + b, -z)$ of $(x, y, z, 1)$. Unless $0 < N < D$ and $f > 0$,
# raise a `ValueError`.


# %% tags=["starter"]
def lens(f, near, far):
    return np.array(
        [
            [f, 0, 0, 0],
            [0, f, 0, 0],
            [0, 0, 1, 0],
            [0, 0, 1, 0],
        ]
    )


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_raises

glass = lens(2.0, 1.0, 5.0)
expect_close(
    glass @ [3, 4, -2, 1],
    [6, 8, 0.5, 2],
    what="lens(2, 1, 5) times [3, 4, -2, 1]",
    hint="the last row is (0, 0, -1, 0); a and b stand in the third",
)
for z, depth in [(-1, -1), (-5, 1)]:
    h = glass @ [0, 0, z, 1]
    expect_close(
        h[2] / h[3],
        depth,
        what=f"the depth that z = {z} gets, of near 1 and far 5",
        hint="near becomes -1 and far 1",
    )
expect_close(
    lens(3, 1, 2)[0],
    [3, 0, 0, 0],
    what="the first row of lens(3, 1, 2), of whole numbers",
)
expect_close(
    lens(1, 2, 3)[2],
    [0, 0, -5, -12],
    what="the third row of lens(1, 2, 3)",
    hint="a = -(D + N) / (D - N) and b = -2 D N / (D - N)",
)
for wrong in [(1, 0, 5), (1, -1, 5), (1, 5, 5), (1, 6, 5), (0, 1, 5)]:
    expect_raises(
        ValueError,
        lens,
        *wrong,
        what=f"lens{wrong}",
        hint="the near plane is before the eye, and before the far one",
    )

# %% [markdown]
# /// hint
#
# The two conditions fit in one line each; Python reads `0 < near < far` as you
# do.
# ///
#
# /// solution


# %% tags=["solution"]
def lens(f, near, far):
    if not 0 < near < far:
        raise ValueError(f"need 0 < near < far, got {near} and {far}")
    if not f > 0:
        raise ValueError(f"f must be positive, got {f}")
    a = -(far + near) / (far - near)
    b = -2 * far * near / (far - near)
    return np.array(
        [
            [f, 0.0, 0.0, 0.0],
            [0.0, f, 0.0, 0.0],
            [0.0, 0.0, a, b],
            [0.0, 0.0, -1.0, 0.0],
        ]
    )


# %% [markdown]
# ///
# ////
#
# Two things that painters knew can be read off. A line through $p$ along the
# direction $v$ with $v_3 \ne 0$ runs, far away, to where the *direction* goes:
# the point $p + t v$ is, up to a factor, $p/t + v$, and the first part fades.
# So all parallel lines meet in one *vanishing point*. And depth is not spread
# evenly:

# %%
eyeglass = lens(1.0, 0.1, 100.0)
rail = np.array([0.5, -1.0, 0.0]) + np.outer([1, 10, 100], [0.2, 0, -1])
ends = np.column_stack([rail, np.ones(3)]) @ eyeglass.T
print("rail:", (ends[:, :2] / ends[:, 3:]).round(2).tolist())
away = eyeglass @ [0.2, 0, -1, 0]
print("its vanishing point:", away[:2] / away[3])
for d in (0.1, 0.2, 1.0, 100.0):
    h = eyeglass @ [0, 0, -d, 1]
    print(f"depth {d:5}: kept as {h[2] / h[3]:6.3f}")

# %% [raw] tags=["output"]
# rail: [[0.7, -1.0], [0.25, -0.1], [0.2, -0.01]]
# its vanishing point: [0.2 0. ]
# depth   0.1: kept as -1.000
# depth   0.2: kept as  0.001
# depth   1.0: kept as  0.802
# depth 100.0: kept as  1.000

# %% [markdown]
# If the far plane is far, half of all values that a depth can take are spent
# on what is nearer than twice the near plane. If things far away flicker in a
# game, the near plane is too near.
#
# ## Step 6. What is behind you
#
# Divide a point behind the camera by its $w < 0$, and both its coordinates
# change their sign: it comes out in *front*, upside down. So a line that
# passes you has to be cut before the division. Where? At the near plane.
# Before the division, the condition $z/w \ge -1$ for $w > 0$ is
# $z + w \ge 0$, and that one is right behind the camera too. With $z$ and $w$
# as the lens makes them of a point at depth $d$,
#
# $$
# z + w = \frac{2 D}{D - N} (d - N)
# \label{claim:geometry-near}
# $$
#
# /// check
#     of: claim:geometry-near
#
# ``` {.python .formula}
# import numpy as np
#
#
# def draw(rng):
#     N, more = rng.uniform(0.2, 3, size=2)
#     D, d = N + more, rng.normal()
#     a, b = np.linalg.solve([[-N, 1], [-D, 1]], [-N, D])
#     return {"N": N, "D": D, "d": d, "z": -a * d + b, "w": d}
#
#
# equal = {"d → w": "w is the depth"}
# ```
# ///
#
# so it is $\ge 0$ exactly if $d \ge N$. Call $h = z + w$ the height of a point
# over the near plane. On a segment from $A$ to $B$ it changes linearly, from
# $h_A$ to $h_B$. If they have different signs, it is zero at the share
#
# $$
# t = \frac{h_A}{h_A - h_B}
# $$
#
# of the way, at $(1 - t) A + t B$, all four coordinates. After the division
# this would be wrong, as equal steps in space are no equal steps on the glass.
#
# //// exercise | Clip
#     name: geometry-clip
#
# Write `clip(A, B)` for two points of four coordinates, before the division. It
# gives the part with $h \ge 0$ as a pair of arrays, in the same order, and
# `None` if both points are below. What is given stays as it is.


# %% tags=["starter"]
def clip(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    if A[3] < 0 or B[3] < 0:
        return None
    return A, B


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_close, expect_equal

low, high = [0.0, 0.0, -3.0, 1.0], [4.0, 8.0, 5.0, 1.0]
expect_close(
    clip(low, high),
    [[1, 2, -1, 1], high],
    what="clip from h = -2 to h = 6",
    hint="the share is h_A / (h_A - h_B), a quarter here",
)
expect_close(
    clip(high, low),
    [high, [1, 2, -1, 1]],
    what="the same from the other end",
    hint="keep the order, and cut the end that is below",
)
expect_close(
    clip([2.0, 0.0, -1.0, 4.0], [0.0, 6.0, -1.0, -2.0]),
    [[2, 0, -1, 4], [1, 3, -1, 1]],
    what="clip of a segment that ends behind the eye",
    hint="cut all four coordinates, w too, and divide by nothing",
)
expect_close(
    clip([0.0, 0.0, -1.0, 1.0], high),
    [[0, 0, -1, 1], high],
    what="clip from h = 0",
    hint="what is on the plane is seen",
)
expect_equal(
    clip(low, [1.0, 1.0, -9.0, 2.0]),
    None,
    what="clip of a segment that is below",
    hint="both ends have h < 0",
)
for far_end in ([0.0, 0.0, 9.0, 3.0], [0.0, 0.0, 2.5, 3.0]):
    expect_close(
        clip(high, far_end), [high, far_end], what="clip of all above"
    )
given = np.array(low)
clip(given, high)
expect_close(given, low, what="the point that was given, afterwards")

# %% [markdown]
# /// hint
#
# Compute `cut = A + t * (B - A)` only if the signs differ, and put it in the
# place of the end that is below.
# ///
#
# /// solution


# %% tags=["solution"]
def clip(A, B):
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    above_A, above_B = A[2] + A[3], B[2] + B[3]
    if above_A < 0 and above_B < 0:
        return None
    if above_A >= 0 and above_B >= 0:
        return A, B
    cut = A + above_A / (above_A - above_B) * (B - A)
    return (A, cut) if above_A >= 0 else (cut, B)


# %% [markdown]
# ///
# ////
#
# A railway, on which you stand. The rails begin behind you.


# %%
def segments(X, edge_list, M, *, cutting=True):
    """Edges on the glass: an array of shape (2, 2) for each that is seen."""
    H = np.column_stack([X, np.ones(len(X))]) @ M.T
    found = []
    for i, j in edge_list:
        piece = clip(H[i], H[j]) if cutting else (H[i], H[j])
        if piece is not None:
            found.append(np.array([h[:2] / h[3] for h in piece]))
    return found


sleepers = np.arange(-3.0, 40.0, 2.0)
track = [[side, 0, -s] for s in (-4.0, 60.0) for side in (-1.0, 1.0)]
track += [[side, 0, -s] for s in sleepers for side in (-1.4, 1.4)]
track = np.array(track)
track_edges = [(0, 2), (1, 3)]
track_edges += [(i, i + 1) for i in range(4, len(track), 2)]
view = chain(
    look_at([0.4, 1.6, 0], [0, 0.9, -10], [0, 1, 0]), lens(1.0, 0.5, 100.0)
)
for cutting in (False, True):
    lines = segments(track, track_edges, view, cutting=cutting)
    upside_down = sum(line[:, 1].max() > 0.1 for line in lines)
    print(f"cut {cutting!s:5}: {len(lines)} lines, {upside_down} in the sky")

# %% [raw] tags=["output"]
# cut False: 24 lines, 4 in the sky
# cut True : 22 lines, 0 in the sky

# %% tags=["picture"]
fig, axes = plt.subplots(1, 2, figsize=(6.6, 3.3), sharey=True)
for ax, cutting in zip(axes, (False, True), strict=True):
    for line in segments(track, track_edges, view, cutting=cutting):
        ax.plot(*line.T, "C0", lw=1.3)
    ax.set(xlim=(-1.5, 1.5), ylim=(-1.5, 1.5), aspect="equal")
    ax.set(xticks=[], yticks=[])
axes[0].set(xlabel="divided at once")
axes[1].set(xlabel="cut at the near plane")

# %% [markdown]
# /// figure | geometry-rails
#     alt: Left, rails that run from the vanishing point up into the sky, and a sleeper above the horizon. Right, two rails come from the lower edge and meet at the vanishing point, with sleepers that come closer together.
#
# Without a cut, what is behind you hangs in the sky. With it, parallel rails
# meet where they should.
# ///
#
# ## Step 7. Edges that you cannot see
#
# A solid is a list of faces, and a face is a list of corners. Let them run
# *against the clock, seen from outside*. Then the cross product of two sides
# that follow each other is a normal that points outwards. For three corners
# $a$, $b$, $c$ of a face it is $n = (b - a) \times (c - a)$.
#
# The face turns its outside to the eye $e$ if $n \cdot (e - a) > 0$: the eye is
# on the outer side of its plane. If the solid is *convex*, nothing of it lies
# on that side. So nothing of it can stand between such a face and an eye
# outside, and all other faces are behind the solid itself. An edge belongs to
# two faces, and is hidden if both are turned away.
#
# //// exercise | Seen and hidden
#     name: geometry-edges
#
# Write `edges(X, faces, eye)` for a convex solid: corners $X$ of shape
# $(n, 3)$, faces as lists of three or more places in $X$, and an eye outside.
# It gives two sorted lists of pairs $(i, j)$ with $i < j$, each edge once: the
# seen ones and the hidden ones. A face that is looked at exactly from its side
# counts as turned away.


# %% tags=["starter"]
def edges(X, faces, eye):
    seen, hidden = [], []
    for face in faces:
        a, b, c = X[face[:3]]
        n = np.cross(b - a, c - a)
        for k in range(len(face) - 1):
            pair = (face[k], face[k + 1])
            (seen if n @ eye > 0 else hidden).append(pair)
    return seen, hidden


# %% tags=["check"]
import numpy as np

from derivable.grading import expect_equal

wedge = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
wedge_faces = [[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]]
for moved in ([0.0, 0.0, 0.0], [10.0, -20.0, 30.0]):
    where_it_is = f"a tetrahedron with a corner at {moved}"
    expect_equal(
        edges(wedge + moved, wedge_faces, np.add(moved, 2)),
        ([(1, 2), (1, 3), (2, 3)], [(0, 1), (0, 2), (0, 3)]),
        what=f"edges of {where_it_is}, seen from before its large face",
        hint="the eye as seen from the face, e - a; each edge once, i < j",
    )
    expect_equal(
        edges(wedge + moved, wedge_faces, np.subtract(moved, 1)),
        ([(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)], []),
        what=f"edges of {where_it_is}, seen from the back",
        hint="an edge is seen if one of its two faces is",
    )
block = np.array(
    [[x, y, z] for x in (0.0, 2) for y in (0.0, 2) for z in (0.0, 2)]
)
block_faces = [
    [0, 1, 3, 2],
    [4, 6, 7, 5],
    [0, 4, 5, 1],
    [2, 3, 7, 6],
    [0, 2, 6, 4],
    [1, 5, 7, 3],
]
seen_trial, hidden_trial = edges(block, block_faces, [1.0, 1.0, 9.0])
expect_equal(
    seen_trial,
    [(1, 3), (1, 5), (3, 7), (5, 7)],
    what="the edges of a cube that are seen from straight above",
    hint="close the face: its last corner is joined to the first",
)
expect_equal(len(hidden_trial), 8, what="how many are hidden then")
expect_equal(
    edges(block, block_faces, [1.0, 2.0, 9.0])[0],
    [(1, 3), (1, 5), (3, 7), (5, 7)],
    what="the edges that are seen with the eye in the plane of a side",
    hint="exactly from the side is turned away: > 0, not ≥ 0",
)

# %% [markdown]
# /// hint
#
# Two sets, of all edges and of those of faces that are turned to the eye.
# `zip(face, face[1:] + face[:1])` goes round, and
# `tuple(sorted(pair))` makes one name of $(i, j)$ and $(j, i)$.
# ///
#
# /// solution


# %% tags=["solution"]
def edges(X, faces, eye):
    every, seen = set(), set()
    for face in faces:
        a, b, c = X[face[:3]]
        around = zip(face, face[1:] + face[:1], strict=True)
        border = {(int(min(p)), int(max(p))) for p in around}
        every |= border
        if np.cross(b - a, c - a) @ (eye - a) > 0:
            seen |= border
    return sorted(seen), sorted(every - seen)


# %% [markdown]
# ///
# ////
#
# One trap is left. What do the maps do to normals? Let $A$ be the linear part
# of a map, invertible. For all $u$ and $v$
#
# $$
# (A u) \times (A v) = \det(A) (A^{-1})^\T (u \times v)
# \label{claim:geometry-normals}
# $$
#
# Why? Dot both sides with any $A y$. On the left is the volume of the box of
# $A u$, $A v$, $A y$, which is $\det A$ times that of the box of $u$, $v$, $y$.
# On the right is $\det(A) (u \times v)^\T A^{-1} A y$, the same. Vectors that
# agree in all such products are equal, as every vector is some $A y$.
#
# /// check
#     of: claim:geometry-normals
#
# ``` {.python .formula}
# import numpy as np
#
# where = {
#     r"(A u) \times (A v)": "np.cross(A @ u, A @ v)",
#     r"u \times v": "np.cross(u, v)",
# }
#
#
# def draw(rng):
#     A = rng.normal(size=(3, 3))
#     u, v = rng.normal(size=(2, 3))
#     return {"A": A, "u": u, "v": v}
# ```
# ///
#
# So normals do not move like points. A stretch moves them by its inverse, and
# a mirror, with $\det A < 0$, turns all of them inwards. Your `edges` computes
# normals from the moved corners and needs to know nothing of this, but for the
# mirror: there the corners suddenly run with the clock.

# %%
cube_faces = [
    *([0, 1, 3, 2], [4, 6, 7, 5], [0, 4, 5, 1]),
    *([2, 3, 7, 6], [0, 2, 6, 4], [1, 5, 7, 3]),
]
eye = np.array([4.0, 3.0, 5.0])
for name, M in {
    "as it is": np.eye(4),
    "stretched": scaling([1, 2, 0.5]),
    "mirrored": scaling([-1, 1, 1]),
}.items():
    put = move(M, cube)
    _, hidden = edges(put, cube_faces, eye)
    (corner,) = set.intersection(*map(set, hidden))
    print(f"{name:9}: {len(hidden)} hidden, from corner {put[corner]}")

# %% [raw] tags=["output"]
# as it is : 3 hidden, from corner [-1. -1. -1.]
# stretched: 3 hidden, from corner [-1.  -2.  -0.5]
# mirrored : 3 hidden, from corner [1. 1. 1.]

# %% [markdown]
# The eye is where all three coordinates are positive. For the mirrored cube the
# engine hides the corner right before it, and shows the inside. If you mirror,
# turn all lists of corners round.
#
# ## Step 8. A scene
#
# Now all of it works together, and the rest is solids. Those of triangles need
# no lists by hand: three corners are a face if they are all one side apart. To
# run against the clock from outside, the normal must point away from the
# middle, which is the origin here.

# %%
from itertools import combinations


def triangles(X, side):
    """All faces of a solid of equal triangles around the origin."""
    faces = []
    for i, j, k in combinations(range(len(X)), 3):
        ways = X[[i, j, k]] - X[[j, k, i]]
        if np.allclose(np.linalg.norm(ways, axis=1), side):
            outwards = np.linalg.det(X[[i, j, k]]) > 0
            faces.append([i, j, k] if outwards else [i, k, j])
    return faces


golden = (1 + np.sqrt(5)) / 2
octahedron = np.vstack([np.eye(3), -np.eye(3)])
tetrahedron = cube[[0, 3, 5, 6]]
upright = [[0, a, b * golden] for a in (-1, 1) for b in (-1, 1)]
icosahedron = np.vstack([np.roll(upright, k, axis=1) for k in range(3)])
solids = {
    "tetrahedron": (tetrahedron, triangles(tetrahedron, np.sqrt(8))),
    "cube": (cube, cube_faces),
    "octahedron": (octahedron, triangles(octahedron, np.sqrt(2))),
    "icosahedron": (icosahedron, triangles(icosahedron, 2.0)),
}
for name, (X, faces) in solids.items():
    every = edges(X, faces, np.zeros(3))[1]
    count = len(X) - len(every) + len(faces)
    print(f"{name:12} {len(X):2} {len(every):2} {len(faces):2}", end=" ")
    print("corners - edges + faces =", count)

# %% [raw] tags=["output"]
# tetrahedron   4  6  4 corners - edges + faces = 2
# cube          8 12  6 corners - edges + faces = 2
# octahedron    6 12  8 corners - edges + faces = 2
# icosahedron  12 30 20 corners - edges + faces = 2

# %% [markdown]
# From the middle of a solid all faces are turned away, so all edges are in
# the second list. The last column is Euler's: for every convex solid it is two.
# A face forgotten, or an edge counted twice, would show.

# %%
places = [[-5.0, 0.6, 0], [-1.5, 1, 1.5], [1.6, 1, -0.5], [4.6, 1.3, -1.5]]
sizes = [0.9, 0.9, 1.2, 0.75]
axes_of = [[1, 0.3, 0], [0, 1, 0], [0.4, 1, 0.2], [0.3, 0.2, 1]]
eye, target = np.array([1.2, 3.6, 9.4]), np.array([0.2, 0.8, 0.0])
view = chain(look_at(eye, target, [0, 1, 0]), lens(1.6, 0.5, 50.0))
scene = []
for (X, faces), place, size, axis in zip(
    solids.values(), places, sizes, axes_of, strict=True
):
    model = chain(scaling([size] * 3), turn(axis, 0.6), translation(place))
    put = move(model, X)
    scene.append((put, *edges(put, faces, eye)))
print("hidden:", [len(hidden) for _, _, hidden in scene])

# %% [raw] tags=["output"]
# hidden: [3, 3, 3, 14]

# %% tags=["picture"]
fig, ax = plt.subplots(figsize=(6.8, 3.4))
grid = np.array(
    [[s * 7.0, -0.6, k] for k in range(-5, 6) for s in (-1, 1)]
    + [[k, -0.6, s * 5.0] for k in range(-7, 8) for s in (-1, 1)]
)
for line in segments(grid, [(i, i + 1) for i in range(0, 52, 2)], view):
    ax.plot(*line.T, "C7", lw=0.5, alpha=0.6)
for i, (put, seen, hidden) in enumerate(scene):
    for line in segments(put, hidden, view):
        ax.plot(*line.T, f"C{i}", lw=0.9, ls=":")
    for line in segments(put, seen, view):
        ax.plot(*line.T, f"C{i}", lw=1.8)
ax.set_axis_off()
ax.set(aspect="equal", xlim=(-1.25, 1.15), ylim=(-0.6, 0.5))

# %% [markdown]
# /// figure | geometry-scene
#     alt: A tetrahedron, a cube, an octahedron and an icosahedron, each tilted, above a square grid that runs together with distance. Their near edges are drawn as lines, their far edges are dotted.
#
# Four solids, one camera, one matrix for each: your engine at work.
# ///
#
# ## Against the library
#
# Three parts have independent witnesses. First the turns: SciPy computes them
# by quaternions. Its product has the same order as yours: the right one first.

# %%
from scipy.spatial.transform import Rotation

rng = np.random.default_rng(4)
worst = 0.0
for _ in range(100):
    first, second = rng.normal(size=(2, 3))
    theirs = Rotation.from_rotvec(second) * Rotation.from_rotvec(first)
    ours = chain(
        turn(first, np.linalg.norm(first)),
        turn(second, np.linalg.norm(second)),
    )
    worst = max(worst, np.max(np.abs(ours[:3, :3] - theirs.as_matrix())))
print("100 pairs of turns agree to rounding:", worst < 1e-12)

# %% [raw] tags=["output"]
# 100 pairs of turns agree to rounding: True

# %% [markdown]
# Second, camera and lens together. A ray from the eye $e$ to the point $p$
# meets the glass in $e + s (p - e)$. The glass is spanned by right $r$ and up
# $o$, at the distance $f$ before the eye, so the same point is
# $e - f \beta + u r + v o$ with $\beta$ for back. These are three equations for
# $s$, $u$ and $v$, and a solver of linear systems knows nothing of
# homogeneous coordinates:

# %%
worst = 0.0
for _ in range(100):
    e, to, sky, p = rng.normal(size=(4, 3))
    camera = look_at(e, to, sky)
    right, over, back = camera[:3, :3]
    if (e - p) @ back > 0.1:  # in front
        h = lens(1.5, 0.1, 9.0) @ camera @ [*p, 1]
        system = np.column_stack([e - p, right, over])
        _, u, v = np.linalg.solve(system, 1.5 * back)
        gap = np.max(np.abs(h[:2] / h[3] - [u, v])) / np.hypot(u, v)
        worst = max(worst, gap)
print("rays and matrices agree to rounding:", worst < 1e-9)

# %% [raw] tags=["output"]
# rays and matrices agree to rounding: True

# %% [markdown]
# Third, what is seen. `ConvexHull` finds the faces of a cloud of points, each
# with an equation that is positive outside. Nothing there comes from your
# lists. It splits a square into two triangles, so compare solids of triangles.
#
# And there is a witness that knows no normals: *the glass itself*. With the eye
# at the origin, your $n \cdot (e - a)$ is
#
# $$
# ((b - a) \times (c - a)) \cdot (-a) = -a \cdot (b \times c)
# \label{claim:geometry-volume}
# $$
#
# since in all other products a vector stands twice. On the glass, let $S$ be
# the area of the triangle, negative if its corners run with the clock. Twice
# $S$ is the determinant with the rows $(u, v, 1)$ of its corners. Multiply
# each row by its depth, and it is $(f x, f y, -z)$, so that
#
# $$
# 2 S = \frac{f^2 \, a \cdot (b \times c)}{a_3 b_3 c_3}
# \label{claim:geometry-glass}
# $$
#
# /// check
#     of: claim:geometry-volume claim:geometry-glass
#
# ``` {.python .formula}
# import numpy as np
#
# where = {
#     r"(b - a) \times (c - a)": "np.cross(b - a, c - a)",
#     r"b \times c": "np.cross(b, c)",
# }
#
#
# def draw(rng):
#     a, b, c = rng.normal(size=(3, 3)) - [0, 0, 4]
#     f = rng.uniform(0.5, 2)
#     u, v = f * np.array([a, b, c])[:, :2].T / -np.array([a[2], b[2], c[2]])
#     S = 0.5 * np.sum(u * np.roll(v, -1) - v * np.roll(u, -1))
#     return {"a": a, "b": b, "c": c, "f": f, "S": S}
# ```
# ///
#
# Before the eye all three $z$ are negative, and so is their product. So
# corners run against the clock on the glass exactly if you see the outside.

# %%
from scipy.spatial import ConvexHull


def signed_area(polygon):
    """Positive if the corners run against the clock, shape (n, 2)."""
    x, y = polygon.T
    return 0.5 * np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))


agree_hull, agree_glass, tries = 0, 0, 0
for X, faces in [solids["octahedron"], solids["icosahedron"]]:
    hull = ConvexHull(X)
    for _ in range(50):
        e = rng.normal(size=3)
        e *= 4 / np.linalg.norm(e)
        facing = hull.simplices[hull.equations @ [*e, 1] > 0]
        by_hull = {
            tuple(sorted(p.tolist()))
            for face in facing
            for p in (face[:2], face[1:], face[::2])
        }
        M = lens(1.0, 0.5, 9.0) @ look_at(e, np.zeros(3), [0, 1, 0])
        H = np.column_stack([X, np.ones(len(X))]) @ M.T
        glass = H[:, :2] / H[:, 3:]
        on_glass = [f for f in faces if signed_area(glass[f]) > 0]
        by_glass = edges(X, on_glass, np.zeros(3))[1]
        seen, _ = edges(X, faces, e)
        tries += 1
        agree_hull += seen == sorted(by_hull)
        agree_glass += seen == by_glass
print(f"hull: {agree_hull} of {tries}, glass: {agree_glass} of {tries}")

# %% [raw] tags=["output"]
# hull: 100 of 100, glass: 100 of 100

# %% [markdown]
# What have the libraries that yours has not? They cut at all six planes, they
# fill faces, and they decide for every pixel what is in front, by the depth
# that your lens has kept for them.
#
# ## Go further
#
# 1. **Solids that hide each other.** Cut every edge into short pieces, and drop
#    a piece if the ray from the eye to its middle passes through a face of any
#    *other* solid before it. Compare with a picture in which depth is kept
#    for each pixel.
# 2. **Cut at all six planes.** The same `clip` with $w - z$, $w \pm x$ and
#    $w \pm y$ for the height. What does an edge look like that passes
#    diagonally through a corner of the picture?
# 3. **A film.** Turn the scene in small steps, once by `turn` with the whole
#    angle, once by multiplying many small turns. How far is $R^\T R$ from $I$
#    after ten thousand of them, and how do you
#    [mend it](../linalg/bases.md#gram-schmidt)?
# 4. **Where was the camera?** Given eight corners of a cube and where they
#    are on the glass, find the matrix of shape $(3, 4)$ by
#    [least squares](../linalg/least_squares.md), up to a factor.
