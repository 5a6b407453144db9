"""The whole book in one file, made of the site's own pages.

`plan` says what is in it, in the order of the nav. `article` takes from a
page what is of use on paper, `links` makes its links those of one volume,
`solutions` moves them to the end of each part, and `bound` does all three.
What comes out is printed by `pdf` and packed by `epub`.
"""
