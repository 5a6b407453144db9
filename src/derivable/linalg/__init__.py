"""Linear algebra: vectors, matrices, decompositions and tensors."""
