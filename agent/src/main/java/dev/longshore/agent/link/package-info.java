/**
 * For: talking to the control plane in the agent protocol of Amazon ECS.
 *
 * <p>Holds: the JSON API's client, registration, the two WebSocket sessions, reports' delivery.
 *
 * <p>Doors: {@link dev.longshore.agent.link.ControlPlane}, {@link
 * dev.longshore.agent.link.Registration}, {@link dev.longshore.agent.link.AcsSession}, {@link
 * dev.longshore.agent.link.AcsConversation}, {@link dev.longshore.agent.link.TcsSession}, {@link
 * dev.longshore.agent.link.StateReporter}, {@link dev.longshore.agent.link.RegistryLogin}.
 *
 * <p>Threads: callers block on their own virtual threads; one event loop thread owns the sockets.
 */
@NullMarked
package dev.longshore.agent.link;

import org.jspecify.annotations.NullMarked;
