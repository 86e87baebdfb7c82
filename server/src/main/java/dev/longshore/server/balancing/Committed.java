package dev.longshore.server.balancing;

import dev.longshore.core.state.State;

/** What was committed, and what of it is news; the newest state has all news before it. */
record Committed(State state, RouteNews news) {
  /** This one with the news of an earlier one. */
  Committed after(Committed earlier) {
    RouteNews all = new RouteNews();
    all.add(earlier.news);
    all.add(news);
    return new Committed(state, all);
  }
}
