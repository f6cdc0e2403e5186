"""Counts votes exactly and stage by stage, so that anybody who counts them again gets the same bytes."""
