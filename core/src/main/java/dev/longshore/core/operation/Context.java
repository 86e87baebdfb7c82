package dev.longshore.core.operation;

import java.time.Instant;

/**
 * What the outside hands to a decision, so that the core needs no clock, no chance and no
 * configuration of its own.
 *
 * @param now the time of this turn, to the millisecond as the API carries it
 * @param caller who asks; the account's root for what the control plane does by itself
 * @param place where every object of this control plane lives
 * @param ids new ids
 */
public record Context(Instant now, Caller caller, Place place, Ids ids) {}
