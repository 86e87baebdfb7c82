package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/** A reference to a structure, which is looked up when it is first needed. */
public final class StructureType implements Type {
  private final String name;
  private final Catalog catalog;
  private final int id;
  private final boolean sensitive;
  private @Nullable Structure structure;

  private StructureType(String name, Catalog catalog, int id, boolean sensitive) {
    this.name = name;
    this.catalog = catalog;
    this.id = id;
    this.sensitive = sensitive;
  }

  public static StructureType of(String name, Catalog catalog, int id) {
    return new StructureType(name, catalog, id, false);
  }

  public StructureType secret() {
    return new StructureType(name, catalog, id, true);
  }

  public Structure structure() {
    var found = structure;
    if (found == null) {
      found = catalog.structure(id);
      // Racing threads find the same structure, which is immutable.
      structure = found;
    }
    return found;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Kind kind() {
    return Kind.STRUCTURE;
  }

  @Override
  public Bounds bounds() {
    return Bounds.NONE;
  }

  @Override
  public boolean sensitive() {
    return sensitive;
  }

  @Override
  public String toString() {
    return name;
  }
}
