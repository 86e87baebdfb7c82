/**
 * For: the load balancers' data plane, which carries traffic from listeners to targets; it can run
 * inside the control plane's process or in one of its own.
 *
 * <p>Holds: Gateway, its settings, what it reports and counts.
 *
 * <p>Doors: Gateway, GatewaySettings, GatewayListener, and what they speak of.
 *
 * <p>Threads: any may call Gateway; changes are made on one control thread, traffic is carried on
 * event loops.
 */
@NullMarked
package dev.longshore.gateway;

import org.jspecify.annotations.NullMarked;
