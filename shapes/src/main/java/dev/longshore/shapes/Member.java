package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/** A member of a structure, the element of a list, or the key or value of a map. */
public final class Member {
  private static final int REQUIRED = 1;
  private static final int FLATTENED = 2;
  private static final int XML_ATTRIBUTE = 4;
  private static final int IDEMPOTENCY_TOKEN = 8;
  private static final int BOX = 16;
  private static final int SPARSE = 32;

  private final int index;
  private final String name;
  private final Type type;
  private final int flags;
  private final @Nullable String wireName;
  private final @Nullable String queryName;
  private final Location location;
  private final @Nullable XmlNamespace xmlNamespace;
  private final @Nullable TimestampFormat timestampFormat;

  private Member(
      int index,
      String name,
      Type type,
      int flags,
      @Nullable String wireName,
      @Nullable String queryName,
      Location location,
      @Nullable XmlNamespace xmlNamespace,
      @Nullable TimestampFormat timestampFormat) {
    this.index = index;
    this.name = name;
    this.type = type;
    this.flags = flags;
    this.wireName = wireName;
    this.queryName = queryName;
    this.location = location;
    this.xmlNamespace = xmlNamespace;
    this.timestampFormat = timestampFormat;
  }

  /** A plain member: optional, in the body, under its own name. */
  public static Member of(int index, String name, Type type) {
    return new Member(index, name, type, 0, null, null, Location.BODY, null, null);
  }

  /** The element of a list. */
  public static Member element(Type type) {
    return of(0, "member", type);
  }

  /** The key of a map. */
  public static Member key(Type type) {
    return of(0, "key", type);
  }

  /** The value of a map. */
  public static Member value(Type type) {
    return of(1, "value", type);
  }

  public Member required() {
    return flagged(REQUIRED);
  }

  public Member flat() {
    return flagged(FLATTENED);
  }

  public Member attribute() {
    return flagged(XML_ATTRIBUTE);
  }

  public Member token() {
    return flagged(IDEMPOTENCY_TOKEN);
  }

  public Member boxed() {
    return flagged(BOX);
  }

  /** For elements and values of maps: null is a value of its own. */
  public Member sparse() {
    return flagged(SPARSE);
  }

  public Member named(String newName) {
    return new Member(
        index, name, type, flags, newName, queryName, location, xmlNamespace, timestampFormat);
  }

  public Member queried(String newName) {
    return new Member(
        index, name, type, flags, wireName, newName, location, xmlNamespace, timestampFormat);
  }

  public Member in(Location newLocation) {
    return new Member(
        index, name, type, flags, wireName, queryName, newLocation, xmlNamespace, timestampFormat);
  }

  public Member namespace(String prefix, String uri) {
    var space = new XmlNamespace(prefix, uri);
    return new Member(
        index, name, type, flags, wireName, queryName, location, space, timestampFormat);
  }

  public Member formatted(TimestampFormat format) {
    return new Member(
        index, name, type, flags, wireName, queryName, location, xmlNamespace, format);
  }

  private Member flagged(int flag) {
    return new Member(
        index,
        name,
        type,
        flags | flag,
        wireName,
        queryName,
        location,
        xmlNamespace,
        timestampFormat);
  }

  /** The position in the structure, which {@link Shape#member} and {@link ShapeBuilder} take. */
  public int index() {
    return index;
  }

  /** The name in the model. */
  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public Kind kind() {
    return type.kind();
  }

  /** The name on the wire for protocols that honour the model's {@code locationName}. */
  public String wireName() {
    return wireName == null ? name : wireName;
  }

  /** The model's {@code locationName}, null when the member has none. */
  public @Nullable String locationName() {
    return wireName;
  }

  /** The name that the EC2 query protocol gives the member in requests, null when not set. */
  public @Nullable String queryName() {
    return queryName;
  }

  public Location location() {
    return location;
  }

  public @Nullable XmlNamespace xmlNamespace() {
    return xmlNamespace;
  }

  /** The format of a timestamp, null when the protocol decides. */
  public @Nullable TimestampFormat timestampFormat() {
    if (timestampFormat != null) {
      return timestampFormat;
    }
    return type instanceof ScalarType scalar ? scalar.timestampFormat() : null;
  }

  public boolean isRequired() {
    return (flags & REQUIRED) != 0;
  }

  /** Whether the list or map leaves its own level of names out. */
  public boolean isFlattened() {
    return (flags & FLATTENED) != 0
        || switch (type) {
          case ListType list -> list.flattened();
          case MapType map -> map.flattened();
          case ScalarType scalar -> false;
          case StructureType structure -> false;
        };
  }

  public boolean isXmlAttribute() {
    return (flags & XML_ATTRIBUTE) != 0;
  }

  /** Whether a client fills the member with a fresh token when its caller leaves it out. */
  public boolean isIdempotencyToken() {
    return (flags & IDEMPOTENCY_TOKEN) != 0;
  }

  /** Whether the model marks the number or boolean as distinguishing absent from zero. */
  public boolean isBoxed() {
    return (flags & BOX) != 0;
  }

  public boolean isSparse() {
    return (flags & SPARSE) != 0;
  }

  /** Whether the member's value, or that of its elements, must stay out of logs and messages. */
  public boolean isSecret() {
    if (type.sensitive()) {
      return true;
    }
    return switch (type) {
      case ListType list -> list.element().isSecret();
      case MapType map -> map.key().isSecret() || map.value().isSecret();
      case ScalarType scalar -> false;
      case StructureType structure -> false;
    };
  }

  @Override
  public String toString() {
    return name + ": " + type;
  }
}
