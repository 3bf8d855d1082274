"""Blocks and sentences of a clean text."""

from gongshu.reading.segment.blocks import blocks
from gongshu.reading.segment.sentences import sentences

__all__ = ["blocks", "sentences"]
