# %% starter
def spring(one, other):
    return one


# %% check
assert spring(2.0, 0.5) == 2.5


# %% solution
def spring(one, other):
    return one + other
