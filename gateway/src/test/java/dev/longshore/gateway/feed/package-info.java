/**
 * For: tests of the feed.
 *
 * <p>Holds: what routes in parts come to.
 *
 * <p>Doors: none.
 *
 * <p>Threads: each test's own.
 */
@NullMarked
package dev.longshore.gateway.feed;

import org.jspecify.annotations.NullMarked;
