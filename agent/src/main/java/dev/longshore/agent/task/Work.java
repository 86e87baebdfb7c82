package dev.longshore.agent.task;

/** The one thing being done to a container right now, so that it is never asked for twice. */
public enum Work {
  NONE,
  MANIFEST,
  PULL,
  CREATE,
  START,
  STOP,
  REMOVE
}
