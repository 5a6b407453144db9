from press import trees


def test_a_tree_has_another_hash_when_anything_of_it_is_another(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two / "inside"):
        folder.mkdir(parents=True)
        (folder / "a.py").write_text("a = 1\n", "utf8")
    seen = {trees.digest(one, two)}

    def changes():
        found = trees.digest(one, two)
        new = found not in seen
        seen.add(found)
        return new

    (one / "a.py").write_text("a = 23\n", "utf8")
    assert changes()
    (one / "b.py").write_text("", "utf8")
    assert changes()
    (one / "b.py").rename(one / "c.py")
    assert changes()
    (one / "c.py").rename(two / "c.py")
    assert changes()
    (two / "inside" / "a.py").unlink()
    assert changes()
    (two / "weights.bin").write_bytes(b"1")
    assert changes()
    (two / "c.md").write_text("no code", "utf8")
    assert not changes()


def test_a_tree_has_the_same_hash_wherever_it_stands(tmp_path):
    for place in ("here", "there"):
        folder = tmp_path / place / "inside"
        folder.mkdir(parents=True)
        for name in ("b.py", "a.py") if place == "here" else ("a.py", "b.py"):
            (folder / name).write_text(f"# {name}\n", "utf8")
    assert trees.digest(tmp_path / "here") == trees.digest(tmp_path / "there")


def test_only_folders_right_inside_are_left_out(tmp_path):
    for place in ("kept/book", "book"):
        (tmp_path / place).mkdir(parents=True)
    first = trees.digest(tmp_path, without=["book"])
    (tmp_path / "book" / "a.py").write_text("", "utf8")
    assert trees.digest(tmp_path, without=["book"]) == first
    (tmp_path / "kept" / "book" / "a.py").write_text("", "utf8")
    assert trees.digest(tmp_path, without=["book"]) != first
