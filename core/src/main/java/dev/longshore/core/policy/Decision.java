package dev.longshore.core.policy;

/** What policies say, and which sort of policy it was that said no. */
public enum Decision {
  ALLOWED(""),
  DENIED_BY_IDENTITY(" with an explicit deny in an identity-based policy"),
  DENIED_BY_RESOURCE(" with an explicit deny in a resource-based policy"),
  DENIED_BY_BOUNDARY(" with an explicit deny in a permissions boundary"),
  DENIED_BY_SESSION(" with an explicit deny in a session policy"),
  NOT_ALLOWED_BY_IDENTITY(" because no identity-based policy allows the % action"),
  NOT_ALLOWED_BY_RESOURCE(" because no resource-based policy allows the % action"),
  NOT_ALLOWED_BY_BOUNDARY(" because no permissions boundary allows the % action"),
  NOT_ALLOWED_BY_SESSION(" because no session policy allows the % action");

  private final String ending;

  Decision(String ending) {
    this.ending = ending;
  }

  public boolean allowed() {
    return this == ALLOWED;
  }

  /** Whether a statement denied it, rather than that none allowed it. */
  public boolean explicit() {
    return name().startsWith("DENIED");
  }

  /**
   * The end of AWS's sentence to whom it is denied, with a blank before it.
   *
   * @param action as it is to be shown, for example {@code ecs:RunTask}
   */
  public String ending(String action) {
    return ending.replace("%", action);
  }
}
