"""What a document is as a whole: its type, whether it is of a union, whether it has tasks."""

from gongshu.reading.resolve.bodies import organizer
from gongshu.reading.resolve.doctypes import doc_type
from gongshu.reading.resolve.scope import is_in_scope, is_union_meeting

__all__ = ["doc_type", "is_in_scope", "is_union_meeting", "organizer"]
