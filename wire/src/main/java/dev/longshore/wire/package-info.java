/**
 * For: turning requests into shapes and shapes into responses, in every protocol AWS speaks.
 *
 * <p>Holds: one codec per protocol, all walking the same schemas, and the envelope they share.
 *
 * <p>Doors: {@link dev.longshore.wire.Codec}, {@link dev.longshore.wire.ShapeJson} for bare values,
 * and the envelope {@link dev.longshore.wire.WireRequest} and {@link
 * dev.longshore.wire.WireResponse}.
 *
 * <p>Threads: any; codecs hold no state of a request.
 */
@NullMarked
package dev.longshore.wire;

import org.jspecify.annotations.NullMarked;
