/**
 * For: making images and bringing them to a registry, without a container engine.
 *
 * <p>Holds: a client of the registry, the layers made of directories, the readers of archives.
 *
 * <p>Doors: {@link dev.longshore.cli.image.RegistryClient}, {@link
 * dev.longshore.cli.image.ImageBuild}, {@link dev.longshore.cli.image.ImageImport}, {@link
 * dev.longshore.cli.image.ImageName}, {@link dev.longshore.cli.image.Transfer}.
 *
 * <p>Threads: the main one.
 */
@NullMarked
package dev.longshore.cli.image;

import org.jspecify.annotations.NullMarked;
