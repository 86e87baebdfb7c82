/**
 * For: talking to a container engine (Docker Engine 20.10 and later, or Podman's same API). Holds:
 * the typed client, its HTTP transport over a UNIX or TCP socket, the image archive writer. Doors:
 * ContainerEngine and the records it speaks; DockerEngine.connect; ImageArchive; Json. Threads: any
 * caller blocks on its own (virtual) thread; one event loop thread owns the sockets.
 */
@NullMarked
package dev.longshore.agent.docker;

import org.jspecify.annotations.NullMarked;
