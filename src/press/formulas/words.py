"""The commands of a formula by what they do."""

RELATIONS = {
    *("=", "<", ">", "le", "ge", "ne", "approx", "succeq", "succ"),
    *("preceq", "prec", "in", "to", "equiv", "ll", "gg"),
}
SIGNS = {"+": "+", "-": "-", "pm": "±", "mp": "∓"}
ARROWS = {"Rightarrow", "Leftrightarrow"}
FUNCTIONS = {
    *("sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh"),
    *("tanh", "exp", "log", "ln", "sign", "tr", "det", "rank", "diag"),
    *("adj",),
}
WHOLE = {"tr", "det", "rank", "diag"}
"""Functions of a matrix: they take the whole product that follows."""
MEANS = {"E", "Var"}
BIG = {"sum", "prod", "min", "max", "argmin", "argmax", "lim", "sup", "inf"}
FENCES = {"(": ")", "[": "]", "{": "}", "lfloor": "rfloor", "lceil": "rceil"}
CONDITIONS = ("for", "if", "when", "where", "with", "at", "as", "provided")
LOGIC = ("or", "not", "only", "unless", "iff", "else", "except", "either")
