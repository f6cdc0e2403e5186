"""The console: staff read the results page here, on loopback.

Rule 1: it reads a release and nothing else; no ledger, no key, no opened answer is within its reach.
Rule 2: nothing can be changed through it.
Rule 3: pages are never kept by a browser, framed, or allowed to fetch anything.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from models.errors import ResultsError
from sync.central.results.release import last, release_json
from sync.central.results.report import page

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def app(results: Path) -> Starlette:
    """Return the console over a folder of results; the page is drawn anew at each request."""

    def results_page(_: Request) -> Response:
        try:
            release = last(results)
        except ResultsError as spoilt:
            return PlainTextResponse(str(spoilt), status_code=500, headers=HEADERS)
        if release is None:
            return PlainTextResponse(
                "No results have been released yet. Run `wingvoice-central results`.", status_code=404, headers=HEADERS
            )
        return HTMLResponse(page(release), headers=HEADERS)

    def results_json(_: Request) -> Response:
        release = last(results)
        if release is None:
            return JSONResponse({"detail": "no results have been released yet"}, status_code=404, headers=HEADERS)
        return Response(release_json(release), media_type="application/json", headers=HEADERS)

    def healthz(_: Request) -> Response:
        return PlainTextResponse("ok", headers=HEADERS)

    return Starlette(
        routes=[
            Route("/", results_page),
            Route("/results.json", results_json),
            Route("/healthz", healthz),
        ]
    )
