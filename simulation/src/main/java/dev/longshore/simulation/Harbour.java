package dev.longshore.simulation;

/**
 * What all parts of one simulation share.
 *
 * @param agenda the one clock
 */
record Harbour(Agenda agenda, Weather weather, Chronicle chronicle) {}
