/**
 * For: the proof that blobs are whole or absent.
 *
 * <p>Holds: tests of the store on a local disk.
 *
 * <p>Doors: none.
 *
 * <p>Threads: the tests' own.
 */
@NullMarked
package dev.longshore.server.blob;

import org.jspecify.annotations.NullMarked;
