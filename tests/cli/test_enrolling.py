"""Who is kept, added to or refused, by ``import`` and ``enroll``; the engines are scripted."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from faceapp.app import Parts
from faceapp.camera import Camera
from faceapp.cli import commands
from faceapp.cli.enrolling import Enroller, keep_and_tell
from faceapp.cli.importing import Job, Plan, enrol_all
from faceapp.cli.reports import Outcome, Report
from faceapp.cli.stopping import INTERRUPTED
from faceapp.config import Settings
from faceapp.errors import (
    CameraLost,
    FaceAppError,
    FacesDiffer,
    IdTaken,
    PersonInvalid,
    PictureUnreadable,
)
from faceapp.pipeline import Pipeline
from faceapp.runtime.intake import Looked
from faceapp.service import RosterRow, Service
from faceapp.types import ModelId, Person, PersonId, Sample
from tests.cli.conftest import Run, error_line
from tests.helpers.clock import HandClock
from tests.helpers.data import GOOD, GRACE, OMAR, made_card, service_on
from tests.helpers.seams import MODEL, ScriptedCamera, a_frame, scripted_pipeline
from tests.helpers.signals import BREAKS, Interrupting, heard

CARD = made_card(MODEL, 2)


def looked(angle_deg: float, model: ModelId = MODEL) -> list[Looked]:
    """One file with one face; the angle between two of them is how unlike they are."""
    angle = np.deg2rad(angle_deg)
    vector = np.array([np.cos(angle), np.sin(angle)], np.float32)
    thumbnail = np.zeros((112, 112, 3), np.uint8)
    one = Sample(vector, GOOD, model, "a.jpg", thumbnail)
    return [Looked(Path("a.jpg"), (one,), None)]


@pytest.fixture
def enroller(service: Service) -> Enroller:
    return Enroller(service, CARD, 1000)


def test_nobody_elses_face_is_added_to_somebody(service: Service, enroller: Enroller) -> None:
    enroller.keep(OMAR, looked(0))
    with pytest.raises(PersonInvalid) as caught:
        enroller.keep(Person(OMAR.id, "Grace"), looked(90))
    assert caught.value.details == {"field": "id", "why": "another_face"}
    assert len(service.templates(OMAR.id)) == 1
    enroller.keep(OMAR, looked(30))
    assert len(service.templates(OMAR.id)) == 2
    sure = Enroller(service, CARD, 1000, allow_duplicate=True)
    sure.keep(OMAR, looked(110))
    assert len(service.templates(OMAR.id)) == 3


def test_whose_pictures_disagree_is_not_enrolled_before_one_is_known(
    service: Service, enroller: Enroller
) -> None:
    told: list[Report] = []
    two = [*looked(0), *looked(90)]
    with pytest.raises(FacesDiffer):
        keep_and_tell(enroller, OMAR, two, told.extend)
    assert [(one.outcome, one.reason) for one in told] == [(Outcome.REFUSED, "faces_differ")] * 2
    assert "add more of this person" in told[0].words
    assert service.people() == []
    enroller.keep(OMAR, looked(20))
    reports = enroller.keep(OMAR, two)
    assert [one.outcome for one in reports] == [Outcome.TAKEN, Outcome.REFUSED]
    sure = Enroller(service, CARD, 1000, allow_duplicate=True)
    with pytest.raises(FacesDiffer):
        sure.keep(OMAR, [*looked(5), *looked(110)])


def at_the_next_write(service: Service, do: Callable[[], object]) -> None:
    """Have something done just before the service begins to write."""
    connection = service._store._connection.db.conn

    def look(statement: str) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            connection.set_trace_callback(None)
            do()

    connection.set_trace_callback(look)


@pytest.fixture
def theirs(data_dir: Path) -> Iterator[Enroller]:
    """Import into the same database at the same time."""
    with service_on(data_dir / "faceapp.db") as other:
        yield Enroller(other, CARD, 1000)


def test_two_imports_of_somebody_new_at_once_both_give_their_samples(
    service: Service, enroller: Enroller, theirs: Enroller
) -> None:
    at_the_next_write(service, lambda: theirs.keep(OMAR, looked(0)))
    (report,) = enroller.keep(OMAR, looked(10))
    assert report.outcome is Outcome.TAKEN
    assert service.person(OMAR.id) == OMAR
    assert len(service.templates(OMAR.id)) == 2


def test_an_id_that_another_import_gives_to_somebody_else_meanwhile_is_taken(
    service: Service, enroller: Enroller, theirs: Enroller
) -> None:
    somebody = replace(OMAR, name="Somebody Else")
    at_the_next_write(service, lambda: theirs.keep(somebody, looked(0)))
    with pytest.raises(IdTaken):
        enroller.keep(OMAR, looked(10))
    assert service.person(OMAR.id) == somebody
    assert len(service.templates(OMAR.id)) == 1


def test_a_face_is_added_where_none_of_this_model_is(service: Service, enroller: Enroller) -> None:
    service.add_person(GRACE)
    enroller.keep(GRACE, looked(0))
    old = looked(0, ModelId("an older one"))[0].samples
    service.enrol(OMAR, old)
    enroller.keep(OMAR, looked(90))
    assert [len(service.templates(who.id)) for who in (GRACE, OMAR)] == [1, 2]


class ScriptedParts(Parts):
    """The app's parts, but for engines that find the same face in every picture."""

    def build_pipeline(self, settings: Settings) -> Pipeline:
        return scripted_pipeline(HandClock())


