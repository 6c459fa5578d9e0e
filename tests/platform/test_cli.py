"""Every command is on the operator's page, and flags win over the environment."""

import argparse
import os
import pathlib

import pytest

from revue import cli

PAGE = (pathlib.Path(__file__).parents[2] / "docs" / "operate" / "install.md").read_text()


def commands() -> list[str]:
    choices = next(action for action in cli.make_parser()._actions if isinstance(action, argparse._SubParsersAction))
    return sorted(choices.choices)


@pytest.mark.parametrize("name", commands())
def test_every_command_is_on_its_page(name: str) -> None:
    assert f"`revue {name}" in PAGE


@pytest.mark.parametrize(
    "flag", ["--port", "--host", "--data", "--no-demo", "--logs", "--handle", "--password-stdin", "--once", "--refit"]
)
def test_every_flag_of_an_operator_is_on_its_page(flag: str) -> None:
    assert flag in PAGE


def test_a_flag_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REVUE_PORT", "REVUE_DATA_DIR", "REVUE_HOST"):
        monkeypatch.setenv(name, "from-outside")
    cli.take_flags(cli.make_parser().parse_args(["up", "--port", "8001", "--data", "/srv/revue"]))
    assert os.environ["REVUE_PORT"] == "8001"
    assert os.environ["REVUE_DATA_DIR"] == "/srv/revue"
    assert os.environ["REVUE_HOST"] == "from-outside"


def test_an_unknown_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["dance"])
    assert "invalid choice" in capsys.readouterr().err
