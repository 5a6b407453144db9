"""The drift score: what happens when the book is edited carelessly.

`text` makes the edits of a page and `library` the mistakes of a program;
`reader` and `suite` tell whether something refuses them; `run` tries them,
all or a sample, and `record` keeps what was seen. Nothing is written to
the tree: an edited page lives in memory, an edited module is imported from
a text in a process of its own.
"""
