from narrows.casefile.engine import Engine
from narrows.casefile.published import create_empty, published


def test_every_view_says_what_it_is():
    for name, view in published().items():
        assert view.name == name
        assert view.means.endswith(".")
        assert all(column.meaning for column in view.columns.values())


def test_the_empty_tables_have_the_published_columns_and_types_in_order():
    engine = Engine()
    create_empty(engine)
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in engine.rows(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'view' ORDER BY table_name, ordinal_position"
    ):
        found.setdefault(table, []).append((column, kind))
    assert found == {
        view.name: [(name, column.type) for name, column in view.columns.items()] for view in published().values()
    }