def save_picture(path: Path) -> None:
    Image.fromarray(a_frame().rgb).save(path)


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    """Four folders: nothing but a bad file, one ID twice (first without a picture), a good one."""
    folder = tmp_path / "staff"
    for name in ("A1", "D1 - Anna", "D1 - Bert", "E1"):
        (folder / name).mkdir(parents=True)
    (folder / "A1" / "1.jpg").write_bytes(b"no picture")
    save_picture(folder / "D1 - Bert" / "1.png")
    save_picture(folder / "E1" / "1.png")
    return folder


def test_one_persons_bad_file_does_not_end_the_import(
    service: Service, enroller: Enroller, staff: Path, data_dir: Path
) -> None:
    told: list[Report] = []
    people = Plan(staff, []).people
    assert enrol_all(ScriptedParts(data_dir), enroller, people, told.extend) == (1, 1)
    assert [(one.person, one.outcome, one.reason) for one in told] == [
        ("A1", Outcome.ERROR, "picture_unreadable"),
        ("E1", Outcome.TAKEN, None),
    ]
    assert [row.person.id for row in service.people()] == ["E1"]


@pytest.mark.parametrize(
    "error", [PictureUnreadable(path=Path("a.jpg"), why="damaged"), CameraLost(source="a.mp4")]
)
def test_the_only_bad_file_says_itself_what_is_wrong(
    enroller: Enroller, error: FaceAppError
) -> None:
    with pytest.raises(type(error)) as caught:
        enroller.keep(GRACE, [Looked(Path("a"), (), error)])
    assert caught.value is error


def test_a_second_folder_with_an_id_is_reported(staff: Path) -> None:
    found = [(one.path.name, one.person, one.reason) for one in Plan(staff, []).oddities]
    assert found == [("D1 - Anna", "D1", "no_pictures"), ("D1 - Bert", "D1", "same_id_twice")]


def test_a_folder_beside_the_one_that_the_list_names_is_reported(staff: Path) -> None:
    row = RosterRow(Person(PersonId("A1"), "Ann"), "E1", 2)
    found = [(one.path.name, one.reason) for one in Plan(staff, [row]).oddities]
    assert ("A1", "other_folder") in found


def test_a_folder_that_only_holds_peoples_folders_is_nobody(staff: Path) -> None:
    (staff / "1A").mkdir()
    for name in ("D1 - Bert", "E1"):
        (staff / name).rename(staff / "1A" / name)
    save_picture(staff / "1A" / "all.png")
    rows = [RosterRow(OMAR, "1A/D1 - Bert", 2)]
    plan = Plan(staff, rows)
    assert [(job.person.id, job.pictures) for job in plan.people] == [
        (OMAR.id, (staff / "1A" / "D1 - Bert" / "1.png",)),
        ("E1", (staff / "1A" / "E1" / "1.png",)),
        ("A1", (staff / "A1" / "1.jpg",)),
    ]
    assert [(one.path.name, one.reason) for one in plan.oddities] == [
        ("all.png", "not_in_a_folder"),
        ("D1 - Anna", "no_pictures"),
    ]


