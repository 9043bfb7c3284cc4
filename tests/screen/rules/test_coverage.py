import pytest
from sqlglot import exp
from sqlglot.errors import ErrorLevel

from narrows.casefile.engine import Engine
from narrows.casefile.published import create_empty
from narrows.screen.rules.contract import Example, read_indicator
from narrows.screen.rules.coverage import coverage_query, evaluable_condition, guarded_hits, outcome_query
from narrows.screen.rules.examples import run_examples

SELECT = "SELECT i.deal AS subject, i.record AS record"


@pytest.fixture
def engine():
    """Records 1 to 6: judged and large, judged and small, no quantity, not concerned, unknown, no deal."""
    engine = Engine(threads=1)
    create_empty(engine)
    rows = [
        (1, 1, 10, True, 500.0), (2, 1, 11, True, 5.0), (3, 2, 10, True, None), (4, 2, 10, False, 500.0),
        (5, 3, 12, None, 500.0), (6, None, 10, True, 500.0),
    ]  # fmt: skip
    for row in rows:
        engine.run("INSERT INTO view.item (record, deal, buyer, regulated, quantity) VALUES (?, ?, ?, ?, ?)", row)
    for entity, kind in ((10, "organisation"), (11, "unknown"), (12, "person")):
        engine.run("INSERT INTO view.entity (entity, kind) VALUES (?, ?)", (entity, kind))
    yield engine
    engine.close()


def records(engine, indicator, overrides=None):
    return sorted(row["record"] for row in engine.arrow(guarded_hits(indicator, overrides)).to_pylist())


def counts(engine, indicator):
    return engine.arrow(coverage_query(indicator)).to_pylist()[0]


def test_every_row_is_counted_once_and_what_it_lacks_is_told(make, engine):
    assert counts(engine, make()) == {
        "records": 6, "not_concerned": 1, "not_evaluable": 2, "lacks_quantity": 1, "lacks_regulated": 1,
    }  # fmt: skip
    outcomes = dict(engine.rows(outcome_query(make())))
    assert outcomes == {1: "evaluable", 2: "evaluable", 3: "not evaluable", 4: "not concerned", 5: "not evaluable",
                        6: "evaluable"}  # fmt: skip


def test_without_conditions_every_row_is_judged(make, engine):
    bare = make(sql=f"{SELECT} FROM view.item AS i", needs=())
    assert counts(engine, bare) == {"records": 6, "not_concerned": 0, "not_evaluable": 0}
    assert records(engine, bare) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(("held", "hits"), [((), []), (("stock",), []), (("end-use", "stock"), [1])])
def test_records_of_some_kind_must_be_held(make, engine, held, hits):
    for kind in held:
        engine.run("INSERT INTO view.loaded VALUES (?, 3)", (kind,))
    engine.run("INSERT INTO view.loaded VALUES ('register', 0)")
    indicator = make(needs_records=("end-use", "register"))
    found = counts(engine, indicator)
    assert records(engine, indicator) == hits
    assert found["not_evaluable"] == (2 if hits else 5)
    assert found["lacks_end-use or register records"] == (0 if hits else 5)


# The SQL forgets every condition; each form must give record 1 and, where it is small, 2, and nothing else.
FORGETFUL = {
    "plain": f"{SELECT} FROM view.item AS i",
    "distinct": "SELECT DISTINCT i.deal AS subject, i.record AS record FROM view.item AS i",
    "other alias": "SELECT z.deal AS subject, z.record AS record FROM view.item AS z",
    "no alias": "SELECT deal AS subject, record FROM view.item",
    "joined": f"{SELECT} FROM view.entity AS e JOIN view.item AS i ON i.buyer = e.entity",
    "left join": f"{SELECT} FROM view.entity AS e LEFT JOIN view.item AS i ON i.buyer = e.entity",
    "or": f"{SELECT} FROM view.item AS i WHERE i.quantity > 0 OR TRUE",
    "self join": f"{SELECT} FROM view.item AS i JOIN view.item AS j ON j.record = i.record",
    "grouped by record": f"{SELECT}, count(*) AS n FROM view.item AS i GROUP BY i.deal, i.record",
    "grouped away": "SELECT min(i.deal) AS subject, min(i.record) AS record FROM view.item AS i "
    "GROUP BY i.quantity, i.buyer",
    "windowed": f"{SELECT}, count(*) OVER (PARTITION BY i.buyer) AS n FROM view.item AS i",
    "subquery": "SELECT s.deal AS subject, s.record AS record FROM (SELECT deal, record FROM view.item) AS s",
    "cte": "WITH c AS (SELECT deal, record FROM view.item) SELECT c.deal AS subject, c.record AS record FROM c",
    "computed": "SELECT i.deal AS subject, i.record + 0 AS record FROM view.item AS i",
    "union": f"{SELECT} FROM view.item AS i WHERE i.buyer < 11 UNION ALL "
    f"{SELECT} FROM view.item AS i WHERE i.buyer > 10",
    "half plain union": f"{SELECT} FROM view.item AS i UNION SELECT i.deal AS subject, max(i.record) AS record "
    "FROM view.item AS i GROUP BY i.deal, i.record",
    "limited": f"{SELECT} FROM view.item AS i ORDER BY i.record LIMIT 100",
}  # fmt: skip


