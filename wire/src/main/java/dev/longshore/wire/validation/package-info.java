/**
 * For: telling callers which constraints of the API's model their request breaks.
 *
 * <p>Holds: the check of a decoded shape and the texts that AWS words its findings in.
 *
 * <p>Doors: {@link dev.longshore.wire.validation.Validation} and {@link
 * dev.longshore.wire.validation.Violation}.
 *
 * <p>Threads: any; nothing here has state.
 */
@NullMarked
package dev.longshore.wire.validation;

import org.jspecify.annotations.NullMarked;
