/**
 * For: reading policies and deciding by them, as AWS does.
 *
 * <p>Holds: the reader of policy documents with its errors, wildcards, variables, conditions, and
 * the order in which policies of several sorts are asked. Knows no State and no API.
 *
 * <p>Doors: Policy, PolicyReader, PolicyKind, MalformedPolicyException, PolicySet, Inquiry, Keys,
 * Subject, Decision.
 *
 * <p>Threads: immutable values, any thread.
 */
@NullMarked
package dev.longshore.core.policy;

import org.jspecify.annotations.NullMarked;
