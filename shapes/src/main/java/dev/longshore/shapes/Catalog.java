package dev.longshore.shapes;

/**
 * Finds a service's structures by number. Types and operations refer to structures through it, so
 * that structures may be recursive and starting a service does not load all its records.
 */
public interface Catalog {
  /**
   * The structure with this number.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  Structure structure(int id);
}
