package dev.longshore.shapes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema of one structure: its members in the model's order, and how to build a value. */
public final class Structure {
  /** The structure without members, which operations without input or output have. */
  public static final Structure EMPTY = of("Unit", new EmptyShape());

  private final String name;
  private final ShapeBuilder prototype;
  private final List<Member> members;
  private final Traits traits;
  private @Nullable Map<String, Member> byName;
  private @Nullable Map<String, Member> byWireName;

  private record Traits(
      @Nullable ErrorTraits error,
      @Nullable Member payload,
      boolean union,
      boolean eventStream,
      @Nullable String xmlName,
      @Nullable XmlNamespace xmlNamespace) {
    static final Traits NONE = new Traits(null, null, false, false, null, null);
  }

  private Structure(String name, ShapeBuilder prototype, List<Member> members, Traits traits) {
    this.name = name;
    this.prototype = prototype;
    this.members = members;
    this.traits = traits;
  }

  /**
   * A structure.
   *
   * @param prototype an empty builder, of which {@link #builder} makes fresh ones
   * @param members in the order of their indexes, which start at 0
   */
  public static Structure of(String name, ShapeBuilder prototype, Member... members) {
    return new Structure(name, prototype, List.of(members), Traits.NONE);
  }

  private Structure with(Traits newTraits) {
    return new Structure(name, prototype, members, newTraits);
  }

  public Structure error(String code, int httpStatus, boolean serverFault) {
    return with(
        new Traits(
            new ErrorTraits(code, httpStatus, serverFault),
            traits.payload,
            traits.union,
            traits.eventStream,
            traits.xmlName,
            traits.xmlNamespace));
  }

  /** With the member that REST protocols make the whole body. */
  public Structure payload(int index) {
    return with(
        new Traits(
            traits.error,
            members.get(index),
            traits.union,
            traits.eventStream,
            traits.xmlName,
            traits.xmlNamespace));
  }

  public Structure union() {
    return with(
        new Traits(
            traits.error,
            traits.payload,
            true,
            traits.eventStream,
            traits.xmlName,
            traits.xmlNamespace));
  }

  public Structure eventStream() {
    return with(
        new Traits(
            traits.error, traits.payload, traits.union, true, traits.xmlName, traits.xmlNamespace));
  }

  /** With the name of the XML element when the structure is a whole body. */
  public Structure xmlNamed(String xmlName) {
    return with(
        new Traits(
            traits.error,
            traits.payload,
            traits.union,
            traits.eventStream,
            xmlName,
            traits.xmlNamespace));
  }

  public Structure namespace(String prefix, String uri) {
    return with(
        new Traits(
            traits.error,
            traits.payload,
            traits.union,
            traits.eventStream,
            traits.xmlName,
            new XmlNamespace(prefix, uri)));
  }

  /** The name in the model. */
  public String name() {
    return name;
  }

  /** A new and empty builder of this structure's shapes. */
  public ShapeBuilder builder() {
    return prototype.fresh();
  }

  public List<Member> members() {
    return members;
  }

  public Member member(int index) {
    return members.get(index);
  }

  /** The member with this name in the model, null when there is none. */
  public @Nullable Member named(String memberName) {
    var map = byName;
    if (map == null) {
      var collected = new HashMap<String, Member>();
      for (var member : members) {
        collected.put(member.name(), member);
      }
      // Map.copyOf has final fields only, so a racing reader sees it whole.
      map = Map.copyOf(collected);
      byName = map;
    }
    return map.get(memberName);
  }

  /** The member with this name on the wire, null when there is none. */
  public @Nullable Member wireNamed(String wireName) {
    var map = byWireName;
    if (map == null) {
      var collected = new HashMap<String, Member>();
      for (var member : members) {
        collected.putIfAbsent(member.wireName(), member);
      }
      map = Map.copyOf(collected);
      byWireName = map;
    }
    return map.get(wireName);
  }

  /** What the structure says as an error, null when it is none. */
  public @Nullable ErrorTraits error() {
    return traits.error;
  }

  public @Nullable Member payload() {
    return traits.payload;
  }

  /** Whether exactly one member may be present. */
  public boolean isUnion() {
    return traits.union;
  }

  public boolean isEventStream() {
    return traits.eventStream;
  }

  /** The name of the XML element when the structure is a whole body, null when not set. */
  public @Nullable String xmlName() {
    return traits.xmlName;
  }

  public @Nullable XmlNamespace xmlNamespace() {
    return traits.xmlNamespace;
  }

  /** A text for logs: present members only, sensitive values replaced by asterisks. */
  public static String describe(Shape shape) {
    var text = new StringBuilder(shape.schema().name()).append('[');
    var separator = "";
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null) {
        text.append(separator).append(member.name()).append('=');
        text.append(member.isSecret() ? "***" : value);
        separator = ", ";
      }
    }
    return text.append(']').toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
