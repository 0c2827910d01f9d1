"""What may go wrong in the outside world, as one tree.

    FaceAppError
    |-- CameraError: CameraNotFound, CameraBusy, CameraLost, SourceUnreadable
    |-- ModelError: ModelMissing, ModelCorrupt, ModelMismatch
    |-- StoreError: StoreBusy, StoreFull, StoreReadOnly, StoreCorrupt, StoreMoved, StoreTooNew,
    |               AlreadyRunning, BackupUnreadable
    |-- EnrolmentError: NobodyInView, SeveralFaces, PoorPicture, FacesDiffer, AlreadyEnrolled,
    |                   IdTaken, UnknownPerson, PersonInvalid
    |-- CorrectionRefused
    |-- ImportError_: PictureUnreadable, PictureTooLarge, RosterUnreadable
    |-- SettingsError
    `-- ExportError: TargetLocked, TargetUnwritable

A `FaceAppError` is not our bug: it has a ``code`` (stable, for words, logs and scripts) and
``details`` (named values for the sentence). The window's words and the command line turn it into a
sentence and a hint. Anything else that is raised is our bug and is never swallowed.
Details never hold pictures or vectors. Logs contain only the code and ``why``, since the other
details may hold names.
"""

from __future__ import annotations


class FaceAppError(Exception):
    """A problem with a camera, disk, model file or input. ``code`` names the kind."""

    code = "error"

    def __init__(self, **details: object) -> None:
        super().__init__(self.code, details)
        self.details: dict[str, object] = details

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.details.items())
        return f"{self.code}: {facts}" if facts else self.code


class CameraError(FaceAppError):
    """A camera, stream or video file; details: ``source``."""

    code = "camera"


class CameraNotFound(CameraError):
    """There is no such camera, stream or file.

    Details: ``why``, only if it is ``scheme`` (an unknown kind of address) or ``assets`` (the
    demo's pictures are missing).
    """

    code = "camera_not_found"


class CameraBusy(CameraError):
    """Another program holds the camera."""

    code = "camera_busy"


class CameraLost(CameraError):
    """The camera stopped delivering pictures (unplugged, stream ended)."""

    code = "camera_lost"


class SourceUnreadable(CameraError):
    """The file is there but is neither a video nor a picture, or is damaged; details: ``why``."""

    code = "source_unreadable"


class ModelError(FaceAppError):
    """A model file or its card; details: ``path``.

    Also ``why``, only if it is ``unreadable``.
    """

    code = "model"


class ModelMissing(ModelError):
    """The model file or its card is not there."""

    code = "model_missing"


class ModelCorrupt(ModelError):
    """The file does not match its checksum or card, or does not load."""

    code = "model_corrupt"


class ModelMismatch(ModelError):
    """Card and code (alignment, input, dimension) do not fit together; details: ``what``."""

    code = "model_mismatch"


class StoreError(FaceAppError):
    """The database; details: ``path``.

    Also ``why``, only if it is ``not_a_file``, ``too_many_open`` or ``folder_missing`` (the
    current folder).
    """

    code = "store"


class StoreBusy(StoreError):
    """Another program has locked the database for longer than the busy timeout."""

    code = "store_busy"


class StoreFull(StoreError):
    """The disk is full."""

    code = "store_full"


class StoreReadOnly(StoreError):
    """The database or its folder cannot be written."""

    code = "store_read_only"


class StoreCorrupt(StoreError):
    """The file is not a database of this app or is damaged. Nothing was overwritten.

    Details: ``why``, only if it is ``altered``: another program has changed the tables.
    """

    code = "store_corrupt"


class StoreMoved(StoreError):
    """The open file was moved, deleted or replaced: what is written to it is not kept."""

    code = "store_moved"


class BackupUnreadable(StoreError):
    """The backup is missing, unreadable or not a backup; details: ``path``, ``why``."""

    code = "backup_unreadable"


class StoreTooNew(StoreError):
    """A newer version of the app wrote the database; details: ``found``, ``known``."""

    code = "store_too_new"


class AlreadyRunning(StoreError):
    """A second window on the same data folder."""

    code = "already_running"


class EnrolmentError(FaceAppError):
    """Enrolling, renaming or finding a person; details: ``person`` or ``source``."""

    code = "enrolment"


class NobodyInView(EnrolmentError):
    """No face in the picture."""

    code = "nobody_in_view"


class SeveralFaces(EnrolmentError):
    """More than one face in the picture."""

    code = "several_faces"


class PoorPicture(EnrolmentError):
    """No face good enough; details: ``reason``."""

    code = "poor_picture"


class FacesDiffer(EnrolmentError):
    """The pictures of one person show different faces, and no majority says who is meant."""

    code = "faces_differ"


class AlreadyEnrolled(EnrolmentError):
    """The face already belongs to somebody; details: ``other``. The operator may override this."""

    code = "already_enrolled"


class IdTaken(EnrolmentError):
    """Somebody already has this ID; details: ``other``, theirs, if it differs only in case."""

    code = "id_taken"


class UnknownPerson(EnrolmentError):
    """Nobody has this ID."""

    code = "unknown_person"


class PersonInvalid(EnrolmentError):
    """An ID, name or group that cannot be kept; details: ``field`` (id, name, group), ``why``.

    ``why`` is one of ``empty``, ``too_long`` and ``too_many`` (with ``limit``; groups),
    ``control_character``, ``reserved``, ``another_face`` (an ID whose samples show somebody else).
    """

    code = "person_invalid"


class CorrectionRefused(FaceAppError):
    """A correction that makes no sense; details: ``why``.

    ``why`` is one of ``no_entry``, ``already_voided``, ``no_reason``, ``reason_too_long`` (with
    ``limit``), ``in_future``.
    """

    code = "correction_refused"


class ImportError_(FaceAppError):
    """A file to import; details: ``path``."""

    code = "import"


class PictureUnreadable(ImportError_):
    """Not a picture, truncated or damaged."""

    code = "picture_unreadable"


class PictureTooLarge(ImportError_):
    """Above 40 megapixels or 25 MB; details: ``limit``."""

    code = "picture_too_large"


class RosterUnreadable(ImportError_):
    """The roster is not a CSV file with the required columns; details: ``line``, ``why``.

    If one cell is wrong, also ``field``: ``id``, ``name`` or ``group``.
    """

    code = "roster_unreadable"


class SettingsError(FaceAppError):
    """The settings file or one value; details: ``path``, ``line``, ``key``, ``why``."""

    code = "settings"


class ExportError(FaceAppError):
    """An export or backup file; details: ``path``."""

    code = "export"


class TargetLocked(ExportError):
    """Another program holds the target; details: ``instead``, the file written in its place."""

    code = "target_locked"


class TargetUnwritable(ExportError):
    """The folder cannot be written or the disk is full."""

    code = "target_unwritable"
