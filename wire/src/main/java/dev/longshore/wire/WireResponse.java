package dev.longshore.wire;

/**
 * A response as it stands on the wire, without what the HTTP server adds: length, date, connection.
 *
 * @param body the whole body, which nobody may write to
 */
@SuppressWarnings("ArrayRecordComponent") // An envelope is passed on, never compared.
public record WireResponse(int status, WireHeaders headers, byte[] body) {}
