package dev.longshore.core.placement;

/**
 * One thing in the way of a task on an instance.
 *
 * @param detail what was asked for and what was found, as part of a sentence
 */
public record Hindrance(Obstacle obstacle, String detail) {}
