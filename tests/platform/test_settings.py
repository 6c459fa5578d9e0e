"""Every setting is explained on its page, and a wrong one stops the start."""

import pathlib

import pydantic
import pytest

from revue.settings import database, page
from revue.settings.env import Settings
from revue.settings.secret import secret_key

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "operate" / "settings.md"


def test_the_page_of_settings_says_what_the_code_says() -> None:
    assert PAGE.read_text() == page.text(), "run scripts/docs"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_its_own_comment(name: str) -> None:
    assert page.comment_of(name)


def test_a_wrong_value_names_its_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVUE_PORT", "many")
    with pytest.raises(pydantic.ValidationError, match="port"):
        Settings()


def test_two_starts_at_once_agree_on_the_key(tmp_path: pathlib.Path) -> None:
    first = secret_key(tmp_path, given="")
    assert secret_key(tmp_path, given="") == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_socket_of_a_deep_folder_lies_elsewhere(tmp_path: pathlib.Path) -> None:
    deep = tmp_path / ("d" * 120)
    assert len(str(database.socket_folder(deep) / ".s.PGSQL.5432")) <= database.LONGEST_SOCKET_PATH
    assert database.socket_folder(tmp_path) == tmp_path / "postgres-socket"


def test_a_database_address_becomes_djangos_fields() -> None:
    fields = database.django_database("postgresql://ana:p%40ss@db.example:5433/revue", pathlib.Path("/nowhere"))
    assert fields["USER"] == "ana"
    assert fields["PASSWORD"] == "p@ss"
    assert (fields["HOST"], fields["PORT"], fields["NAME"]) == ("db.example", "5433", "revue")
