"""Reading strictly, writing whole files or nothing."""

import pytest

from promptgate.errors import InputError
from promptgate.files import DiskTree, decode, read_text, write_atomic


def test_decode_names_the_line_of_the_first_bad_byte():
    with pytest.raises(InputError, match=r"f.md:2: byte 0xff is not UTF-8"):
        decode(b"one\n\xfftwo", "f.md")


def test_decode_gives_the_same_text_for_every_line_end():
    assert decode(b"a\r\nb\rc\n", "f") == "a\nb\nc\n"


def test_disk_tree_refuses_to_leave_the_root(tmp_path):
    root = tmp_path / "project"
    root.mkdir()
    (tmp_path / "secret").write_text("s")
    (root / "link").symlink_to(tmp_path / "secret")
    tree = DiskTree(root)
    for path in ("../secret", "link", str(tmp_path / "secret")):
        with pytest.raises(InputError, match="leads out of the project"):
            tree.read(path)


def test_disk_tree_lists_files_below_a_folder_without_hidden_ones(tmp_path):
    for name in ("b/x.md", "a.md", ".git/config", "b/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert DiskTree(tmp_path).list(".") == ["a.md", "b/x.md"]
    assert DiskTree(tmp_path).list("none") == []


def test_write_atomic_keeps_the_old_file_when_the_new_one_fails(tmp_path):
    target = tmp_path / "f.txt"
    write_atomic(target, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(target, "\ud800")
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["f.txt"]


def test_read_text_names_a_missing_file(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_text(tmp_path / "none.md", "none.md")
