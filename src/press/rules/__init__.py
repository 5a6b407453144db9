"""Rules of `press.lint`, one module for each thing that they look at."""
