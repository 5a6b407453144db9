"""What the book adds to the press: pages and benches of its own."""
