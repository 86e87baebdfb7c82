/**
 * For: measuring the load balancers' data plane beside nginx and HAProxy.
 *
 * <p>Holds: the processes of all three and of one backend, runs of wrk, what they came to.
 *
 * <p>Doors: BalancerRun.
 *
 * <p>Threads: the caller's.
 */
@NullMarked
package dev.longshore.bench.balancer;

import org.jspecify.annotations.NullMarked;
