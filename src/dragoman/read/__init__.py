"""From a report's text to its words, sentences, trees, names and vectors, in one pass of one small encoder."""

from dragoman.read.reader import Reader, model_version

__all__ = ["Reader", "model_version"]
