package dev.longshore.shapes;

/**
 * An XML namespace.
 *
 * @param prefix empty for the default namespace
 */
public record XmlNamespace(String prefix, String uri) {}
