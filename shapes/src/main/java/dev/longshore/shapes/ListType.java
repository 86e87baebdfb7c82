package dev.longshore.shapes;

/**
 * A list.
 *
 * @param element the type of the elements and their name on the wire
 * @param flattened whether protocols with nested names leave the list's own level out
 */
public record ListType(
    String name, Bounds bounds, Member element, boolean flattened, boolean sensitive)
    implements Type {
  public static ListType of(String name, Member element) {
    return new ListType(name, Bounds.NONE, element, false, false);
  }

  public ListType within(Bounds newBounds) {
    return new ListType(name, newBounds, element, flattened, sensitive);
  }

  public ListType flat() {
    return new ListType(name, bounds, element, true, sensitive);
  }

  public ListType secret() {
    return new ListType(name, bounds, element, flattened, true);
  }

  @Override
  public Kind kind() {
    return Kind.LIST;
  }

  @Override
  public String toString() {
    return name;
  }
}
