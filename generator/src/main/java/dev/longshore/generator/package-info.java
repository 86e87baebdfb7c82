/**
 * For: turning API models into Java source while the project is built.
 *
 * <p>Holds: a reader of the models, the rules that name things, and one template per kind of file.
 *
 * <p>Doors: {@link dev.longshore.generator.Generator}, which the build of the shapes runs.
 *
 * <p>Threads: one, the build's.
 */
@NullMarked
package dev.longshore.generator;

import org.jspecify.annotations.NullMarked;
