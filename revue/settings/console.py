"""How the operators' console looks: Unfold's settings. Fonts and scripts are its own files, from our address."""

from revue.settings.env import settings

_env = settings()

UNFOLD = {
    "SITE_TITLE": f"{_env.instance_name} console",
    "SITE_HEADER": _env.instance_name,
    "SITE_SUBHEADER": "Console",
    "SITE_URL": "/",
    "SITE_SYMBOL": "theater_comedy",
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "10px",
    "SIDEBAR": {"show_search": False, "show_all_applications": False},
}
