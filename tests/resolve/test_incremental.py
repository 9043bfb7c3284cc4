"""New records join what is there without redoing the rest; the result is that of a full run."""

from building import Case
from narrows.casefile.verify import fingerprints
from narrows.resolve import pairs

FIELDS = "buyer.name buyer.address buyer.city buyer.country buyer.phone buyer.vat"
FIRST = [
    ["Bozdere Gıda San. ve Tic. Ltd. Şti.", "Liman Cad. No:5", "Ankara", "TR", "+90 312 555 01 01", None],
    ["BOZDERE GIDA LTD", None, "Ankara", "TR", None, None],
    ["شركة بوزدره للمواد الغذائية", None, "Ankara", "TR", "+90 312 555 01 01", None],
    ["Quiet Ridge Dairy", "2 Mill Lane", None, "GB", None, None],
]
SECOND = [
    ["Bozdere Food Ltd", "Liman Caddesi 5", "Ankara", "TR", None, None],
    ["Боздере Гыда", None, "Ankara", "TR", "+90 312 555 01 01", None],
    ["Quiet Ridge Dairy Ltd", "2 Mill Lane", None, "GB", None, None],
    ["Aksaz Tekstil", None, "Izmir", "TR", None, "DE136695976"],
]


def made(*loads):
    """A case of several loads, with a resolution after each that says so."""
    case = Case()
    for rows, resolved in loads:
        case.load("orders", FIELDS, *rows)
        if resolved:
            case.resolve()
    return case


def test_the_result_is_that_of_a_full_run():
    at_once, in_turn = made((FIRST, False), (SECOND, True)), made((FIRST, True), (SECOND, True))
    assert fingerprints(at_once.engine) == fingerprints(in_turn.engine)
    assert len(at_once.entities()) < len(FIRST) + len(SECOND)


def test_what_was_read_is_not_read_again(monkeypatch):
    case = made((FIRST, True))
    seen = []
    read = pairs.Names.read
    monkeypatch.setattr(
        pairs.Names, "read", lambda self, n, names, kind: (seen.extend(names), read(self, n, names, kind))[1]
    )
    case.resolve()
    assert seen == []
    case.load("orders", FIELDS, ["Orion Falcon Industries", None, "Ankara", "TR", None, None])
    case.resolve()
    assert set(seen) == {"Orion Falcon Industries"}


def test_other_words_read_everything_anew(monkeypatch):
    case = made((FIRST, True))
    monkeypatch.setattr(pairs, "reading_mark", lambda: "other words")
    case.resolve()
    assert case.column("SELECT mark FROM derived.reading_mark") == ["other words"]
    assert case.column("SELECT count(*) FROM derived.name_reading") == [4]