@pytest.mark.parametrize("inner", ["", "1A/"])
def test_accents_may_be_written_otherwise_on_disk(staff: Path, inner: str) -> None:
    there = staff / normalize("NFD", f"{inner}M\u00fcller")
    there.mkdir(parents=True)
    save_picture(there / "1.png")
    plan = Plan(staff, [RosterRow(OMAR, normalize("NFC", f"{inner}M\u00fcller"), 2)])
    assert [job.pictures for job in plan.people if job.person == OMAR] == [(there / "1.png",)]
    assert {job.person.id for job in plan.people} == {"A1", "E1", OMAR.id}


def test_who_has_damaged_samples_alone_is_not_complete(
    service: Service, enroller: Enroller
) -> None:
    enroller.keep(OMAR, looked(0))
    enroller.keep(GRACE, looked(90))
    connection = service._store._connection
    connection.run("UPDATE templates SET vector = zeroblob(length(vector)) WHERE id = 1")
    again = Enroller(service, CARD, 1000)
    assert not again.is_complete(OMAR.id)
    assert again.is_complete(GRACE.id)
    again.keep(OMAR, looked(0))
    assert again.is_complete(OMAR.id)
    assert not again.is_complete(PersonId("P99"))


def test_names_and_groups_that_an_import_does_not_take_are_said(
    service: Service, enroller: Enroller, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    enroller.keep(OMAR, looked(0))
    parts, told = ScriptedParts(data_dir), list[Report]()
    for person in (Person(OMAR.id, OMAR.id), replace(OMAR, name="Omar H.")):
        job = Job(person, (data_dir / "a.jpg",))
        assert enrol_all(parts, enroller, [job], told.extend) == (0, 0)
    assert [one.reason for one in told] == ["already_there"] * 2
    assert capsys.readouterr().err.count(f"{OMAR.id} stays {OMAR.name}") == 1
    assert service.person(OMAR.id) == OMAR


def test_a_roster_with_an_impossible_folder_is_reported(staff: Path) -> None:
    row = RosterRow(OMAR, "x" * 300, 2)
    assert (OMAR.id, "no_folder") in [
        (one.person, one.reason) for one in Plan(staff, [row]).oddities
    ]


def test_a_folder_within_anothers_folder_is_its_own_persons_alone(staff: Path) -> None:
    inner = staff / "A1" / "more" / "P02"
    inner.mkdir(parents=True)
    for folder in (inner, inner / "later", inner.parent):
        folder.mkdir(exist_ok=True)
        save_picture(folder / "2.png")
        (folder / "notes.txt").write_text("")
    rows = [
        RosterRow(Person(PersonId("P01"), "Ann"), "A1", 2),
        RosterRow(OMAR, "A1/more/P02", 3),
    ]
    plan = Plan(staff, rows)
    assert [(job.person.id, job.pictures) for job in plan.people if job.person.id != "E1"] == [
        ("P01", (staff / "A1" / "1.jpg", inner.parent / "2.png")),
        (OMAR.id, (inner / "2.png", inner / "later" / "2.png")),
    ]
    passed = [(one.person, one.path) for one in plan.oddities if one.reason == "no_picture"]
    assert passed == [
        ("P01", inner.parent / "notes.txt"),
        (OMAR.id, inner / "later" / "notes.txt"),
        (OMAR.id, inner / "notes.txt"),
    ]


def test_a_roster_that_means_a_file_for_a_folder_is_reported(staff: Path) -> None:
    (staff / "notes.txt").write_text("")
    plan = Plan(staff, [RosterRow(OMAR, "notes.txt/P01", 2)])
    found = [(one.path, one.reason) for one in plan.oddities]
    assert (staff / "notes.txt", "not_in_a_folder") in found
    assert (staff / "notes.txt" / "P01", "no_folder") in found
    assert [job.person.id for job in plan.people] == ["A1", "E1"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everywhere")
def test_a_folder_of_folders_that_cannot_be_listed_is_reported(staff: Path) -> None:
    (staff / "1A" / "P02").mkdir(parents=True)
    (staff / "1A").chmod(0)
    plan = Plan(staff, [RosterRow(OMAR, "1A/P02", 2)])
    (staff / "1A").chmod(0o700)
    found = [(one.path, one.reason) for one in plan.oddities]
    assert (staff / "1A", "picture_unreadable") in found
    assert (staff / "1A" / "P02", "no_folder") in found
    assert [job.person.id for job in plan.people] == ["A1", "E1"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may read everywhere")
def test_a_folder_that_cannot_be_listed_is_its_persons_report(staff: Path) -> None:
    (staff / "A1").chmod(0)
    plan = Plan(staff, [])
    (staff / "A1").chmod(0o700)
    assert (plan.oddities[0].person, plan.oddities[0].reason) == ("A1", "picture_unreadable")
    assert [job.person.id for job in plan.people] == ["E1"]


def test_a_file_name_beyond_the_systems_limit_is_one_sentence(run: Run) -> None:
    assert error_line(run("enroll", "P1", "x" * 300))


@pytest.mark.parametrize("name", ["P01.jpg", "P01.mp4", "none/P01.jpg"])
def test_the_only_file_is_reported_also_where_it_is_bad(
    run: Run, tmp_path: Path, name: str
) -> None:
    source = tmp_path / name
    if source.parent == tmp_path:
        source.write_bytes(b"\0\0\0\x14ftypqt  " + bytes(900))
    result = run("enroll", "P01", source, "--json")
    assert result.exit_code == 1
    (report,) = map(json.loads, result.stdout.splitlines())
    assert (report["file"], report["outcome"]) == (str(source), "error")


def test_a_bad_files_line_has_its_path_once(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jpg"
    bad.write_bytes(b"no picture")
    result = run("enroll", "P01", bad)
    assert result.exit_code == 1
    assert result.stdout.startswith(f"error   {bad}: bad.jpg cannot be read as a picture")
    assert result.stdout.count(str(bad)) == 1


def test_an_import_says_which_columns_it_does_not_use(run: Run, tmp_path: Path) -> None:
    roster = tmp_path / "staff.csv"
    roster.write_text("id,Department,name\nP01,Sales,Grace\n", encoding="utf-8")
    (tmp_path / "staff").mkdir()
    result = run("import", tmp_path / "staff", "--roster", roster)
    assert "that were not used: Department." in result.stderr
    assert "0 people enrolled." in result.stderr


@pytest.mark.parametrize(
    ("files", "roster", "failure"),
    [
        ((), "", "no person's folder with pictures was found in"),
        (("loose.jpg",), "", "no person's folder with pictures was found in"),
        (("P01/a.txt",), "", "1 error above"),
        (("forgotten-1/a.jpg",), "", "1 error above"),
        (("P01/a.jpg",), "", "1 person could not be enrolled, 1 error above"),
        (("P01/a.jpg",), "P01\nP02\n", "1 person could not be enrolled, 2 errors above"),
    ],
)
def test_an_import_that_did_not_do_everything_is_no_success(
    run: Run, tmp_path: Path, files: tuple[str, ...], roster: str, failure: str
) -> None:
    staff = tmp_path / "staff"
    staff.mkdir()
    for file in files:
        (staff / file).parent.mkdir(exist_ok=True)
        (staff / file).write_bytes(b"no picture")
    (tmp_path / "staff.csv").write_text(f"id\n{roster}", "utf-8")
    listed = ("--roster", tmp_path / "staff.csv") if roster else ()
    result = run("import", staff, *listed)
    assert result.exit_code == 1
    assert f"faceapp: Not everything was imported: {failure}" in result.stderr


@pytest.mark.parametrize("number", BREAKS)
def test_a_signal_never_interrupts_a_look_into_a_video(
    data_dir: Path, tmp_path: Path, number: signal.Signals
) -> None:
    eyes = Interrupting(number)
    camera = ScriptedCamera([lambda at=at: a_frame(30 * at) for at in range(9)])  # type: ignore[misc]

    class VideoParts(ScriptedParts):
        def build_pipeline(self, settings: Settings) -> Pipeline:
            return scripted_pipeline(HandClock(), eyes=eyes)

        def open_camera(self, source: str, *, live: bool, far: bool = False) -> Camera:
            return camera

    clip = tmp_path / "clip.avi"
    clip.write_bytes(b"RIFF....AVI ")
    with heard():
        words = ["enroll", GRACE.id, str(clip)]
        result = CliRunner().invoke(commands, words, obj=VideoParts)
    assert (result.exit_code, result.stderr) == (INTERRUPTED, "Stopped.\n")
    assert eyes.done == 1
    assert camera.closed.is_set()
    assert eyes.closed.is_set()
