from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dragoman.collect import BadInput, Collected, collect
from dragoman.collect.reports import report_of

BODY = (
    "Envoys leave Karsh before talks\n\n"
    "The two envoys left Karsh on Sunday without a word to the press, and the palace said that the talks would go on.\n"
)


def one(data: bytes, **more: object) -> Collected:
    return report_of(data, origin="dawn.txt", **more)  # type: ignore[arg-type]


def test_a_report_keeps_its_text_and_has_an_id_of_its_words() -> None:
    report = one(BODY.encode()).report
    assert report is not None
    assert report.text == BODY
    assert report.sha256 == hashlib.sha256(BODY.encode()).hexdigest()
    assert report.id == f"dawn-{report.sha256[:8]}"
    assert (report.origin, report.language, report.published) == ("dawn.txt", "en", None)
    assert report.title == "Envoys leave Karsh before talks"


def test_carriage_returns_stay_in_the_text() -> None:
    text = BODY.replace("\n", "\r\n")
    report = one(text.encode()).report
    assert report is not None
    assert report.text == text


LINE = "Envoys leave Karsh before talks."


@pytest.mark.parametrize("gap", ["\n\n", f"\n\n{LINE}\n\n", f"\n{LINE}\n"])
def test_a_title_with_a_full_stop_stands_apart(gap: str) -> None:
    report = one(f"{LINE}{gap}{BODY.splitlines()[2]}\n".encode()).report
    assert report is not None
    assert report.title == LINE
    assert [s.of(report.text) for s in report.boilerplate] == [LINE] * gap.count(LINE)


@pytest.mark.parametrize("second", ["\nTheir cars were seen at the bridge at noon.", "\n\nNobody knew why."])
def test_a_first_sentence_is_no_title(second: str) -> None:
    report = one(f"The two envoys left Karsh on Sunday.{second}\n".encode()).report
    assert report is not None
    assert report.title is None


def test_the_first_line_of_a_paragraph_broken_into_lines_is_no_title() -> None:
    report = one(
        b"The two envoys left Karsh on Sunday\nwithout a word to the press, and the palace said no more.\n"
    ).report
    assert report is not None
    assert report.title is None


FRONT = '---\npublished: 2021-03-02\noutlet: "Karsh Times"\ntitle: Envoys gone\n---\n'


def test_front_matter_dates_and_names_the_report_and_is_not_read() -> None:
    report = one((FRONT + BODY).encode(), default="2021-03-09").report
    assert report is not None
    assert (report.published, report.published_from) == ("2021-03-02", "front matter")
    assert (report.outlet, report.title) == ("Karsh Times", "Envoys gone")
    assert report.boilerplate[0].of(report.text) == FRONT


def test_a_rule_in_the_text_is_no_front_matter() -> None:
    report = one(("---\n" + BODY + "---\n" + BODY.upper()).encode()).report
    assert report is not None
    assert report.outlet is None
    assert report.boilerplate[0].of(report.text) == "---"


def test_speakers_between_rules_are_no_front_matter() -> None:
    text = "---\nLund: We will not go.\nThe two envoys left Karsh on Sunday without a word to the press.\n---\n"
    report = one((text + BODY).encode()).report
    assert report is not None
    assert [span.of(report.text) for span in report.boilerplate] == ["---", "---"]


def test_front_matter_may_hold_more_than_is_asked_for() -> None:
    text = "---\n# saved by hand\ntags:\n- karsh\n- envoys\noutlet: Dawn\nlong: >\n  a line\n\n---\n"
    report = one((text + BODY).encode()).report
    assert report is not None
    assert report.outlet == "Dawn"
    assert report.boilerplate[0].of(report.text) == text


def test_a_date_in_front_matter_that_is_none_is_remarked_and_passed_by() -> None:
    found = one((FRONT.replace("2021-03-02", "last Tuesday") + BODY).encode(), default="2021-03-09")
    assert found.report is not None
    assert (found.report.published, found.report.published_from) == ("2021-03-09", "option")
    assert "last Tuesday" in found.messages[0]
    assert found.rejects[0].report == found.report.id


