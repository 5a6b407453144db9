# %% starter
def field(layers):
    """Receptive field of layers of (kernel, stride, dilation)."""
    rho = 1
    for k, _stride, _dilation in layers:
        rho += k - 1
    return rho


# %% check
from derivable.grading import expect_equal
from derivable.learning import dilated_size, receptive_field

for layers, hint in [
    ([(3, 1, 1), (3, 1, 1)], "two filters of 3 see 5"),
    ([(2, 2, 1), (3, 1, 1)], "after a stride, a step is two pixels"),
    ([(3, 1, 2), (3, 1, 4)], "a dilated filter spans dilation * (k - 1) + 1"),
    ([(3, 2, 3), (2, 2, 1), (5, 1, 2)], "strides multiply, layer by layer"),
    ([(1, 2, 1), (3, 1, 1)], "a kernel of one pixel has a stride, too"),
    ([(1, 3, 2)], "one entry spans one pixel, whatever its stride"),
    ([], "without a layer an output is its input"),
]:
    wanted = 1
    if layers:
        pairs = [(dilated_size(k, d), t) for k, t, d in layers]
        wanted = receptive_field(pairs)[0]
    found = field(list(layers))
    expect_equal(found, wanted, what=f"field({layers})", hint=hint)


# %% solution
def field(layers):
    """Receptive field of layers of (kernel, stride, dilation)."""
    rho, step = 1, 1
    for k, stride, dilation in layers:
        rho += dilation * (k - 1) * step
        step *= stride
    return rho