@pytest.mark.parametrize("form", FORGETFUL)
def test_missing_data_is_never_a_hit_even_where_the_sql_forgets_it(make, engine, form):
    indicator = make(sql=FORGETFUL[form], applies="regulated")
    assert records(engine, indicator) == [1, 2]
    guarded_hits(indicator).sql("spark", unsupported_level=ErrorLevel.RAISE)


def test_the_condition_goes_into_the_where_only_where_each_row_is_one_record(make):
    joined = {form for form, sql in FORGETFUL.items() if _joins(guarded_hits(make(sql=sql, applies="regulated")))}
    assert joined == {"grouped away", "windowed", "subquery", "cte", "computed", "half plain union", "limited"}


def _joins(tree):
    return tree.args["where"].find(exp.Exists) is not None


def test_an_aggregate_still_sees_the_rows_that_are_not_judged(make, engine):
    """Holding hits to what may be judged must not change what the SQL counts."""
    sql = f"{SELECT}, count(*) OVER (PARTITION BY i.buyer) AS n FROM view.item AS i"
    found = engine.arrow(guarded_hits(make(sql=sql, applies="regulated"))).to_pylist()
    assert {row["record"]: row["n"] for row in found} == {1: 4, 2: 1}


def test_a_natural_person_is_never_the_organisation_of_a_hit(make, engine):
    sql = "SELECT i.buyer AS subject, i.record AS record FROM view.item AS i"
    indicator = make(sql=sql, needs=(), subject="organisation")
    assert records(engine, indicator) == [1, 2, 3, 4, 6]
    assert 12 not in {row["subject"] for row in engine.arrow(guarded_hits(indicator)).to_pylist()}


def test_the_users_own_parameters_reach_hits_condition_and_coverage(make, engine):
    indicator = make(applies="quantity > :least OR regulated")
    assert records(engine, indicator, {"least": 5}) == [1, 2, 4, 5]
    assert '> 5 OR "i"."regulated"' in evaluable_condition(indicator, {"least": 5}, alias="i").sql("duckdb")
    assert "> 5 OR" in coverage_query(indicator, {"least": 5}).sql("duckdb")


def test_examples_are_answered(make):
    results = run_examples(make())
    assert [(result.name, result.got, result.passed) for result in results] == [
        ("six tonnes", "hit", True), ("just below", "clear", True), ("no quantity", "not evaluable", True),
        ("on no list", "not concerned", True),
    ]  # fmt: skip
    assert results[0].says == "Blue Harbour Phones ordered 6,000 kg"
    assert results[0].subjects == (1,)


def test_a_wrong_sentence_is_not_passed(text):
    wrong = text.replace("ordered 6,000 kg", "ordered 6,001 kg")
    result = run_examples(read_indicator(wrong, path="a/b.sql"))[0]
    assert (result.got, result.passed, result.says) == ("hit", False, "Blue Harbour Phones ordered 6,000 kg")


def test_a_record_in_several_rows_is_judged_on_any_of_them(make):
    def example(*amounts):
        rows = tuple({"record": 1, "deal": deal, "amount": amount} for deal, amount in enumerate(amounts))
        return Example(name="paid", expect="hit", record=1, says=None, rows={"payment": rows}, line=1)

    sql = "SELECT p.deal AS subject, p.record AS record FROM view.payment AS p WHERE p.amount > 100"
    examples = (example(None, 500.0), example(None, 5.0), example(None, None))
    indicator = make(over="payment", sql=sql, needs=("amount",), says="paid", examples=examples)
    results = run_examples(indicator)
    assert [result.got for result in results] == ["hit", "clear", "not evaluable"]
    assert [result.subjects for result in results] == [(1,), (), ()]