@pytest.mark.parametrize(
    ("line", "default", "published"),
    [
        ("KARSH, 3 March 2021 (Agency) - ", None, ("2021-03-03", "dateline")),
        ("KARSH, 3 March 2021 (Agency) - ", "2021-03-09", ("2021-03-03", "dateline")),
        ("KARSH, 30 December (Agency) - ", "2021-01-02", ("2020-12-30", "dateline")),
        ("KARSH, 3 March (Agency) - ", None, (None, None)),
        ("KARSH (Agency) - ", "2021-03-09", ("2021-03-09", "option")),
    ],
)
def test_a_dateline_beats_the_option_which_lends_it_the_year(
    line: str, default: str | None, published: tuple[str | None, str | None]
) -> None:
    report = one((line + BODY.splitlines()[2] + "\n").encode(), default=default).report
    assert report is not None
    assert (report.published, report.published_from) == published


def test_the_table_of_dates_beats_front_matter_which_beats_the_option(tmp_path: Path) -> None:
    (tmp_path / "dawn.txt").write_text(FRONT + BODY, encoding="utf-8")
    (tmp_path / "star.txt").write_text(FRONT + "\n" + BODY, encoding="utf-8")
    table = tmp_path / "dates.tsv"
    table.write_text("file\tpublished\toutlet\ndawn.txt\t2021-03-01\tDawn\n", encoding="utf-8")
    dawn, star = (c.report for c in collect([tmp_path], dates=table, published="2021-03-09"))
    assert dawn is not None
    assert star is not None
    assert (dawn.published, dawn.published_from, dawn.outlet) == ("2021-03-01", "table", "Dawn")
    assert (star.published, star.published_from, star.outlet) == ("2021-03-02", "front matter", "Karsh Times")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("dawn.txt\t2021-03-01\n", "first line"),
        ("file\tpublished\ndawn.txt\t1 March\n", "line 2.*1 March"),
        ("file\tpublished\ndawn.txt\n", "line 2"),
        ("file\tpublished\na\t2021-03-01\na\t2021-03-02\n", "line 3.*two dates"),
        ("", "first line"),
    ],
)
def test_a_broken_table_of_dates_is_named_with_its_line(tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "dates.tsv").write_text(table, encoding="utf-8")
    with pytest.raises(BadInput, match=words):
        list(collect([], dates=tmp_path / "dates.tsv"))


def test_an_option_that_is_no_date_is_refused() -> None:
    with pytest.raises(BadInput, match="YYYY-MM-DD"):
        list(collect([], published="25.1.2019"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"Leave a Reply\n\nYour email address will not be published.\n", "surrounds"),
        ("Le ministre a dit que les deux pays ne sont pas prêts pour la paix et que la guerre dure.\n" * 4, "French"),
        ("Министр сказал, что переговоры не начнутся, пока войска не уйдут из города.\n" * 4, "Russian"),
        ("外交部长说，在军队离开城市之前，谈判不会开始。\n" * 9, "another script|surrounds"),
    ],
)
def test_what_holds_no_report_is_refused_with_the_reason(data: bytes | str, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        one(data if isinstance(data, bytes) else data.encode())


def test_one_bad_file_costs_only_itself(tmp_path: Path) -> None:
    for name, data in {"a.txt": BODY.encode(), "b.txt": b"", "c.txt": b"%PDF-1.4", "d.txt": b"x" * 5001}.items():
        (tmp_path / name).write_bytes(data)
    files = [*sorted(tmp_path.iterdir()), tmp_path / "missing.txt", tmp_path / "a.tx"]
    found = list(collect(files, limit=5000))
    assert [c.report is not None for c in found] == [True, False, False, False, False, False]
    reasons = [c.rejects[0].reason for c in found[1:]]
    for reason, words in zip(reasons, ["empty", "PDF", "--limit", "no such file", "did you mean"]):
        assert words in reason


def test_a_folder_gives_its_text_files_once(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("b.txt", "a.txt", "deep/c.txt", "notes.md"):
        (tmp_path / name).write_text(BODY, encoding="utf-8")
    assert [c.origin for c in collect([tmp_path, tmp_path / "a.txt"])] == ["a.txt", "b.txt", "c.txt"]


def test_a_folder_without_files_to_read_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no file in .* name the files themselves"):
        list(collect([tmp_path]))


def test_a_file_name_that_is_no_unicode_is_written_as_text(tmp_path: Path) -> None:
    path = tmp_path / "d\udcffwn.txt"
    try:
        path.write_text(BODY, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes only Unicode names")
    (found,) = collect([path])
    assert found.report is not None
    found.report.id.encode()


def test_an_address_that_is_none_names_its_report_all_the_same() -> None:
    found = report_of(BODY.encode(), origin="http://[a/b.html").report
    assert found is not None
    assert found.id.startswith("b-")
