"""Unions founded and ended, their committees, where they stood before, and the two lines they belong to."""

from gongshu.organising.models.leads import EmployerList, Lead
from gongshu.organising.models.lines import Guidance, LineShare, Relocation
from gongshu.organising.models.unions import (
    Committee,
    Employer,
    Ending,
    Founding,
    Holding,
    NomineeRow,
    Standing,
    Vacancy,
)

__all__ = [
    "Committee",
    "Employer",
    "EmployerList",
    "Ending",
    "Founding",
    "Guidance",
    "Holding",
    "Lead",
    "LineShare",
    "NomineeRow",
    "Relocation",
    "Standing",
    "Vacancy",
]
