package dev.longshore.agent.docker;

/** How a container ended: its exit code (128+n when killed by signal n), and an error or "". */
public record Exit(int code, String error) {}
