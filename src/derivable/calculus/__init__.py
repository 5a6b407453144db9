"""Calculus: from the slope of a curve to automatic differentiation."""
