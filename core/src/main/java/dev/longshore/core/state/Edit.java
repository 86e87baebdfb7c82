package dev.longshore.core.state;

/** The token of one edit: nodes that carry it were made by the edit and may be changed in place. */
final class Edit {}
