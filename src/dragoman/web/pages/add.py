"""Adding reports: pasted, chosen or dropped; how far the reading is, and what they changed."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, HTTPException, Request, Response, UploadFile
from msgspec import Struct
from starlette.responses import RedirectResponse

from dragoman.collect import ENDINGS
from dragoman.web.csrf import own_page
from dragoman.web.jobs import Job, Jobs
from dragoman.web.serving import page, render
from dragoman.web.shelf import sheet_of

router = APIRouter(tags=["adding"])
MOST = 60  # files at once
DAY = r"^(\d{4}-\d\d-\d\d)?$"


class Adding(Struct, frozen=True):
    """What can be added."""

    endings: tuple[str, ...]
    most: int


@page(router, "/add", "add.html", dated=False)
def adding(request: Request) -> Adding:
    """Which files can be added, and how many at once."""
    return Adding(tuple(ENDINGS), MOST)


@router.post("/add", dependencies=[Depends(own_page)], include_in_schema=False)
def add(
    request: Request,
    files: Annotated[list[UploadFile], File()] = [],  # noqa: B006
    text: Annotated[str, Form(max_length=2_000_000)] = "",
    title: Annotated[str, Form(max_length=300)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(pattern=DAY)] = "",
) -> Response:
    uploads = [(file.filename or "report.txt", file.file.read()) for file in files if file.filename]
    if text.strip():
        head = f"{title.strip()}\n\n" if title.strip() else ""
        uploads.append((f"{title.strip() or 'pasted'}.txt", f"{head}{text}".encode()))
    if not uploads or len(uploads) > MOST:
        wrong = f"At most {MOST} files at once." if uploads else "Paste a report, or choose files."
        view = adding(request)
        sheet = sheet_of(request)
        return render(request, "add.html", status=400, view=view, wrong=wrong, report_of=sheet.report_of)
    jobs: Jobs = request.app.state.jobs
    job = jobs.start(uploads, published=published, outlet=outlet.strip())
    return RedirectResponse(f"/jobs/{job.id}", 303)


@page(router, "/jobs/{ident}", "job.html", dated=False)
def job(request: Request, ident: str) -> Job:
    """How far the reading of added files is; when it is done, what they changed."""
    jobs: Jobs = request.app.state.jobs
    found = jobs.get(ident)
    if found is None:
        raise HTTPException(404, "There is no such job; what was read is in the dossier all the same.")
    return found
