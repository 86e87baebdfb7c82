package dev.longshore.shapes;

/**
 * A map with string keys.
 *
 * @param key the type of the keys and their name on the wire
 * @param value the type of the values and their name on the wire
 * @param flattened whether protocols with nested names leave the map's own level out
 */
public record MapType(
    String name, Bounds bounds, Member key, Member value, boolean flattened, boolean sensitive)
    implements Type {
  public static MapType of(String name, Member key, Member value) {
    return new MapType(name, Bounds.NONE, key, value, false, false);
  }

  public MapType within(Bounds newBounds) {
    return new MapType(name, newBounds, key, value, flattened, sensitive);
  }

  public MapType flat() {
    return new MapType(name, bounds, key, value, true, sensitive);
  }

  public MapType secret() {
    return new MapType(name, bounds, key, value, flattened, true);
  }

  @Override
  public Kind kind() {
    return Kind.MAP;
  }

  @Override
  public String toString() {
    return name;
  }
}
