"""Where the site and its repository live: two settings, and every link that follows from them.

While `home_url` is empty the book has no links to its repository, nor to edit a page; while
`site_url` is empty it has no canonical address and no cards.  Each build says so, in a line.
"""

from __future__ import annotations

from collections.abc import Mapping

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from book_kit.running import progress

#: Where the theme knows the address at which a file is edited.
_HOSTS = ("https://github.com/", "https://gitlab.com/", "https://bitbucket.org/")
#: What the site lacks without each of the settings.
_LACKS = {
    "home_url": "no page links to the repository",
    "site_url": "no page has a canonical address or a card to be shared with",
}


def _set_links(_app: Sphinx, config: Config) -> None:
    for setting in _LACKS:
        address = config[setting]
        if address and not address.startswith("https://"):
            raise ConfigError(f"{setting} must begin with https://, or be empty: {address!r}")
    config.html_baseurl = config.site_url
    home = config.home_url.rstrip("/")
    if home:
        link = {"name": "Repository of this book", "url": home, "html": "Repository", "class": ""}
        config.html_theme_options |= {"footer_icons": [link]}
    if home.startswith(_HOSTS):
        config.html_theme_options |= {
            "source_repository": home,
            "source_branch": "main",
            "source_directory": "book/",
            "top_of_page_buttons": ["edit"],
        }


def absence(settings: Mapping[str, str]) -> str:
    """Say which settings are empty and what the site lacks for it, or nothing."""
    empty = [f"{name}: {lack}" for name, lack in _LACKS.items() if not settings[name]]
    return f"empty in _config.yml: {'; '.join(empty)}" if empty else ""


def _say_absence(app: Sphinx, exception: Exception | None) -> None:
    said = absence({setting: app.config[setting] for setting in _LACKS})
    if said and exception is None:
        progress.say(said)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("home_url", "", "html", [str])
    app.add_config_value("site_url", "", "html", [str])
    app.connect("config-inited", _set_links, priority=100)
    app.connect("build-finished", _say_absence)
