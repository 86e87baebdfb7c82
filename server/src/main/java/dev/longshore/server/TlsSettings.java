package dev.longshore.server;

import java.nio.file.Path;

/**
 * The port speaks TLS.
 *
 * @param certificate a file of PEM, with those that signed it
 * @param key a file of PEM
 */
public record TlsSettings(Path certificate, Path key) {}
