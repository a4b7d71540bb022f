"""The dossier in a browser: pages and their JSON, served from this machine; nothing is loaded from elsewhere."""

from __future__ import annotations

from dragoman.web.app import create_app

__all__ = ["create_app"]
