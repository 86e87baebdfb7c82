package dev.longshore.shapes;

/**
 * What makes a structure an error.
 *
 * @param code the wire code of the query protocols; JSON protocols write the structure's name
 * @param httpStatus 400–599
 * @param serverFault whether the server, and not the caller, is to blame
 */
public record ErrorTraits(String code, int httpStatus, boolean serverFault) {}
