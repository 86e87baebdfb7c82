package dev.longshore.gateway;

/**
 * What became of a listener.
 *
 * @param port where it listens; 0 where it does not
 * @param failure why it does not listen; "" where it does
 */
public record Listening(String listenerArn, int port, String failure) {}
