package dev.longshore.core.policy;

/** Where a policy stands, on which depends what may be in it. */
public enum PolicyKind {
  /** Of a user, group or role; also a permissions boundary and a session's policy. */
  IDENTITY,
  /** Who may take on a role: names principals and no resource, for the role is the resource. */
  TRUST,
  /** On a resource: names principals, and resources where it cares to. */
  RESOURCE
}
