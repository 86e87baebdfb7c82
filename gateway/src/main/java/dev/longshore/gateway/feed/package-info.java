/**
 * For: following a control plane's routes over one long connection, and telling it what became of
 * them.
 *
 * <p>Holds: the messages of that conversation, routes in parts, and the gateway's end.
 *
 * <p>Doors: Feed, FeedSettings, FeedMessage, FeedJson, Parts, CountNews.
 *
 * <p>Threads: one runs a Feed, one writes its file; the gateway's control thread tells it health.
 */
@NullMarked
package dev.longshore.gateway.feed;

import org.jspecify.annotations.NullMarked;
