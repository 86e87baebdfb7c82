/**
 * For: bytes that are too many for the State: image layers and manifests, named by their digest.
 *
 * <p>Holds: the store on a local disk, uploads in progress, and what is kept from being collected.
 *
 * <p>Doors: {@link dev.longshore.server.blob.BlobStore}, {@link
 * dev.longshore.server.blob.DiskBlobStore}, {@link dev.longshore.server.blob.Digest}, {@link
 * dev.longshore.server.blob.Upload}, {@link dev.longshore.server.blob.BlobFiles} with {@link
 * dev.longshore.server.blob.MasterKey}.
 *
 * <p>Threads: any, and they block on the disk; an upload is written by one at a time, while a
 * virtual thread of its own forces to the disk what came before.
 */
@NullMarked
package dev.longshore.server.blob;

import org.jspecify.annotations.NullMarked;
