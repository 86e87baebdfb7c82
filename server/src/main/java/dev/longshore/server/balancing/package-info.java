/**
 * For: making the data plane follow the rows of load balancers, and telling rows what it found.
 *
 * <p>Holds: the translation of rows into routes, the gateways that follow them, what all of these
 * find, the certificates' files.
 *
 * <p>Doors: Balancing, CertificateFiles, Certificates.
 *
 * <p>Threads: the log's shows commits, event loops bring what gateways say; one thread of its own
 * acts, another tells.
 */
@NullMarked
package dev.longshore.server.balancing;

import org.jspecify.annotations.NullMarked;
