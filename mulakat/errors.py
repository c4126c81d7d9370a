"""Every error a user can meet, and its fix.

MulakatError                   something the user can mend; `str(error)` is one sentence, `fix` the next
├── SettingsError              a setting or environment variable is wrong
├── CatalogueError             a model is unknown, missing, corrupt or out of reach
│   ├── ModelMissing
│   ├── ModelCorrupt
│   └── SourceUnreachable
├── EngineError                a language model cannot answer
│   ├── EngineBusy             the queue is full
│   ├── EngineTimeout
│   └── EngineDead
├── SpeechError                a voice cannot speak
├── PackError                  a question pack is broken
├── ScenarioError              a scripted candidate is broken
├── StoreError                 the database cannot be used
│   ├── StoreNewer             it was written by a newer version
│   └── DiskFull
├── InterviewError             the interview cannot do that now
│   ├── UnknownInterview
│   ├── InterviewPaused
│   ├── NotYetAsked            the interviewer is still speaking or thinking
│   ├── HouseFull              too many interviews are held at once
│   ├── ExamRunning            the transcript is shown after the end
│   └── InterviewOver
├── ReportError                a report cannot be made
├── DocumentError              a document that was handed in cannot be read
│   ├── DocumentTooLarge       too many bytes, pages or letters, or too slow to read
│   ├── DocumentLocked         it wants a password
│   ├── DocumentDamaged
│   ├── DocumentWithoutText    a scan, or nothing at all
│   ├── DocumentKind           not PDF, DOCX or text
│   ├── DocumentForeign        in neither Turkish nor English
│   └── UnknownDocument
├── MissingExtra               an optional dependency is not installed
└── PortInUse                  another program holds the port
"""

from __future__ import annotations


class MulakatError(Exception):
    """Base of all faults a user can mend. Shown as "<message> <fix>" without a traceback."""

    code = "error"

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message} {self.fix}".strip()


class SettingsError(MulakatError):
    code = "settings"


class CatalogueError(MulakatError):
    code = "catalogue"


class ModelMissing(CatalogueError):
    code = "model_missing"


class ModelCorrupt(CatalogueError):
    code = "model_corrupt"


class SourceUnreachable(CatalogueError):
    code = "source_unreachable"


class EngineError(MulakatError):
    code = "engine"


class EngineBusy(EngineError):
    code = "engine_busy"


class EngineTimeout(EngineError):
    code = "engine_timeout"


class EngineDead(EngineError):
    code = "engine_dead"


class SpeechError(MulakatError):
    code = "speech"


class PackError(MulakatError):
    code = "pack"


class ScenarioError(MulakatError):
    code = "scenario"


class StoreError(MulakatError):
    code = "store"


class StoreNewer(StoreError):
    code = "store_newer"


class DiskFull(StoreError):
    code = "disk_full"


class InterviewError(MulakatError):
    code = "interview"


class UnknownInterview(InterviewError):
    code = "unknown_interview"


class InterviewOver(InterviewError):
    code = "interview_over"


class InterviewPaused(InterviewError):
    code = "paused"


class NotYetAsked(InterviewError):
    code = "not_yet"


class HouseFull(InterviewError):
    code = "too_many"


class ExamRunning(InterviewError):
    code = "exam_running"


class ReportError(MulakatError):
    code = "report"


class DocumentError(MulakatError):
    code = "document"


class DocumentTooLarge(DocumentError):
    code = "document_too_large"


class DocumentLocked(DocumentError):
    code = "document_locked"


class DocumentDamaged(DocumentError):
    code = "document_damaged"


class DocumentWithoutText(DocumentError):
    code = "document_without_text"


class DocumentKind(DocumentError):
    code = "document_kind"


class DocumentForeign(DocumentError):
    code = "document_foreign"


class UnknownDocument(DocumentError):
    code = "unknown_document"


class MissingExtra(MulakatError):
    code = "missing_extra"


class PortInUse(MulakatError):
    code = "port_in_use"
