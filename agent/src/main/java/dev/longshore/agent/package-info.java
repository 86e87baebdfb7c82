/**
 * For: being one container instance: what the control plane asks for is done by the engine.
 *
 * <p>Holds: the agent's wiring, its configuration, its journal, and the hands that carry out what
 * the task engine decides.
 *
 * <p>Doors: {@link dev.longshore.agent.Agent}, {@link dev.longshore.agent.AgentConfig}, {@link
 * dev.longshore.agent.CredentialStore}.
 *
 * <p>Threads: any may start, stop and ask; one thread per agent turns its task engine, virtual
 * threads wait for the container engine and the control plane.
 */
@NullMarked
package dev.longshore.agent;

import org.jspecify.annotations.NullMarked;
