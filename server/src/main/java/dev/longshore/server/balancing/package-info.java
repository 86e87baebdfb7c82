/**
 * For: making the data plane follow the rows of load balancers, and telling rows what it found.
 *
 * <p>Holds: the translation of rows into routes, the watcher that applies them, the certificates'
 * files.
 *
 * <p>Doors: Balancing, CertificateFiles.
 *
 * <p>Threads: the log's shows commits; one thread of its own applies routes, another tells health.
 */
@NullMarked
package dev.longshore.server.balancing;

import org.jspecify.annotations.NullMarked;
