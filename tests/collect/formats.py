"""One report, written into every format that Dragoman opens."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

TITLE = "Envoys leave Karsh before talks"
FIRST = (
    "The two envoys left Karsh on Sunday without a word to the press, and the palace said that the talks would go on."
)
SECOND = "A spokeswoman for the foreign ministry said nobody had asked them to leave and that they might return."
THIRD = (
    "In the harbour, where dockers have been on strike for nine days, the news was met with shrugs and some laughter."
)
DAY = "2021-03-02"
URL = "https://times.example/news/envoys.html"

PAGE = f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{TITLE} | Karsh Times</title>
<meta property="og:title" content="{TITLE}"><meta property="og:site_name" content="Karsh Times">
<meta property="article:published_time" content="{DAY}T08:00:00Z">
<meta property="article:modified_time" content="2021-03-04T09:00:00Z"><meta name="author" content="Ada Moss">
</head><body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav>
<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>
<script>document.title = "stolen"</script><footer>Subscribe to our newsletter</footer></body></html>"""

ROW = {"id": "17", "date": DAY, "event_text": f"{FIRST} {SECOND}", "title": TITLE, "source": "Karsh Times"}


def page() -> bytes:
    return PAGE.encode()


def pdf() -> bytes:
    """A PDF of one page, a line for every six words."""
    words = f"{FIRST} {SECOND}".split()
    lines = [" ".join(words[n : n + 6]) for n in range(0, len(words), 6)]
    drawn = "BT /F1 12 Tf 14 TL 50 750 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << {font} >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        f"<< /Title ({TITLE}) /CreationDate (D:20210302080000Z) >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def docx() -> bytes:
    from datetime import datetime

    from docx import Document

    document = Document()
    for paragraph in (FIRST, SECOND):
        document.add_paragraph(paragraph)
    document.core_properties.title = TITLE
    document.core_properties.created = datetime(2021, 3, 2)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def mail(*, html: bool = False) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = (
        TITLE,
        "Ada Moss <ada@times.example>",
        "Tue, 02 Mar 2021 08:00:00 +0000",
    )
    message.set_content(f"{FIRST}\n\n{SECOND}\n")
    if html:
        message.set_content(PAGE, subtype="html")
    return message.as_bytes()


def saved_page() -> bytes:
    message = EmailMessage()
    message["Subject"], message["Snapshot-Content-Location"] = TITLE, URL
    message.set_content(PAGE, subtype="html")
    message.make_related()
    return message.as_bytes()


def table(*, tabs: bool = False) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, ROW, delimiter="\t" if tabs else ",")
    writer.writeheader()
    writer.writerow(ROW)
    return file.getvalue().encode()


def lines() -> bytes:
    return (json.dumps(ROW) + "\n").encode()


def array() -> bytes:
    return json.dumps([ROW]).encode()


def parquet() -> bytes:
    import pyarrow
    from pyarrow.parquet import write_table

    file = io.BytesIO()
    write_table(pyarrow.table({name: [value] for name, value in ROW.items()}), file)
    return file.getvalue()


def rss() -> bytes:
    return f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Karsh Times</title><item><title>{TITLE}</title>
<link>{URL}</link><pubDate>Tue, 02 Mar 2021 08:00:00 GMT</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item></channel></rss>""".encode()


def atom() -> bytes:
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Karsh Times</title><entry>
<title>{TITLE}</title><link href="{URL}"/><published>{DAY}T08:00:00Z</published>
<content type="html">&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</content></entry></feed>""".encode()


def warc(*, packed: bool = True) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    file = io.BytesIO()
    writer = WARCWriter(file, gzip=packed)
    for url, kind, data in ((URL, "text/html; charset=utf-8", PAGE.encode()), (URL + ".png", "image/png", b"\x89PNG")):
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(data), http_headers=headers))
    return file.getvalue()


def wacz() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", warc())
    return file.getvalue()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "dawn.html": page,
    "dawn.pdf": pdf,
    "dawn.docx": docx,
    "dawn.eml": mail,
    "letter.eml": lambda: mail(html=True),
    "dawn.mhtml": saved_page,
    "dawn.csv": table,
    "dawn.tsv": lambda: table(tabs=True),
    "dawn.jsonl": lines,
    "dawn.json": array,
    "dawn.jsonl.gz": lambda: gzip.compress(lines()),
    "dawn.parquet": parquet,
    "dawn.rss": rss,
    "dawn.atom": atom,
    "dawn.warc": lambda: warc(packed=False),
    "dawn.warc.gz": warc,
    "dawn.wacz": wacz,
}
