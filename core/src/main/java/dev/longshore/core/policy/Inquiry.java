package dev.longshore.core.policy;

/**
 * What policies are asked: may this caller do this here?
 *
 * @param action in lower case, for example {@code ecs:runtask}
 * @param resource an ARN, or {@code *}
 */
public record Inquiry(Subject subject, String action, String resource, Keys keys) {}
