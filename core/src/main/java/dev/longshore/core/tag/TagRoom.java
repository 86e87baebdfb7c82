package dev.longshore.core.tag;

import dev.longshore.core.operation.Operations;

/** Registers the actions on tags. */
public final class TagRoom {
  private TagRoom() {}

  /** Registers every action of this room. */
  public static void register(Operations operations) {
    operations.command("TagResource", new TagResource());
    operations.command("UntagResource", new UntagResource());
    operations.query("ListTagsForResource", new ListTagsForResource());
  }
}
