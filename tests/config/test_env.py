"""A setting that cannot be read is refused by name, with what to write."""

from pathlib import Path

import pytest

from config import embedded, env


def test_a_value_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("from a file\n")
    monkeypatch.setenv("A_KEY_FILE", str(tmp_path / "key"))
    assert env.text("A_KEY") == "from a file"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY", "said")
    monkeypatch.setenv("A_KEY_FILE", "/nowhere")
    assert env.text("A_KEY") == "said"


def test_a_missing_value_is_named() -> None:
    with pytest.raises(env.MisconfiguredError, match="Set A_KEY"):
        env.text("A_KEY")


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_KEY_FILE", "/nowhere")
    with pytest.raises(env.MisconfiguredError, match="A_KEY_FILE names /nowhere"):
        env.text("A_KEY")


@pytest.mark.parametrize(("said", "read"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", False)])
def test_a_flag(monkeypatch: pytest.MonkeyPatch, said: str, read: bool) -> None:
    monkeypatch.setenv("A_FLAG", said)
    assert env.flag("A_FLAG", default=not read) is read


def test_one_of_several_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AN_ENGINE", "http")
    assert env.choice("AN_ENGINE", "BROWSER", {"BROWSER", "HTTP"}) == "HTTP"


@pytest.mark.parametrize(
    "reader",
    [lambda: env.flag("A_FLAG", True), lambda: env.number("A_FLAG", 1), lambda: env.choice("A_FLAG", "A", {"A", "B"})],
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, reader: object) -> None:
    monkeypatch.setenv("A_FLAG", "perhaps")
    with pytest.raises(env.MisconfiguredError, match="A_FLAG is 'perhaps'"):
        reader()  # type: ignore[operator]


@pytest.mark.parametrize("url", ["mysql://user@host/name", "postgresql://user@host", "sqlite:///file"])
def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(env.MisconfiguredError, match="DATABASE_URL must read"):
        embedded.database(Path("var"))


def test_a_database_url_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:p%40ss@db.example.org:5433/isnad")
    read = embedded.database(Path("var"))
    assert [read[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "desk", "p@ss", "db.example.org", "5433", "isnad",
    ]  # fmt: skip
