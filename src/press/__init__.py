"""What prints the book: includes, runs, checks, figures, mathematics."""
