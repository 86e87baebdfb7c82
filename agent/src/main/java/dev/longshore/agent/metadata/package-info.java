/**
 * For: what containers ask about themselves: metadata, statistics, credentials, protection.
 *
 * <p>Holds: the task endpoint and introspection servers, their documents, and the route to them.
 *
 * <p>Doors: TaskEndpoints and the sources handed to it; TaskEndpointServer; TaskEndpointRoute.
 *
 * <p>Threads: one event loop thread per server reads and writes; each request is answered on a
 * virtual thread of its own.
 */
@NullMarked
package dev.longshore.agent.metadata;

import org.jspecify.annotations.NullMarked;
