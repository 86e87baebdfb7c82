package dev.longshore.agent.docker;

import java.util.List;

/** A new container's id (64 hex digits), and what the engine remarked about its spec. */
public record CreatedContainer(String id, List<String> warnings) {}
