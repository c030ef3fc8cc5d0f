from kg.disjoint import Disjoint


def test_a_set_is_called_by_what_others_were_joined_to():
    same = Disjoint[str]()
    for kept, other in (("c", "d"), ("a", "b"), ("b", "d"), ("a", "c")):
        same.join(kept, other)
    assert [same.of(item) for item in "abcde"] == ["a", "a", "a", "a", "e"]


def test_long_chains_are_followed_without_recursion():
    same = Disjoint[int]()
    for n in range(20_000, 0, -1):
        same.join(n - 1, n)
    assert {same.of(n) for n in (0, 1, 10_000, 20_000)} == {0}
