"""Where the site and its repository live: two settings, and every link that follows from them.

While `home_url` is empty the book has no repository, issue or edit links; while `site_url` is
empty it has no canonical address.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError


def _set_links(_app: Sphinx, config: Config) -> None:
    for setting in ("home_url", "site_url"):
        address = config[setting]
        if address and not address.startswith("https://"):
            raise ConfigError(f"{setting} must begin with https://, or be empty: {address!r}")
    config.html_baseurl = config.site_url
    if config.home_url:
        config.html_theme_options |= {
            "source_repository": config.home_url.rstrip("/"),
            "source_branch": "main",
            "source_directory": "book/",
            "top_of_page_buttons": ["edit"],
        }


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_config_value("home_url", "", "html", [str])
    app.add_config_value("site_url", "", "html", [str])
    app.connect("config-inited", _set_links, priority=100)
