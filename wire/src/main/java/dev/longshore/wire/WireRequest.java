package dev.longshore.wire;

/**
 * A request as it stands on the wire, its body no longer compressed.
 *
 * @param method in upper case
 * @param path before the question mark, still percent-encoded
 * @param rawQuery after the question mark, still percent-encoded, empty where there is none
 * @param body the whole body, which nobody may write to
 */
@SuppressWarnings("ArrayRecordComponent") // An envelope is passed on, never compared.
public record WireRequest(
    String method, String path, String rawQuery, WireHeaders headers, byte[] body) {}
