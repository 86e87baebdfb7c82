/**
 * For: the front door of every AWS API that is served here, on the one port.
 *
 * <p>Holds: finding the operation, verifying the caller, reading and checking the request, and
 * wording every answer and error in the caller's protocol. Decides nothing itself.
 *
 * <p>Doors: Api, ServedApi, Endpoint, Question, EngineEndpoint, Authentication, Permissions,
 * Principals, Principal, Audit, Trail.
 *
 * <p>Threads: event loops, which must not be held up; large requests are handed to virtual threads.
 */
@NullMarked
package dev.longshore.server.api;

import org.jspecify.annotations.NullMarked;
